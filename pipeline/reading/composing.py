"""Composes paragraphs from the runs of marked-up text: Word, ODT, XML and HTML alike.

White space is folded here and only here, so that the same text gives the same paragraphs in
whichever of these formats it comes. It knows no mark-up.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.labels import stands_alone
from pipeline.models import Footnote, Paragraph, Style

CELL_BREAK = " | "
"""Parts the cells of a table row that reads as one line."""

MIN_QUESTION = 12
"""Characters; anything shorter in bold that ends in a question mark is a heading or a word."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_CLOSING = re.compile(r"[.,;:!?)\]]|[»”’]+(?:[.,;:!?)\]]|$)")
_FULL_STOP = tuple(".?!:;")


def clean(text: str) -> str:
    """The text without soft hyphens and other invisible characters, composed (NFC)."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_HYPHENS))


def fold(text: str) -> str:
    """The text, cleaned, on one line with single spaces."""
    return " ".join(clean(text).split())


@dataclass(slots=True)
class Composer:
    """Takes runs, notes and line breaks in reading order and makes paragraphs of them."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _length: int = 0
    _space: bool = False
    _marked: bool = False
    _notes: list[Footnote] = field(default_factory=list)
    _breaks: list[int] = field(default_factory=list)
    _runs: list[tuple[int, int, bool]] = field(default_factory=list)

    def write(self, text: str, *, emphasised: bool = False) -> None:
        """Append a run of text; white space at its ends parts it from its neighbours."""
        text = clean(text)
        if not text:
            return
        words = text.split()
        self._space |= text[0].isspace()
        start = self._length
        for word in words:
            self._append(word)
            self._space = True
        if words:
            self._space = text[-1].isspace()
            self._runs.append((start, self._length, emphasised))

    def note(self, label: str, text: str) -> None:
        """Put a note's marker here."""
        self._notes.append(Footnote(label, fold(text), self._length))
        self._marked = True

    def append_note(self, label: str, text: str) -> None:
        """Put a note at the end of the line in hand, or else of the last paragraph."""
        if self._length or not self.paragraphs:
            self.note(label, text)
        else:
            last = self.paragraphs[-1]
            note = Footnote(label, fold(text), len(last.text))
            self.paragraphs[-1] = replace(last, footnotes=(*last.footnotes, note))

    def break_line(self) -> None:
        """End the line here; whether the paragraph ends too is told from what stands around."""
        self._space = True
        self._breaks.append(self._length)

    @property
    def text(self) -> str:
        """The text of the paragraph in hand."""
        return "".join(self._words)

    def discard(self) -> None:
        """Forget the paragraph in hand."""
        self._reset()

    def end_paragraph(self, style: Style = Style.BODY) -> None:
        """Finish the paragraph in hand; one without text and notes leaves nothing."""
        text = self.text
        if not self._breaks and len(self._runs) < 2:  # as most are; nothing to part it at
            if text or self._notes:
                emphasised = bool(self._runs) and self._runs[0][2]
                self.paragraphs.append(Paragraph(text, 1, 1, tuple(self._notes), style, emphasised))
        elif text or self._notes:
            notes_at = [note.offset for note in self._notes]
            runs_at = [run[0] for run in self._runs]
            for start, end in pairwise([0, *self._paragraph_starts(text), len(text)]):
                notes = self._notes[bisect_left(notes_at, start) : bisect_right(notes_at, end)]
                runs = self._runs[
                    max(0, bisect_right(runs_at, start) - 1) : bisect_left(runs_at, end)
                ]
                emphasised = bool(runs) and all(run[2] for run in runs)
                part = Paragraph(text, 1, 1, tuple(notes), style, emphasised)
                if end - start < len(text):
                    part = part.cut(start, end)
                if part.text or part.footnotes:
                    self.paragraphs.append(part)
        self._reset()

    def _append(self, word: str) -> None:
        # A marker between a word and its full stop leaves no gap: "woord ¹." reads "woord."
        if self._space and self._length and not (self._marked and _CLOSING.match(word)):
            self._words.append(" ")
            self._length += 1
        self._words.append(word)
        self._length += len(word)
        self._marked = False

    def _paragraph_starts(self, text: str) -> list[int]:
        """Where new paragraphs begin: at line breaks that end one, and after a set-off question."""
        ends = sorted({place for place in self._breaks if 0 < place < len(text)} | {len(text)})
        starts = self._emphasised_question(text)
        line_start = 0
        for end, next_end in pairwise(ends):
            if not _runs_on(text[line_start:end], text[end:next_end].strip()):
                starts.append(end)
            line_start = end
        return sorted(set(starts))

    def _emphasised_question(self, text: str) -> list[int]:
        """Where plain text follows a question in bold or italics within one paragraph."""
        for start, _, emphasised in self._runs:
            if emphasised:
                continue
            asks = text[:start].rstrip().endswith("?") and start >= MIN_QUESTION
            return [start] if asks and text[start:].lstrip()[:1].isupper() else []
        return []

    def _reset(self) -> None:
        self._words, self._notes, self._breaks, self._runs = [], [], [], []
        self._length, self._space, self._marked = 0, False, False


def _runs_on(line: str, next_line: str) -> bool:
    """Whether a line break falls within a sentence, as in text pasted from a typeset page."""
    if not line.strip() or not next_line:
        return True
    if stands_alone(line.strip()) or stands_alone(next_line):
        return False
    return next_line[0].islower() and not line.rstrip().endswith(_FULL_STOP)
