"""Reads a document that is a row of questions and answers: what several kinds have in common.

A layout says how its document opens and who speaks; this gives its exchanges, the headings they
stand under, and what stands around them. It does not know the kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layouts.marks import Mark, find_marks
from pipeline.layouts.pairing import Block, Pair, cut_at, pair_blocks
from pipeline.layouts.postponement import postpones
from pipeline.layouts.prose import Speakers, make_exchange, read_office, without_signature
from pipeline.layouts.turns import party_of
from pipeline.layouts.unmarked import split_unmarked
from pipeline.layouts.voices import is_heading
from pipeline.metadata import Asked, read_names
from pipeline.models import Exchange, Paragraph, Part, Style
from pipeline.respondents import Answered, meant_by

MAX_LISTED = 12  # numbers written out in a warning
_NUMBERED_HEADING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.|[IVX]{1,5}\.?|[A-Z]\.)\s+[A-Z«]"
)
_ASKER_HEADING = re.compile(
    r"(?!.*\s(?:aan|over|inzake|betreffende)\s|.*ingezonden)"  # that is the title of all
    r"(?:Vragen|Inbreng|Vraag)\s+(?:van|door)\s+(?P<who>(?:het\s+lid|de\s+leden|lid)\s+.{2,200}?)\s*:?$"
)
_CLOSING = re.compile(
    r"(?:Toelichting\s*:?\s*(?:$|De(?:ze)?\s+vragen)|Hoogachtend\b|(?:Met vriendelijke groet|Namens het kabinet),?$"
    r"|Bijlagen?\s*\d*\s*:?$|(?-i:Bijlage|BIJLAGE)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\s*[:.–-]\s*\S[^.?!]{0,150}$)",
    re.I,
)
_ANNEX = re.compile(r"Bijlagen?\b", re.I)
_NO_ONE = Asked()
_NOTICE = re.compile(r"Mededeling\s*[:.]?\s*")


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The pairs with their headings and askers, and the paragraphs before, after and between."""

    opening: tuple[Paragraph, ...]
    entries: tuple[Entry, ...]
    notice: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair, the heading it stands under, and the members whom a heading names as its askers."""

    pair: Pair
    section: str = ""
    askers: tuple[str, ...] = ()
    party: str = ""


def read_questionnaire(
    paragraphs: Sequence[Paragraph], *, unmarked_answers: bool, glued_answers: bool = False
) -> Questionnaire:
    """The questions and answers of a document.

    `unmarked_answers`: whether an answer may follow its question without any label; then what
    stands after a question that no label answers is parted from it; with `glued_answers` even
    within its paragraph.
    """
    marks = _from_first_question(find_marks(paragraphs))
    if not marks:
        return Questionnaire(tuple(paragraphs), (), (), ())
    opening = list(paragraphs[: marks[0].paragraph - marks[0].above])
    blocks = cut_at(marks, paragraphs)
    opening += [text for block in blocks if block.mark.part is None for text in block.paragraphs]
    blocks = [block for block in blocks if block.mark.part]
    notice, closing = _take_notice(blocks), _take_closing(blocks[-1])
    entries = read_entries(
        opening,
        blocks,
        unmarked_answers=unmarked_answers and not notice,
        glued_answers=glued_answers,
    )
    if not notice:
        entries, notice = _lift_postponement(entries)
    return Questionnaire(tuple(opening), tuple(entries), tuple(notice), tuple(closing))


def _lift_postponement(entries: list[Entry]) -> tuple[list[Entry], list[Paragraph]]:
    """The entries without answers, and the message, where all that is answered is that answers will come."""
    answers = [entry.pair.answer for entry in entries if entry.pair.answer]
    if not answers or not all(map(postpones, answers)):
        return entries, []
    asked = [replace(entry, pair=replace(entry.pair, answer=())) for entry in entries]
    return asked, [each for answer in dict.fromkeys(answers) for each in answer]


def read_entries(
    opening: list[Paragraph],
    blocks: Sequence[Block],
    *,
    unmarked_answers: bool = False,
    glued_answers: bool = False,
) -> list[Entry]:
    """The pairs under their headings; headings are taken out of `opening` and `blocks`."""
    headings = _take_headings(opening, blocks)
    pairs = pair_blocks(blocks)
    if unmarked_answers or any(pair.answer for pair in pairs):
        pairs = [_parted(pair, glued=glued_answers) for pair in pairs]
    return _under_headings(pairs, headings)


def make_exchanges(
    entries: Sequence[Entry], speakers: Speakers, answered: Sequence[Answered] = ()
) -> tuple[Exchange, ...]:
    """The exchanges, each with its own askers where a heading names them.

    `answered` are those who answered, by whom a label's "de minister" is told.
    """
    return tuple(
        make_exchange(
            entry.pair.numbers,
            entry.pair.question,
            without_signature(entry.pair.answer),
            _speakers_of(entry, speakers, answered),
            entry.section,
        )
        for entry in entries
    )


def read_closing(
    closing: Sequence[Paragraph], speakers: Speakers
) -> tuple[list[Exchange], list[Paragraph]]:
    """The annexes that follow the last answer, each found by itself, and what else stands there."""
    starts = [
        at
        for at, each in enumerate(closing)
        if _ANNEX.match(each.text) and _CLOSING.match(each.text)
    ]
    annexes = [
        make_exchange((), (), closing[start + 1 : end], speakers, closing[start].text)
        for start, end in pairwise([*starts, len(closing)])
        if end > start + 1
    ]
    return annexes, list(closing[: starts[0]] if annexes else closing)


def _speakers_of(entry: Entry, named: Speakers, answered: Sequence[Answered]) -> Speakers:
    """Who speaks in an entry: a label's "minister" says less than the heading's "Minister Jansen"."""
    respondent, ministry = entry.pair.respondent, named.ministry
    if meant := meant_by(respondent, answered) if respondent else None:
        respondent, ministry = meant.respondent, meant.ministry
    elif respondent.lower() in named.respondent.lower():
        respondent = named.respondent
    if entry.askers or entry.party:
        return Speakers(entry.party, entry.askers or named.askers, respondent, ministry)
    if (respondent, ministry) == (named.respondent, named.ministry):
        return named
    return replace(named, respondent=respondent, ministry=ministry)


def describe_gaps(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Warnings, in Dutch, for questions without an answer and answers without a question."""
    unanswered = [entry.pair for entry in entries if not entry.pair.answer]
    unasked = [entry.pair for entry in entries if not entry.pair.question]
    warnings = []
    if unanswered:
        warnings.append(f"{_named('vraag', 'vragen', unanswered)} zonder antwoord")
    if unasked:
        warnings.append(f"{_named('antwoord', 'antwoorden', unasked)} zonder vraag")
    return tuple(warnings)


