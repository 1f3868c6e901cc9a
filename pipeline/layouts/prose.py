"""Builds exchanges from the paragraphs that a layout has told apart.

It does not know how a layout tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.models import Exchange, Paragraph
from pipeline.references import find_citations, find_refers_to

MAX_SIGNATURE = 6  # paragraphs
MAX_NAME = 60  # characters
_OFFICE = re.compile(
    r"(?:Hoogachtend,\s*)?"
    r"(?:Mede namens .{0,120}"
    r"|De (?P<office>(?:minister(?:-president)?|staatssecretaris)\b[^.?!:]{0,120})),"
    r"(?:\s*(?:[A-Z]\.\s?)+[^.?!:]{2,50})?",
    re.I,
)
_SENTENCE_END = re.compile(r"[.?!:;]$")
CABINET = "kabinet"
"""Who answered, where a document names no minister or several."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who asked and who answered, as far as the document says."""

    party: str = ""
    askers: tuple[str, ...] = ()
    respondent: str = ""
    ministry: str = ""


def make_exchange(
    numbers: tuple[int, ...],
    question: Sequence[Paragraph],
    answer: Sequence[Paragraph],
    speakers: Speakers,
    section: str = "",
) -> Exchange:
    """The exchange with the papers it cites and the answers it points to."""
    asked, answered = _with_notes(question), _with_notes(answer)
    return Exchange(
        key=exchange_key(numbers),
        numbers=numbers,
        section=section,
        party=speakers.party,
        askers=speakers.askers,
        respondent=speakers.respondent,
        ministry=speakers.ministry,
        question_paragraphs=tuple(question),
        answer_paragraphs=tuple(answer),
        citations=find_citations("\n".join([*asked, *answered])),
        refers_to=find_refers_to("\n".join(answered), numbers),
    )


def _with_notes(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The texts of the paragraphs, each with those of its notes behind it."""
    texts: list[str] = []
    for paragraph in paragraphs:
        texts.append(paragraph.text)
        if paragraph.footnotes:
            texts.extend(note.text for note in paragraph.footnotes)
    return texts


def without_signature(answer: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The answer without the office and the names that sign below the last one."""
    for at in range(max(1, len(answer) - MAX_SIGNATURE), len(answer)):
        signs = _OFFICE.fullmatch(answer[at].text)
        if signs and all(_is_signature(each) for each in answer[at + 1 :]):
            return tuple(answer[:at])
    return tuple(answer)


def read_office(text: str) -> str:
    """The office that a line signs for, "De Minister van Bijen," or with a name behind it."""
    found = _OFFICE.fullmatch(text)
    office = (found["office"] or "") if found else ""
    return office[:1].upper() + office[1:]


def _is_signature(paragraph: Paragraph) -> bool:
    text = paragraph.text
    is_name = len(text) <= MAX_NAME and not _SENTENCE_END.search(text)
    return is_name or _OFFICE.fullmatch(text) is not None


def exchange_key(numbers: tuple[int, ...]) -> str:
    """The name of an exchange within its document: its numbers joined by `-`."""
    return "-".join(map(str, numbers))


def with_distinct_keys(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The exchanges with keys that are all different, and with pointers that exist.

    One that holds no text is left out; one without numbers is named by its place (`n4`), and the
    second of a name gets `~2`.
    """
    exchanges = [each for each in exchanges if each.question_paragraphs or each.answer_paragraphs]
    known = {number for exchange in exchanges for number in exchange.numbers}
    seen: Counter[str] = Counter()
    named: list[Exchange] = []
    for place, exchange in enumerate(exchanges, 1):
        key = exchange.key or f"n{place}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}~{seen[key]}"
        refers_to = exchange.refers_to and tuple(n for n in exchange.refers_to if n in known)
        if (key, refers_to) != (exchange.key, exchange.refers_to):
            exchange = replace(exchange, key=key, refers_to=refers_to)
        named.append(exchange)
    return tuple(named)
