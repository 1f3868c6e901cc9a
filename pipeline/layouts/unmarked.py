"""Parts a question from its answer where no label does.

Bold type tells best, then question marks and who would say what. It looks at one question's
paragraphs at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Paragraph

MAX_OPENING = 3  # paragraphs that may lead up to the first question mark
MAX_ITEMS = 15  # items of a list within a question

_ENDS_ASKING = re.compile(r"\?[\s)»”’\"'\]]*$")
_ITEM = re.compile(r"(?:[-–•]|\(?[a-z]\)|[a-z]\.|\d{1,2}[.)])\s")
_ASKS = re.compile(
    r"(?:[(«“‘\"]\s*)?(?:[a-z]\)\s*)?(?:En\s+|Zo\s+(?:ja|nee|niet)|Indien|Kan|Kunt|Kunnen|Hoe|Wat|Waarom"
    r"|Waar|Welke?|Wie|Wanneer|Bent|Is|Zijn|Deelt|Heeft|Hebben|Klopt|Wil(?:t|len)?|Ziet|Vindt|Gaat|Acht"
    r"|Kent|Graag|Op\s+welke|In\s+hoeverre|Aan\s+welke|Voor\s+welke|Wordt|Worden|Zal|Zullen|Moet)\b"
)
_REQUESTS = re.compile(r"Graag|Zo\s+(?:ja|nee|niet)|Kunt|Wilt|Gaarne")
_ANSWERS = re.compile(
    r"(?:Ja|Nee|Neen)\b\s*[.,;:]|Zie\s+(?:ook\s+|het\s+|de\s+)*(?:be)?antwoord|Het\s+kabinet\b|De\s+regering\b"
    r"|Ik\s|Dit\s|Deze\s|Op\s+dit\s+moment|Momenteel\b|Voor\s+het\s+antwoord|Hiervoor\s+verwijs"
)
_STATEMENT = re.compile(r"[.!]\s+[A-Z]")
_QUESTIONS_END = re.compile(r"\?[)»”’\"'\]]*\s+(?=[A-Z«“‘\"'])")


def split_unmarked(
    paragraphs: Sequence[Paragraph], numbers: Sequence[int], *, glued: bool = False
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """The question and the answer; without an answer all paragraphs are the question.

    `glued`: whether an answer may stand in the paragraph of its question, as in a table's cell.
    """
    end = _end_by_look(paragraphs) or _end_by_words(paragraphs, max(1, len(numbers)))
    question, answer = tuple(paragraphs[:end]), tuple(paragraphs[end:])
    if answer or not question or not glued:
        return question, answer
    split = _end_within(question[-1].text)
    if not split:
        return question, ()
    return (*question[:-1], question[-1].cut(0, split)), (question[-1].cut(split),)


def _end_by_look(paragraphs: Sequence[Paragraph]) -> int:
    """How many paragraphs open in bold or italics, when plain ones follow; 0 when look is mute."""
    end = 0
    while end < len(paragraphs) and paragraphs[end].emphasised:
        end += 1
    return end if end < len(paragraphs) else 0


def _end_by_words(paragraphs: Sequence[Paragraph], questions: int) -> int:
    """How many paragraphs ask, by their question marks and first words."""
    opening = paragraphs[: max(MAX_OPENING, questions)]
    first = next((i for i, each in enumerate(opening) if "?" in each.text), 0)
    if any(_ANSWERS.match(each.text) for each in opening[1 : first + 1]):
        first = 0
    end = first + 1
    while end < len(paragraphs) and _asks(paragraphs[end].text, expected=end < questions):
        end += 1
    return _with_list(paragraphs, end)


def _with_list(paragraphs: Sequence[Paragraph], end: int) -> int:
    """The end of the question, with the list that it leads up to where that ends in a question mark."""
    if not paragraphs[end - 1 : end] or not paragraphs[end - 1].text.endswith(":"):
        return end
    for at in range(end, min(len(paragraphs), end + MAX_ITEMS)):
        if not _ITEM.match(paragraphs[at].text):
            return end
        if _ENDS_ASKING.search(paragraphs[at].text):
            return at + 1
    return end


def _asks(text: str, *, expected: bool) -> bool:
    if _ANSWERS.match(text):
        return False
    return bool(_ENDS_ASKING.search(text)) or (expected and bool(_ASKS.match(text)))


def _end_within(text: str) -> int:
    """Where the answer begins within the paragraph of its question; 0 when it holds none."""
    end = 0
    for found in _QUESTIONS_END.finditer(text):
        if end and "?" not in text[end : found.end()]:
            break
        end = found.end()
        following = text.find("?", end)
        states = following < 0 or _STATEMENT.search(text, end, following)
        if not _ASKS.match(text, end) and states:
            break
    return 0 if _REQUESTS.match(text, end) else end