def _named(one: str, many: str, pairs: Sequence[Pair]) -> str:
    numbers = [str(number) for pair in pairs for number in pair.numbers]
    if not numbers:
        return f"{len(pairs)} {one if len(pairs) == 1 else many}"
    more = " …" if len(numbers) > MAX_LISTED else ""
    return f"{one if len(numbers) == 1 else many} {', '.join(numbers[:MAX_LISTED])}{more}"


def _from_first_question(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without answers' labels before any question; those belong to the opening."""
    first = next((i for i, mark in enumerate(marks) if mark.part is Part.QUESTION), None)
    if first is None:
        return [mark for mark in marks if mark.numbers]
    return list(marks[first:])


def _take_notice(blocks: Sequence[Block]) -> list[Paragraph]:
    """The message that stands in place of answers, taken out of the last question."""
    for block in blocks:
        for at, paragraph in enumerate(block.paragraphs):
            found = _NOTICE.match(paragraph.text)
            if found and (found.end() == len(paragraph.text) or ":" in found[0]):
                rest = [paragraph.cut(found.end()), *block.paragraphs[at + 1 :]]
                del block.paragraphs[at:]
                return [each for each in rest if each.text or each.footnotes]
    return []


def _take_closing(block: Block) -> list[Paragraph]:
    """What follows the last answer: the askers' explanation, a signature, appendices."""
    for at, paragraph in enumerate(block.paragraphs):
        if (at or block.mark.part is Part.QUESTION) and _CLOSING.match(paragraph.text):
            closing = block.paragraphs[at:]
            del block.paragraphs[at:]
            return closing
    return []


def _take_headings(
    opening: list[Paragraph], blocks: Sequence[Block]
) -> list[tuple[int, tuple[Paragraph, ...]]]:
    """The headings that stand before questions: the place from which each holds, and its lines."""
    headings = []
    before = [opening, *(block.paragraphs for block in blocks[:-1])]
    for texts, block in zip(before, blocks, strict=True):
        lines: list[Paragraph] = []
        while block.mark.part is Part.QUESTION and _is_section(texts):
            lines.insert(0, texts.pop())
        if lines:
            headings.append((block.place, tuple(lines)))
    return headings


def _is_section(texts: Sequence[Paragraph]) -> bool:
    """Whether the last of the paragraphs is a heading of what follows, not the end of a text."""
    if len(texts) < 2:
        return False
    last, before = texts[-1], texts[-2]
    if last.footnotes or last.style in (Style.LIST, Style.TABLE):
        return False
    if _ASKER_HEADING.match(last.text):
        return True
    if read_office(before.text) or not is_heading(last) or not re.search(r"[A-Za-z]{3}", last.text):
        return False
    stands_out = last.style is Style.HEADING or (last.emphasised and not before.emphasised)
    return stands_out or bool(_NUMBERED_HEADING.match(last.text))


def _parted(pair: Pair, *, glued: bool) -> Pair:
    if pair.answer or not pair.question:
        return pair
    question, answer = split_unmarked(pair.question, pair.numbers, glued=glued)
    return replace(pair, question=question, answer=answer)


def _named_by_label(asker: str) -> Asked:
    """Whom the question's own label names: "het lid Aa (VVD)", or a fractie."""
    if "fractie" in asker:
        return Asked((), party_of(asker))
    return read_names(asker)


def _under_headings(
    pairs: Sequence[Pair], headings: Sequence[tuple[int, tuple[Paragraph, ...]]]
) -> list[Entry]:
    entries: list[Entry] = []
    section, party, upcoming = "", "", list(headings[::-1])
    askers: tuple[str, ...] = ()
    for pair in sorted(pairs, key=lambda each: each.place):
        while upcoming and upcoming[-1][0] <= pair.place:
            for line in upcoming.pop()[1]:
                section = line.text
                if asked := _ASKER_HEADING.match(line.text):
                    names = read_names(asked["who"])
                    askers, party = names.askers, names.party
        own = _named_by_label(pair.asker) if pair.asker else _NO_ONE
        entries.append(Entry(pair, section, own.askers or askers, own.party or party))
    return entries
