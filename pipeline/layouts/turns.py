"""Cuts a report of a written consultation into turns: what stands under one fractie's heading.

It knows headings, parts of the report and labels, not who speaks between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.labels import Label, is_party_heading, read_label
from pipeline.layouts.voices import is_heading
from pipeline.models import PARTY_BREAK, Paragraph, Part

_NAME = r"[A-Z0-9][^\s,.:]*(?:\s[A-Z][^\s,.:]*){0,2}"
# Each row: a word without which a heading names no fractie in this way, and the way.
_PARTIES = tuple(
    (sign, re.compile(row))
    for sign, row in (
        (
            "fractie",
            r"(?:leden|lid)\s+van\s+(?:de\s+)?(?P<party>(?!de\b|het\b|fracties?\b)\S.{0,60}?)[-–]?\s?fractie\b",
        ),
        (
            "fractie",
            r"fracties?\s+van\s+(?:de\s+|het\s+)?"
            rf"(?P<party>{_NAME}(?:(?:,|\s+en)\s+(?:(?:van\s+)?(?:de|het)\s+)?{_NAME})*)",
        ),
        ("fractie", r"(?P<party>[A-Z0-9]\S{0,40}?)[-–]\s?fractie\b"),
        ("lid", r"\blid\s[^(]{1,60}\((?P<party>[^)]{1,40})\)"),
        ("roep", r"\b(?P<party>[Gg]roep\s+[A-Z].{1,40}?)(?=\s+en\s+(?:de\s+)?reactie|$)"),
    )
)
_NEXT_PARTY = re.compile(r"(?:,|,?\s+en)\s+(?:(?:van\s+)?(?:de|het)\s+)?(?=[A-Z0-9])")
_FURTHER_PARTY = re.compile(  # "de leden van de D66-fractie en van de SP-fractie"
    r"(?:,|,?\s+en)\s+(?:(?:de\s+leden|het\s+lid)\s+)?(?:van\s+)?(?:de\s+)?(?P<party>[A-Z0-9]\S{0,40}?)[-–]\s?fractie\b"
)
_MEMBER = re.compile(
    r"\blid\s+(?!van\s+de\s)(?P<name>[^\W\d_][^(]{1,60}?)"
    r"(?=\s*(?:\(|$|en\s+(?:de\s+)?(?:reactie|antwoord)))"
)
_NUMERAL = r"(?:[IVX]{1,4}[.:]?\s+|\d{1,2}[.:]?\s+)?"
_CABINET = r"(?:minister|staatssecretaris|bewinds|kabinet|regering)"
_QUESTIONS = re.compile(
    rf"{_NUMERAL}(?:Vragen(?:\s+en\s+opmerkingen)?|Inbreng)\s+vanuit\s+de\s+fracties.{{0,120}}"
    r"|BRIEF\s+VAN\s+DE\s+(?:VOORZITTER|GRIFFIER).{0,200}",
    re.I,
)
_REPLIES = re.compile(
    rf"{_NUMERAL}(?:Antwoord(?:en)?|Reactie)(?:\s*/\s*Reactie)?\s+van(?:uit)?\s+(?:de\s+|het\s+)?"
    rf"{_CABINET}.{{0,120}}|BRIEF\s+VAN\s+DE\s+{_CABINET}.{{0,200}}",
    re.I,
)
_ADDRESS = re.compile(r"Aan\s+(?:de|het)\s+[^.?!]{1,120}|(?:Den Haag|’s-Gravenhage),[^.?!]{0,40}")
_BARE_HEADING = re.compile(
    r"(?:De\s+)?(?:[A-Z0-9][\w’-]{0,40}-fractie|Fractie\s+van\s+(?:de\s+|het\s+)?[A-Z0-9][\w’-]{0,40})"
)
_CONTENTS = re.compile(r"Inhoudsopgave|Inhoud", re.I)
_ENTRY_ENDS = re.compile(r"^\s*[IVX]{1,4}\.?\s+|[\s.…]*\d*\s*$")
_AGENDA = re.compile(rf"{_NUMERAL}Volledige\s+agenda.{{0,40}}", re.I)
MAX_ENTRY = 200  # characters of an entry in a table of contents
MIN_ENTRY = 8  # characters; a shorter one is a numeral or a page number


@dataclass(slots=True)
class Turn:
    """What stands under one fractie's heading; `replies` in the cabinet's part of the report."""

    party: str
    replies: bool
    askers: tuple[str, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def labels_answers(self) -> bool:
        """Whether a label opens an answer in it."""
        labels = (read_label(each.text) for each in self.paragraphs)
        return any(label is not None and label.part is Part.ANSWER for label in labels)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A label, or None at the start of a turn, and the paragraphs up to the next one."""

    label: Label | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def answers(self) -> bool:
        """Whether it opens with the label of an answer."""
        return self.label is not None and self.label.part is Part.ANSWER


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before the first turn, and what else stands outside the turns."""

    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]


def find_turns(paragraphs: Sequence[Paragraph]) -> tuple[Around, list[Turn]]:
    """What stands before and after the turns, and the turns in order."""
    before: list[Paragraph] = []
    after: list[Paragraph] = []
    turns: list[Turn] = []
    inside = replies = False
    for paragraph in _without_contents(paragraphs):
        text = paragraph.text
        if _AGENDA.fullmatch(text):
            inside = False
        elif _QUESTIONS.fullmatch(text) or (
            _REPLIES.fullmatch(text) and not _is_label(text, turns)
        ):
            inside, replies = True, bool(_REPLIES.fullmatch(text))
            turns.append(Turn("", replies))
        elif is_party_heading(text) or _BARE_HEADING.fullmatch(text):
            inside = True
            turns.append(Turn(party_of(text), replies, members_of(text)))
        elif inside and not turns[-1].paragraphs and _ADDRESS.fullmatch(text):
            after.append(paragraph)
        elif inside or read_label(text):
            if not inside:
                inside = True
                turns.append(Turn("", replies))
            turns[-1].paragraphs.append(paragraph)
        else:
            (after if turns else before).append(paragraph)
    around = Around(tuple(before), tuple(after))
    return around, [turn for turn in turns if turn.paragraphs]


def _without_contents(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs without a table of contents: it ends where its first entry comes again."""
    start = next((at for at, each in enumerate(paragraphs) if _CONTENTS.fullmatch(each.text)), None)
    if start is None:
        return list(paragraphs)
    entries: set[str] = set()
    end = start + 1
    while end < len(paragraphs) and len(paragraphs[end].text) <= MAX_ENTRY:
        entry = _ENTRY_ENDS.sub("", paragraphs[end].text)
        if any(len(entry) > MIN_ENTRY and entry.endswith(seen) for seen in entries):
            break
        entries.update([entry] if len(entry) > MIN_ENTRY else [])
        end += 1
    return [*paragraphs[:start], *paragraphs[end:]]


