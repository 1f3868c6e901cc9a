"""Pairs questions with answers by their numbers, or by their order where answers have none.

It takes marks and paragraphs and knows no kind of document. Nothing is dropped: what belongs to no
question is handed back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layouts.marks import Mark
from pipeline.models import Paragraph, Part, joined
from pipeline.reading.composing import CELL_BREAK, fold

# A question that gets no answer: "Vervallen."
_WITHDRAWN = re.compile(r"(?:(?:Deze\s+)?vraag\s+(?:is\s+)?)?(?:vervallen|ingetrokken)\s*\.?", re.I)


@dataclass(slots=True)
class Block:
    """A mark with the paragraphs up to the next; `place` is its paragraph in the document."""

    mark: Mark
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Where in the document it begins."""
        return self.mark.paragraph


@dataclass(frozen=True, slots=True)
class Pair:
    """The questions that one answer answers; without an answer yet, `answer` is empty.

    `respondent` and `asker` are those whom the labels name, in their own words.
    """

    numbers: tuple[int, ...]
    question: tuple[Paragraph, ...]
    answer: tuple[Paragraph, ...]
    place: int
    respondent: str = ""
    asker: str = ""


def cut_at(marks: Sequence[Mark], paragraphs: Sequence[Paragraph]) -> list[Block]:
    """The paragraphs from each mark to the next."""
    blocks = []
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.paragraph - following.above if following else len(paragraphs)
        first = paragraphs[mark.paragraph]
        whole = mark.end >= len(first.text) and not first.footnotes
        texts = [] if whole else _cells(first.cut(mark.end))
        blocks.append(Block(mark, [*texts, *paragraphs[mark.paragraph + 1 : end]]))
    return blocks


def _cells(first: Paragraph) -> list[Paragraph]:
    """What follows a mark on its own line; the cells of a table row are paragraphs of their own."""
    cells, start = [], 0
    for cell in first.text.split(CELL_BREAK):
        cells.append(first.cut(start, start + len(cell)))
        start += len(cell) + len(CELL_BREAK)
    return [cell for cell in cells if cell.text or cell.footnotes]


def pair_blocks(blocks: Sequence[Block]) -> list[Pair]:
    """The pairs, in the order of their first questions; a number asked again begins a new set."""
    pairs: list[Pair] = []
    questions = _QuestionSet()
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.mark.part is Part.ANSWER:
            if not _heads_all(block, following):
                questions.answer(block)
            continue
        if questions.goes_on(block):
            continue
        if questions.knows(block.mark.numbers):
            pairs.extend(questions.pairs())
            questions = _QuestionSet()
        questions.ask(block)
    return _without_repeats([*pairs, *questions.pairs()])


def _heads_all(block: Block, following: Block | None) -> bool:
    """Whether "Antwoorden" only heads what follows: the questions again, each with its answer."""
    asks = following is not None and following.mark.part is Part.QUESTION
    return asks and not block.mark.numbers and not block.paragraphs


