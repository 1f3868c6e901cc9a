"""Finds where numbered questions and their answers begin, in whichever way they are marked.

Labels ("Vraag 1", "Antwoord op vraag 3 en 8") speak for themselves. Numbers ("4", "5, 6 en 7",
"1. Kunt u …?", "1 | Kunt u …?") are question, list, note and page numbers at once; those are taken
that count on from one to the next and are likeliest to be questions. It pairs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.labels import NUMBERS, Label, read_initial, read_label, read_numbers
from pipeline.models import Paragraph, Part, Style
from pipeline.reading.composing import CELL_BREAK

MAX_GAP = 3  # questions; so many numbers in a row may be missing, misread or moved
LOOK_AHEAD = 3  # paragraphs of an item in which a question is looked for
MAX_QUESTIONS = 2_000
# Rows of one table: those whose cells hold one paragraph each are lines, others are read cell by cell.
MIN_ALONE = 2  # answers under a letter before it is taken for a label
TABLE_ROWS = {"cell", "alone"}

_ALONE = re.compile(rf"\s*(?:{NUMBERS})\s*[.:)]?\s*")
_LEADING = re.compile(rf"\s*(?P<numbers>{NUMBERS})\s*(?:[.):]\s*(?=\D)|\s(?=[A-Z«“‘\"']))")
_BRACKETED = re.compile(rf"\((?P<numbers>{NUMBERS})\)\s*(?=\D|$)")
_OTHER_LETTER = re.compile(r"[BC]\s?[:.)]\s")  # what "A." has after it where letters count
_CELL = re.compile(rf"\s*(?P<numbers>{NUMBERS})\s*[.:)]?\s*{re.escape(CELL_BREAK)}")
_LETTERED = re.compile(r"\s*\(?\d{1,3}\s?(?P<letter>[a-f])\b")
_LOOKS_LIKE_DOSSIER = re.compile(r"\d\d\s\d{3}")
_LOOKS_LIKE_DATE = re.compile(r"\s*\d{1,2}\s+[a-z]+\s+\d{4}|\s*\d{1,2}\.\d")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a question or an answer begins; `end` is the offset at which its own text begins.

    Without a part it is the heading that parts all questions from all answers. `above` says how many
    paragraphs above it are part of the mark.
    """

    paragraph: int
    part: Part | None
    numbers: tuple[int, ...]
    end: int
    respondent: str = ""
    asker: str = ""
    above: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number that may be a question's, with the letter of its part, the way it is set, and what speaks for it."""

    mark: Mark
    manner: str
    letter: str = ""
    weight: float = 0.0