def _is_label(text: str, turns: Sequence[Turn]) -> bool:
    """Whether `Antwoord van de minister` opens an answer here, not a part: a numeral tells."""
    return bool(turns and turns[-1].paragraphs and read_label(text))


def party_of(heading: str) -> str:
    """The fractie that a heading names, without the word fractie; several are parted by commas."""
    ways = (form.search(heading) for sign, form in _PARTIES if sign in heading)
    found = min(filter(None, ways), key=re.Match.start, default=None)
    if not found:
        return ""
    parties = _NEXT_PARTY.split(" ".join(found["party"].split()))
    end = found.end()
    while further := _FURTHER_PARTY.match(heading, end):
        parties.append(further["party"])
        end = further.end()
    return PARTY_BREAK.join(dict.fromkeys(parties))


def members_of(heading: str) -> tuple[str, ...]:
    """The member whom a heading names, as `Vragen van het lid Van der Berg (Middenbond)` does."""
    found = _MEMBER.search(heading)
    return (found["name"],) if found else ()


def stretches_of(paragraphs: Sequence[Paragraph]) -> list[Stretch]:
    """The paragraphs cut at their labels; text on a label's own line stays with it."""
    stretches: list[tuple[Label | None, list[Paragraph]]] = [(None, [])]
    for paragraph in paragraphs:
        label = read_label(paragraph.text)
        if label:
            stretches.append((label, []))
        if not label:
            stretches[-1][1].append(paragraph)
        elif label.end < len(paragraph.text):
            stretches[-1][1].append(paragraph.cut(label.end))
    return [Stretch(label, tuple(texts)) for label, texts in stretches]


def without_headings(
    paragraphs: Sequence[Paragraph], section: str
) -> tuple[str, tuple[Paragraph, ...]]:
    """The topic the paragraphs stand under, and those of them that are no heading."""
    texts: list[Paragraph] = []
    topic = section
    for each in paragraphs:
        if is_heading(each) and not each.text.rstrip(".)").isdecimal():
            topic = each.text
        else:
            texts.append(each)
    return (topic, tuple(texts)) if texts else (section, tuple(paragraphs))


def without_closing_headings(
    answer: Sequence[Paragraph],
) -> tuple[tuple[Paragraph, ...], str]:
    """The answer, and the topic of what follows where headings stand at its end."""
    end = len(answer)
    while end and is_heading(answer[end - 1]):
        end -= 1
    return (tuple(answer[:end]), answer[-1].text) if 0 < end < len(answer) else (tuple(answer), "")


def by_topic(paragraphs: Sequence[Paragraph]) -> dict[str, list[Paragraph]]:
    """The paragraphs under each heading; those before the first under an empty one."""
    topics: dict[str, list[Paragraph]] = {}
    topic = ""
    for paragraph in paragraphs:
        if is_heading(paragraph):
            topic = paragraph.text
        else:
            topics.setdefault(topic, []).append(paragraph)
    return topics
