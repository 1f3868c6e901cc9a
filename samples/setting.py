"""Runs of text → lines that fit a column, hyphenated as the official papers are.

It knows the widths of the standard fonts and nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from samples.manuscript import Run

MARKER_SIZE = 0.65  # of the text around it
MIN_HYPHENATED = 9  # letters; a shorter word goes to the next line whole
MIN_PART = 3  # letters left on either side of a hyphen

# Dutch parts a word between two consonants with a vowel on both sides, unless they sound as one.
_SYLLABLE = re.compile(
    r"(?<=[aeiouyë][lmnr])(?=[bdfgkmnpsvz][aeiouyë])|(?<=[aeiouyë]([fkpst]))(?=\1[aeiouyë])"
)
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]+[.,;:?]?")


@dataclass(frozen=True, slots=True)
class Type:
    """A size and the distance from one line to the next, in points."""

    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Word:
    """Runs that no blank parts."""

    runs: tuple[Run, ...]

    def width(self, size: float) -> float:
        """In points."""
        return sum(run_width(run, size) for run in self.runs)


@dataclass(frozen=True, slots=True)
class SetLine:
    """The words of one line."""

    words: tuple[Word, ...]

    @property
    def markers(self) -> tuple[str, ...]:
        """The numbers of the notes whose places stand on this line."""
        return tuple(run.text for word in self.words for run in word.runs if run.marker)


@cache
def font_of(bold: bool, italic: bool) -> str:
    """The standard font, which no PDF needs to carry."""
    face = ("Bold" if bold else "") + ("Oblique" if italic else "")
    return f"Helvetica-{face}" if face else "Helvetica"


def run_width(run: Run, size: float) -> float:
    """In points."""
    size = size * MARKER_SIZE if run.marker else size
    return float(stringWidth(run.text, font_of(run.bold, run.italic), size))


def set_lines(runs: Sequence[Run], size: float, width: float) -> list[SetLine]:
    """The runs in lines of at most `width` points."""
    lines: list[SetLine] = []
    line: list[Word] = []
    blank = stringWidth(" ", font_of(False, False), size)
    room = width
    for word in _words(runs):
        rest = word
        if rest.width(size) > room:
            head, rest = _hyphenated(rest, size, room)
            lines.append(SetLine((*line, head) if head else tuple(line)))
            line, room = [], width
        line.append(rest)
        room -= rest.width(size) + blank
    return [*lines, SetLine(tuple(line))]


def _words(runs: Sequence[Run]) -> list[Word]:
    words: list[list[Run]] = [[]]
    for run in runs:
        for at, text in enumerate(run.text.split(" ")):
            if at:
                words.append([])
            if text:
                words[-1].append(replace(run, text=text))
    return [Word(tuple(word)) for word in words if word]


def _hyphenated(word: Word, size: float, room: float) -> tuple[Word | None, Word]:
    """The largest part of the word that fits with a hyphen behind it, and the rest."""
    first, *others = word.runs
    for at in reversed(_breaks(first.text)):
        hyphen = "" if first.text[at - 1] == "-" else "-"
        head = Word((replace(first, text=first.text[:at] + hyphen),))
        if head.width(size) <= room:
            return head, Word((replace(first, text=first.text[at:]), *others))
    return None, word


def _breaks(text: str) -> list[int]:
    written = [found.end() for found in re.finditer(r"(?<=[a-z])-(?=[a-z])", text)]
    if len(text) < MIN_HYPHENATED or not _LETTERS.fullmatch(text):
        return written
    syllables = [found.start() for found in _SYLLABLE.finditer(text)]
    return [at for at in syllables if MIN_PART <= at <= len(text) - MIN_PART]
