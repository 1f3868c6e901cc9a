"""Parts a paragraph in which members ask and the cabinet answers at once.

Some papers answer on the same line: "De leden vragen hoeveel. De regering telt er vier." It looks at
sentences and at whether an answer of its own follows; it knows no labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layouts.voices import SURE, asks, is_heading, members_weight
from pipeline.models import Paragraph
from pipeline.sentences import sentence_spans

MAX_GLUED = 6_000  # characters; a longer paragraph is no question with its answer
MIN_ALONE = (
    0.5  # share of the questions that nobody answers, from which answers are looked for in them
)
MIN_GOING_ON = 0.7  # … and the share of those in which something follows the question

# What only who answers says, whatever follows.
_REPLIES = re.compile(
    r"(?:In\s+(?:antwoord|reactie)\s+(?:hier)?op|Hierop\s+(?:kan|antwoord|wordt|is)|In\s+antwoord\s+daarop"
    r"|Het\s+antwoord\s+(?:op\s+deze|hierop|luidt)|(?:De\s+regering|Het\s+kabinet)\s+(?:antwoordt|beantwoordt)"
    r"|(?:Ja|Nee|Neen)[,.]|Ik\s|Graag\s+(?:licht|ga|geef)\b|Dat\s+(?:klopt|is\s+(?:juist|het\s+geval))\b)"
)


def part_replies(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Each paragraph, in two where it holds both a question and its answer."""
    ends = {at: _after_question(paragraphs[at]) for at in _asking(paragraphs)}
    alone = {at: ends[at] for at in _unanswered(paragraphs) & set(ends)}
    going_on = [at for at, end in alone.items() if end]
    habit = len(alone) >= MIN_ALONE * len(ends) and len(going_on) >= MIN_GOING_ON * len(alone)
    # Where it is a habit, what follows a question without an answer of its own is the answer.
    known = habit and any(_speaks_for_cabinet(paragraphs[at].text[alone[at] :]) for at in going_on)
    cuts = {
        at: end
        for at, end in ends.items()
        if end and ((known and at in alone) or _REPLIES.match(paragraphs[at].text, end))
    }
    return [_pieces(paragraph, cuts.get(at, 0)) for at, paragraph in enumerate(paragraphs)]


def _asking(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where members ask."""
    return [
        at
        for at, each in enumerate(paragraphs)
        if len(each.text) <= MAX_GLUED and members_weight(each.text) > 0 and asks(each.text)
    ]


def _unanswered(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Where members speak and no one else does before they speak again."""
    found: set[int] = set()
    members_next = True
    for at in range(len(paragraphs) - 1, -1, -1):
        if is_heading(paragraphs[at]):
            members_next = True
            continue
        members = members_weight(paragraphs[at].text) >= SURE
        if members and members_next:
            found.add(at)
        members_next = members
    return found


def _speaks_for_cabinet(text: str) -> bool:
    return any(members_weight(text[start:end]) < 0 for start, end in sentence_spans(text))


def _after_question(paragraph: Paragraph) -> int:
    """Where the sentences after the last one that asks begin; 0 when members go on, or nothing follows."""
    spans = sentence_spans(paragraph.text)
    sentences = [paragraph.text[start:end] for start, end in spans]
    weights = [members_weight(each) for each in sentences]
    asking = [at for at, each in enumerate(sentences) if weights[at] >= 0 and asks(each)]
    last = asking[-1] if asking else len(spans)
    if last + 1 >= len(spans) or any(weight >= SURE for weight in weights[last + 1 :]):
        return 0
    return spans[last + 1][0]


def _pieces(paragraph: Paragraph, place: int) -> list[Paragraph]:
    return [paragraph.cut(0, place), paragraph.cut(place)] if place else [paragraph]