def find_marks(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks of questions and answers in order."""
    labels = _labels(paragraphs)
    questions = [mark for mark in labels if mark.part is Part.QUESTION]
    if len(questions) > 1 or any(mark.numbers for mark in questions):
        return labels
    answers = [mark for mark in labels if mark.part is Part.ANSWER]
    candidates = _candidates(paragraphs, {mark.paragraph for mark in labels})
    turn = _turning_point(answers, candidates)
    if questions and turn is None:  # else it heads all questions: "Vragen"
        return labels
    if turn is None:
        numbered = _best_chain(_weighed(candidates, paragraphs, answers))
        return _in_order([*numbered, *answers])
    asked = [each for each in candidates if each.mark.paragraph < turn]
    replied = [each for each in candidates if each.mark.paragraph > turn]
    replies = _best_chain([replace(each, weight=1.0) for each in replied])
    return _in_order(
        [
            *_best_chain(_weighed(asked, paragraphs, [])),
            Mark(turn, None, (), len(paragraphs[turn].text)),
            *(replace(mark, part=Part.ANSWER) for mark in replies),
        ]
    )


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.paragraph)


def _labels(paragraphs: Sequence[Paragraph]) -> list[Mark]:
    marks = [
        mark if mark.numbers else _numbered_above(mark, paragraphs)
        for mark in _without_column_heads(_marked(paragraphs, read_label), paragraphs)
    ]
    if any(mark.part is Part.QUESTION and mark.numbers for mark in marks):
        marks = [mark for mark in marks if not _is_cell(mark, paragraphs[mark.paragraph])]
    if any(mark.part is Part.ANSWER for mark in marks):
        return marks
    return _in_order([*marks, *_initials(paragraphs, marks)])


def _without_column_heads(marks: Sequence[Mark], paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks without "Vraag" and "Antwoord" above the columns of a table: nothing is asked between."""
    if all(mark.numbers for mark in marks):
        return list(marks)
    alone = [
        not mark.numbers and mark.end == len(paragraphs[mark.paragraph].text) for mark in marks
    ]
    heads: set[int] = set()
    for at, (mark, following) in enumerate(pairwise(marks)):
        parts = mark.part, following.part
        beside = following.paragraph == mark.paragraph + 1 and alone[at] and alone[at + 1]
        if beside and not mark.asker and parts == (Part.QUESTION, Part.ANSWER):
            heads.update((at, at + 1))
    return [mark for at, mark in enumerate(marks) if at not in heads]


def _is_cell(mark: Mark, row: Paragraph) -> bool:
    """Whether the word is the first cell of a table of figures, as it has no number."""
    asks = mark.part is Part.QUESTION and not mark.numbers
    return asks and row.style is Style.TABLE and CELL_BREAK in row.text


def _numbered_above(mark: Mark, paragraphs: Sequence[Paragraph]) -> Mark:
    """The mark with the number that stands on a line of its own above the word "Vraag"."""
    asks = mark.part is Part.QUESTION and mark.paragraph > 0
    above = paragraphs[mark.paragraph - 1] if asks else None
    if above is None or not _ALONE.fullmatch(above.text):
        return mark
    return replace(mark, numbers=read_numbers(above.text), above=1)


def _marked(paragraphs: Sequence[Paragraph], read: Callable[[str], Label | None]) -> list[Mark]:
    found = ((at, read(paragraph.text)) for at, paragraph in enumerate(paragraphs))
    return [
        Mark(at, label.part, label.numbers, label.end, label.respondent, label.asker)
        for at, label in found
        if label
    ]


def _initials(paragraphs: Sequence[Paragraph], questions: Sequence[Mark]) -> list[Mark]:
    """Labels of one letter, "V1: …" and "A1 en A2: …", or "A:" alone where questions have others.

    They are none where letters count on, or where an answer has no question before it.
    """
    marks = _marked(paragraphs, read_initial)
    asked = [mark for mark in marks if mark.part is Part.QUESTION]
    answers = [mark for mark in marks if mark.part is Part.ANSWER]
    if not answers or any(_OTHER_LETTER.match(paragraph.text) for paragraph in paragraphs):
        return []
    if asked and _answers_all_asked(marks):
        return [] if questions else marks
    alone = not asked and not any(mark.numbers for mark in answers)
    return answers if alone and len(answers) >= MIN_ALONE else []


def _answers_all_asked(marks: Sequence[Mark]) -> bool:
    """Whether each answer is to questions that stand before it, all numbered or all not."""
    numbers = [number for mark in marks if mark.part is Part.QUESTION for number in mark.numbers]
    if numbers != sorted(set(numbers)):
        return False
    known: set[int] = set()
    pending = False
    for mark in marks:
        if mark.part is Part.QUESTION:
            pending = True
            known.update(mark.numbers)
        elif not (known.issuperset(mark.numbers) if mark.numbers else pending and not known):
            return False
        else:
            pending = False
    return True


def _candidates(paragraphs: Sequence[Paragraph], taken: set[int]) -> list[_Candidate]:
    candidates = []
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if at in taken or text[:1] not in "(0123456789":
            continue
        manner, found = "", None
        if _ALONE.fullmatch(text) and not _LOOKS_LIKE_DOSSIER.fullmatch(text):
            manner, end = "alone", len(text)
        elif found := _BRACKETED.match(text):
            manner, end = "bracketed", found.end()
        elif found := _CELL.match(text):
            manner, end = "cell", found.end()
        elif (found := _LEADING.match(text)) and not _LOOKS_LIKE_DATE.match(text):
            manner, end = "leading", found.end()
        if manner:
            numbers = read_numbers(found["numbers"] if found else text)
            if numbers and 0 < numbers[0] <= MAX_QUESTIONS:
                lettered = _LETTERED.match(text)
                letter = lettered["letter"] if lettered else ""
                candidates.append(_Candidate(Mark(at, Part.QUESTION, numbers, end), manner, letter))
    return candidates


def _turning_point(answers: Sequence[Mark], candidates: Sequence[_Candidate]) -> int | None:
    """Where all questions end and all answers begin, when one label parts the two."""
    bare = [mark for mark in answers if not mark.numbers]
    if not bare or len(bare) < len(answers) or len(bare) > 2:
        return None
    at = bare[0].paragraph
    before = [each for each in candidates if each.mark.paragraph < at]
    after = [each for each in candidates if each.mark.paragraph > at]
    counts_again = any(each.mark.numbers[0] == 1 for each in after[:2])
    counted = [each.mark.numbers[0] for each in before]
    counts = 1 in counted and any(2 in each.mark.numbers for each in before[counted.index(1) :])
    return at if counts and len(after) > 0 and counts_again else None


def _weighed(
    candidates: Sequence[_Candidate], paragraphs: Sequence[Paragraph], answers: Sequence[Mark]
) -> list[_Candidate]:
    """The candidates with what speaks for each: a question mark, an answer's label, bold type."""
    answered_at = sorted(mark.paragraph for mark in answers)
    weighed, position = [], 0
    for each, following in zip(candidates, [*candidates[1:], None], strict=False):
        start = each.mark.paragraph
        end = following.mark.paragraph if following else len(paragraphs)
        while position < len(answered_at) and answered_at[position] < start:
            position += 1
        answered = position < len(answered_at) and answered_at[position] <= end
        stop = min(end, answered_at[position]) if answered else end
        item = paragraphs[start : max(start + 1, min(stop, start + LOOK_AHEAD))]
        weight = 1.0 + 2.0 * answered
        weight += 1.5 * any("?" in paragraph.text for paragraph in item)
        weight += 0.5 * any(p.emphasised or p.style is Style.HEADING for p in item[:2])
        weighed.append(replace(each, weight=weight))
    return weighed


def _best_chain(candidates: Sequence[_Candidate]) -> list[Mark]:
    """The marks that count on from one to the next and weigh most, all set in one manner."""
    manners = [{manner} for manner in sorted({each.manner for each in candidates})]
    chains = [
        _chain([each for each in candidates if each.manner in manner])
        for manner in [*manners, TABLE_ROWS]
    ]
    best = max(chains, key=lambda chain: chain[0], default=(0.0, []))
    return best[1]


def _chain(candidates: Sequence[_Candidate]) -> tuple[float, list[Mark]]:
    """The heaviest chain and its weight; linear, as only the best chain to each number is kept."""
    best: dict[int, tuple[float, int]] = {}  # last number → weight, place in `links`
    links: list[
        tuple[_Candidate, int]
    ] = []  # the candidate, and the place of the link before it or -1
    for each in candidates:
        first, last = each.mark.numbers[0], _counts_to(each.mark.numbers)
        weight, before = each.weight - (first - 1) * 0.5, -1
        for gap in range(MAX_GAP + 1):
            known = best.get(first - 1 - gap)
            if known and known[0] + each.weight - gap > weight:
                weight, before = known[0] + each.weight - gap, known[1]
        same = best.get(first) if each.letter > "a" else None
        if (
            same
            and _goes_on(links[same[1]][0].letter, each.letter)
            and same[0] + each.weight > weight
        ):
            weight, before = same[0] + each.weight, same[1]
        links.append((each, before))
        if last not in best or weight >= best[last][0]:
            best[last] = weight, len(links) - 1
    if not best:
        return 0.0, []
    weight, place = max(best.values())
    chain: list[Mark] = []
    while place >= 0:
        candidate, place = links[place]
        chain.append(candidate.mark)
    return weight, chain[::-1]


def _goes_on(letter: str, following: str) -> bool:
    """Whether the parts of a question count on, as b does from a."""
    return bool(letter) and ord(following) == ord(letter) + 1


def _counts_to(numbers: tuple[int, ...]) -> int:
    """The last number up to which they count on: 5 of (3, 4, 5, 9, 10)."""
    last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            break
        last = number
    return last
