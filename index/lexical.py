"""What the very words of a question prove: names, numbers and terms that occur in an exchange.

Words are evidence only where they cover most of what is rare in a question. "HGIS" or "36 600 XVII,
nr. 36" is covered whole; a question in English covers next to nothing of a Dutch answer, and keeps
the order that its meaning gives it. It knows words and rows; no SQL and no vectors.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from math import log
from typing import Protocol

# Fitted on our own questions and on abstracts of written questions, see docs/decisions.md.
LEAST_COVERAGE = 0.3  # the share of a question's rarity from which words are evidence
LEXICAL_SHARE = 0.2  # what full coverage adds to a closeness
COMMON_SHARE = 0.2  # a word in more than this share of exchanges proves nothing

_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”]")
_UNWANTED = re.compile(r"(?:^|\s)-([^\W\d_][\w-]*)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is meant: its text, phrases it must meet, and words it must not."""

    text: str
    phrases: tuple[str, ...]
    unwanted: tuple[str, ...]


class Words(Protocol):
    """Where words occur."""

    def count_exchanges(self) -> int:
        """How many exchanges there are."""

    def exchanges_with(self, word: str) -> int:
        """In how many exchanges a word occurs."""

    def rows_with(self, phrase: str) -> list[int]:
        """The rows of the exchanges in which these words stand next to each other."""


@dataclass(frozen=True, slots=True)
class RareWord:
    """A word of a question, its rarity, and whether enough exchanges lack it to prove anything."""

    text: str
    rarity: float
    telling: bool


def read_wording(question: str) -> Wording:
    """What a question asks by its signs: "a phrase" in quotes, -without a word.

    A question of such signs alone is left as it is.
    """
    phrases = tuple(match[1].strip() for match in _PHRASE.finditer(question) if match[1].strip())
    unwanted = tuple(match[1] for match in _UNWANTED.finditer(question))
    text = _PHRASE.sub(r" \1 ", _UNWANTED.sub(" ", question))
    return Wording(" ".join(text.split()) or question, phrases, unwanted)


def rows_of(wording: Wording, words: Words) -> tuple[frozenset[int] | None, frozenset[int]]:
    """The exchanges that a question's signs leave, None for all, and those that they take out.

    A phrase that occurs nowhere leaves them all: it may be a title or a translation.
    """
    only: frozenset[int] | None = None
    for phrase in wording.phrases:
        having = _rows_with(phrase, words)
        if having:
            only = having if only is None else only & having
    without = [_rows_with(word, words) for word in wording.unwanted]
    return only, frozenset().union(*without)


def find_words(text: str) -> list[str]:
    """The words of a text as the index keeps them: small letters without accents, each once."""
    return list(dict.fromkeys(_running_words(text)))


def _running_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain)


def _rows_with(text: str, words: Words) -> frozenset[int]:
    return frozenset(words.rows_with(" ".join(_running_words(text))))


def lexical_evidence(question: str, words: Words) -> dict[int, float]:
    """What to add to the closeness of exchanges, by row; none where words prove nothing."""
    coverage = find_coverage(question, words)
    return {
        row: LEXICAL_SHARE * (covered - LEAST_COVERAGE) / (1 - LEAST_COVERAGE)
        for row, covered in coverage.items()
        if covered > LEAST_COVERAGE
    }


def find_coverage(question: str, words: Words) -> dict[int, float]:
    """For each exchange the share of the question's rarity that its words cover, 0 to 1.

    A word that occurs nowhere counts as the rarest, so that a question about something else is
    never covered.
    """
    total = words.count_exchanges()
    weighed = [_weigh(word, words.exchanges_with(word), total) for word in find_words(question)]
    everything = sum(word.rarity for word in weighed)
    coverage: defaultdict[int, float] = defaultdict(float)
    for word in weighed:
        for row in words.rows_with(word.text) if word.telling else ():
            coverage[row] += word.rarity / everything
    return dict(coverage)


def _weigh(word: str, having: int, total: int) -> RareWord:
    """Rarity as BM25 has it."""
    rarity = log(1 + (total - having + 0.5) / (having + 0.5))
    return RareWord(word, rarity, 0 < having <= max(1, COMMON_SHARE * total))
