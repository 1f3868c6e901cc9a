"""The words of an exchange as the server keeps them: in `tsvector`s, as they stand in the text.

No dictionary takes part: a name or a number is proof only where its very letters occur, and so the
same words are found as in a folder's index. A `tsvector` numbers 16,383 words and holds a megabyte at
most, so that a long exchange is kept in stretches. It knows no table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from index.lexical import running_words
from pipeline.models import Exchange

STRETCH = 2_000  # words; a tsvector keeps 255 places of a word, and "de" is one in fifteen
REPEATED = 50  # words that a stretch has of the one before it, so that phrases are found across
LONGEST_WORD = 500  # letters; a tsvector takes 2,046 bytes, and no word is longer than this


def words_of(exchange: Exchange) -> list[str]:
    """The words of an exchange and of its notes, in the order of the text."""
    paragraphs = exchange.question_paragraphs + exchange.answer_paragraphs
    texts = ((each.text, *(note.text for note in each.footnotes)) for each in paragraphs)
    return [cut(word) for word in running_words(" ".join(chain.from_iterable(texts)))]


def cut(word: str) -> str:
    """A word as far as it is kept."""
    return word[:LONGEST_WORD]


def stretches(words: Sequence[str]) -> Iterator[str]:
    """The words as the texts of tsvectors; the first REPEATED of all but the first are repeats."""
    for start in range(0, max(len(words), 1), STRETCH):
        places: defaultdict[str, list[str]] = defaultdict(list)
        for place, word in enumerate(words[max(0, start - REPEATED) : start + STRETCH], start=1):
            places[word].append(str(place))
        yield " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def count_new(stretch: int, places: Iterable[int]) -> int:
    """How many of these places in a stretch are no repeats of the stretch before."""
    return sum(place > REPEATED for place in places) if stretch else len(list(places))


def phrase_query(words: Sequence[str]) -> str:
    """What a tsvector must match for these words to stand next to each other; '' for none."""
    return " <-> ".join(f"'{cut(word)}'" for word in words[:REPEATED])
