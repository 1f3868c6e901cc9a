"""Words of any text, however long, are found and weighed on a server as in a folder."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postgres.words import STRETCH, count_new, stretches
from index.stores import open_store
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed
from tests.index.test_store import keep

pytestmark = pytest.mark.xdist_group("postgresql")


@given(
    st.lists(st.sampled_from(["de", "dijk", "zee"]), max_size=3).map(lambda words: words * 1_500)
)
def test_a_word_in_stretches_is_counted_as_often_as_it_occurs(words: list[str]) -> None:
    counted: Counter[str] = Counter()
    for at, text in enumerate(stretches(words)):
        for entry in text.split():
            word, _, places = entry.partition(":")
            counted[word.strip("'")] += count_new(at, map(int, places.split(",")))
    assert +counted == Counter(words)


def long_text() -> str:
    """Three stretches, with a phrase over the edge of two and a rare word in the last."""
    words = [f"woord{at % 700}" for at in range(2 * STRETCH + 500)]
    words[STRETCH - 2 : STRETCH + 2] = "hoge dijk aan zee".split()
    words[-3] = "tafelzilver"
    return " ".join(words)


def test_a_long_answer_is_found_by_phrases_and_weighed_as_in_a_folder(kept: Settings) -> None:
    short = [exchange(n, "Waar?", f"Bij dijk {n}.") for n in range(2, 9)]
    with closing(open_store(kept)) as store:
        keep(store, parsed("lang.txt", [exchange(1, "Hoe lang?", long_text()), *short]))
        with store.snapshot() as snapshot:
            rows = snapshot.rows_with("hoge dijk aan zee")
            assert len(rows) == 1
            assert snapshot.rows_with("dijk hoge") == []
            assert snapshot.rows_with("tafelzilver") == rows
            assert len(snapshot.rows_with("dijk")) == snapshot.exchanges_with("dijk") == 8
            weights = snapshot.word_weights(["tafelzilver", "woord3"], rows)
            assert weights == {rows[0]: pytest.approx(2.13335, abs=1e-5)}