@dataclass(slots=True)
class _Answered:
    """An answer in the making: the numbers and questions it answers."""

    numbers: tuple[int, ...]
    asked: list[Block]
    block: Block
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class _QuestionSet:
    """Questions that are numbered together, with their answers."""

    asked: list[Block] = field(default_factory=list)
    by_number: dict[int, Block] = field(default_factory=dict)
    answers: dict[tuple[int, ...], _Answered] = field(default_factory=dict)
    unnumbered: list[_Answered] = field(default_factory=list)
    pending: list[Block] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    last: _Answered | None = None

    def knows(self, numbers: tuple[int, ...]) -> bool:
        """Whether one of the numbers was asked or answered already."""
        return any(number in self.by_number or number in self.answered for number in numbers)

    def goes_on(self, block: Block) -> bool:
        """Whether it is a further part of the question just asked, 2b after 2a; then it is added.

        So is a "Vervolgvraag" without a number of its own.
        """
        last = self.pending[-1] if self.pending else None
        numbers = block.mark.numbers or (() if block.mark.asker or not last else last.mark.numbers)
        if not last or not numbers or last is not self.asked[-1] or last.mark.numbers != numbers:
            return False
        if [each.text for each in last.paragraphs] == [each.text for each in block.paragraphs]:
            return False
        last.paragraphs.extend(block.paragraphs)
        return True

    def ask(self, block: Block) -> None:
        """Take a question."""
        self.asked.append(block)
        if not block.paragraphs or not _WITHDRAWN.fullmatch(block.paragraphs[0].text):
            self.pending.append(block)
        self.by_number.update(dict.fromkeys(block.mark.numbers, block))

    def answer(self, block: Block) -> None:
        """Take an answer; without numbers it answers the questions just asked."""
        numbers = block.mark.numbers
        if numbers:
            named = [self.by_number[number] for number in numbers if number in self.by_number]
            self._add(numbers, list({id(each): each for each in named}.values()), block)
            self.pending = [each for each in self.pending if not self._is_answered(each)]
        elif self.pending or self.last is None:
            own = tuple(number for each in self.pending for number in each.mark.numbers)
            self._add(tuple(dict.fromkeys(own)), self.pending, block)
            self.pending = []
        else:  # a word "Antwoord" within an answer is part of it
            self.last.paragraphs.extend(block.paragraphs)

    def _add(self, numbers: tuple[int, ...], asked: list[Block], block: Block) -> None:
        self.answered.update(numbers)
        if numbers and numbers in self.answers:
            self.last = self.answers[numbers]
            self.last.paragraphs.extend(block.paragraphs)
            return
        self.last = _Answered(numbers, asked, block, list(block.paragraphs))
        if numbers:
            self.answers[numbers] = self.last
        else:
            self.unnumbered.append(self.last)

    def _is_answered(self, block: Block) -> bool:
        return bool(block.mark.numbers) and self.answered.issuperset(block.mark.numbers)

    def pairs(self) -> list[Pair]:
        """The pairs of this set, questions without an answer included."""
        made = [*self.answers.values(), *self.unnumbered]
        taken = {id(asked) for answer in made for asked in answer.asked}
        pairs = [
            Pair(
                answer.numbers,
                questions_for(answer.numbers, answer.asked),
                tuple(answer.paragraphs),
                min([asked.place for asked in answer.asked], default=answer.block.place),
                answer.block.mark.respondent,
                _askers_of(answer.asked),
            )
            for answer in made
        ]
        pairs += [
            Pair(asked.mark.numbers, tuple(asked.paragraphs), (), asked.place, "", asked.mark.asker)
            for asked in self.asked
            if id(asked) not in taken
        ]
        return sorted(pairs, key=lambda pair: pair.place)


def _askers_of(asked: Sequence[Block]) -> str:
    named = [each.mark.asker for each in asked if each.mark.asker]
    return " en ".join(dict.fromkeys(named)) if named else ""


def _without_repeats(pairs: Sequence[Pair]) -> list[Pair]:
    """Without the questions of a list that are repeated, with their answers, further on."""
    if all(pair.answer for pair in pairs):
        return list(pairs)
    answered = {
        (number, fold(joined(pair.question)))
        for pair in pairs
        if pair.answer
        for number in pair.numbers
    }
    return [
        pair
        for pair in pairs
        if (pair.question or pair.answer)
        and (pair.answer or not pair.numbers or not _repeats(pair, answered))
    ]


def _repeats(pair: Pair, answered: set[tuple[int, str]]) -> bool:
    return all((number, fold(joined(pair.question))) in answered for number in pair.numbers)


def questions_for(numbers: tuple[int, ...], blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The questions with these numbers: of a joint block only theirs, where each is a paragraph."""
    chosen: list[Paragraph] = []
    for block in blocks:
        own = block.mark.numbers
        if len(own) > 1 and len(own) == len(block.paragraphs) and not set(own) <= set(numbers):
            texts = zip(own, block.paragraphs, strict=True)
            chosen.extend(text for number, text in texts if number in numbers)
        else:
            chosen.extend(block.paragraphs)
    return tuple(chosen)
