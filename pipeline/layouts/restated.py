"""Finds the questions that the cabinet repeats, in its own part of a report, before each answer.

A paragraph repeats a question when nearly all runs of words in it were asked before. It knows no
labels; where answers have them, they tell more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.layouts.voices import is_heading
from pipeline.models import Paragraph

RUN = 3  # words in a row that are looked for in what was asked
REPEATED = 0.7  # share of its runs that a repeated question has in common with what was asked
MIN_WORDS = 6  # a shorter paragraph, such as a thank-you, proves nothing

_WORD = re.compile(r"\w+")
_Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What some paragraphs say: each as a whole, and the runs of words in all."""

    wholes: frozenset[str]
    runs: _Runs

    @classmethod
    def by(cls, paragraphs: Iterable[Paragraph]) -> Said:
        """What these paragraphs say."""
        paragraphs = list(paragraphs)
        texts = [each.text for each in paragraphs]
        wholes = frozenset(each.text for each in paragraphs if not is_heading(each))
        return cls(wholes, frozenset(run for text in texts for run in _runs(text)))

    def holds(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph says nearly only what was said."""
        if paragraph.text in self.wholes:
            return True
        own = _runs(paragraph.text)
        common = sum(run in self.runs for run in own)
        return len(own) > MIN_WORDS - RUN and common >= REPEATED * len(own)


def cut_at_questions(
    reply: Sequence[Paragraph], asked: Said
) -> list[tuple[list[Paragraph], list[Paragraph]]]:
    """Questions and answers in turn; what stands before the first question has none."""
    pairs: list[tuple[list[Paragraph], list[Paragraph]]] = [([], [])]
    for paragraph in reply:
        repeated = asked.holds(paragraph)
        if repeated and pairs[-1][1]:
            pairs.append(([], []))
        pairs[-1][0 if repeated else 1].append(paragraph)
    return [pair for pair in pairs if pair[0] or pair[1]]


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return list(zip(*(words[start:] for start in range(RUN)), strict=False))
