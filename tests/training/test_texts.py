"""Texts become tokens as the model reads them."""

from __future__ import annotations

from tests.training.examples import PAIRS, tiny_texts
from training.reading import Pair
from training.texts import PASSAGE_TOKENS


def test_each_side_of_each_exchange_has_its_passages() -> None:
    batch, sides = tiny_texts().exchanges(PAIRS, 2)
    assert len(batch.ids) == 5
    assert sides.of_passages.tolist() == [0, 1, 2, 3, 4]
    assert sides.exchanges.tolist() == [0, 0, 1, 1, 2]


def test_only_the_words_of_the_text_are_compared() -> None:
    batch = tiny_texts().questions(["How much is a ticket?", "tulpen"])
    assert batch.telling.sum(dim=1).tolist() == [5, 1]
    assert batch.attention.sum(dim=1).tolist() == [8, 4], "start, prompt, words, end"


def test_a_long_text_gives_its_first_passages_evenly_full() -> None:
    long = " ".join(["tunnel"] * (2 * PASSAGE_TOKENS + 1))
    batch, _ = tiny_texts().exchanges([Pair("", long)], 2)
    third = -(-(2 * PASSAGE_TOKENS + 1) // 3)
    assert batch.telling.sum(dim=1).tolist() == [third, third]
