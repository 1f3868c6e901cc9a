"""What the very words of a question prove: names, numbers and terms that occur in an exchange.

Words count by their share of what is rare in a question. "HGIS" or "36 600 XVII, nr. 36" is covered
whole; of a question in English next to nothing occurs in a Dutch answer, and it keeps the order that
its meaning gives it. It knows words and rows; no SQL and no vectors.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Protocol

# Fitted on our own questions and on abstracts of written questions, see docs/decisions.md.
LEXICAL_SHARE = 0.2  # what words add to a closeness that say all they can
NAMING_SHARE = 0.2  # what is added where all words of a question are covered: a name, a number
NAMING_COVERAGE = 0.5  # the share of a question's rarity from which it seems to name something
TITLE_SHARE = 0.3  # what a document's title adds in which all words of the question occur
LEAST_COVERAGE = 0.1  # the share of a question's rarity from which words alone make a candidate
COMMON_SHARE = 0.2  # a word in more than this share of exchanges proves nothing
TITLES_REMEMBERED = 5_000  # of which the words are at hand, some 5 MB
SATURATION = 2.2  # how many times its rarity BM25 gives a word at most: k1 + 1

# Words that other languages ask with; in Dutch text they stand in names, and prove nothing either.
FOREIGN = frozenset(
    "the and for with from what which who why how when where does did was were are is it be to "
    "der die das den dem ein eine und fur mit von was wie wer warum wann wird werden ist sind zu im "
    "le la les des du un une et pour avec quel quelle quels quelles que qui comment pourquoi quand "
    "est sont il au aux en sur".split()
)

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

    def word_weights(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """What BM25 gives these exchanges for these words; nothing where none occurs."""


@dataclass(frozen=True, slots=True)
class RareWord:
    """A word of a question, its rarity, in how many exchanges it is and whether that proves much."""

    text: str
    rarity: float
    having: int
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
    return list(dict.fromkeys(running_words(text)))


def running_words(text: str) -> list[str]:
    """The words of a text in their order, in small letters without accents."""
    plain = text.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(plain)


def _rows_with(text: str, words: Words) -> frozenset[int]:
    return frozenset(words.rows_with(" ".join(running_words(text))))


def weigh_words(question: str, words: Words) -> list[RareWord]:
    """The words of a question with their rarity, as BM25 has it.

    A word that occurs nowhere counts as the rarest, so that a question about something else, or in
    another language, is never covered.
    """
    total = words.count_exchanges()
    return [_weigh(word, words.exchanges_with(word), total) for word in find_words(question)]


def find_coverage(question: str, words: Words) -> dict[int, float]:
    """For each exchange the share of the question's rarity that its words cover, 0 to 1."""
    return coverage_of(weigh_words(question, words), words)


def coverage_of(weighed: Sequence[RareWord], words: Words) -> dict[int, float]:
    """The same for words that are weighed."""
    everything = sum(word.rarity for word in weighed)
    coverage: defaultdict[int, float] = defaultdict(float)
    for word in weighed:
        for row in words.rows_with(word.text) if word.telling and word.having else ():
            coverage[row] += word.rarity / everything
    return dict(coverage)


def lexical_evidence(
    weighed: Sequence[RareWord],
    coverage: Mapping[int, float],
    titles: Mapping[int, str],
    words: Words,
) -> dict[int, float]:
    """What to add to the closeness of exchanges, by row, for their words and their title's.

    `coverage` is theirs, and `titles` holds for each exchange the title of its document.
    """
    everything = sum(word.rarity for word in weighed)
    telling = [word.text for word in weighed if word.telling and word.having]
    having = [row for row in titles if coverage.get(row)]
    found = words.word_weights(telling, having) if having else {}
    said = {row: weight / (SATURATION * everything) for row, weight in found.items()}
    return _evidence(weighed, coverage, titles, said)


def rough_evidence(
    weighed: Sequence[RareWord], coverage: Mapping[int, float], titles: Mapping[int, str]
) -> dict[int, float]:
    """The same as far as it is known before all texts are asked how often they have the words."""
    return _evidence(weighed, coverage, titles, coverage)


def _evidence(
    weighed: Sequence[RareWord],
    coverage: Mapping[int, float],
    titles: Mapping[int, str],
    said: Mapping[int, float],
) -> dict[int, float]:
    """`said` is the share of all they could say that the words of a question say of exchanges."""
    everything = sum(word.rarity for word in weighed)
    if not everything:
        return {}
    by_title = {title: _title_coverage(weighed, title) / everything for title in titles.values()}
    return {
        row: LEXICAL_SHARE * said.get(row, 0.0)
        + NAMING_SHARE * _naming(coverage.get(row, 0.0))
        + TITLE_SHARE * by_title[title]
        for row, title in titles.items()
    }


def _naming(covered: float) -> float:
    """How surely a question names what an exchange holds, 0 to 1."""
    return max(0.0, (covered - NAMING_COVERAGE) / (1 - NAMING_COVERAGE))


def _title_coverage(weighed: Sequence[RareWord], title: str) -> float:
    """The rarity of the telling words that occur in a title."""
    occurring = _title_words(title)
    return sum(word.rarity for word in weighed if word.telling and word.text in occurring)


@lru_cache(maxsize=TITLES_REMEMBERED)
def _title_words(title: str) -> frozenset[str]:
    return frozenset(running_words(title))


def _weigh(word: str, having: int, total: int) -> RareWord:
    rarity = log(1 + (total - having + 0.5) / (having + 0.5))
    common = having > max(1, COMMON_SHARE * total) or word in FOREIGN
    return RareWord(word, rarity, having, not common)
