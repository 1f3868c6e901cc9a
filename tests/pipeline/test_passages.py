"""Passages fit the model, end on sentences where they can, and together hold every word."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Exchange, Footnote, Paragraph, Part
from pipeline.passages import MAX_PASSAGE_TOKENS, split_exchange, split_text
from tests.hashing_embedder import HashingEmbedder

count_words = HashingEmbedder().count_tokens


def count_pairs(text: str) -> int:
    """A tokenizer of two characters a token, so that long words are many."""
    return (len(text) + 1) // 2


def exchange(question: list[Paragraph], answer: list[Paragraph]) -> Exchange:
    return Exchange(
        key="7",
        numbers=(7,),
        section="",
        party="",
        askers=(),
        respondent="",
        ministry="",
        question_paragraphs=tuple(question),
        answer_paragraphs=tuple(answer),
        citations=(),
        refers_to=(),
    )


def paragraph(text: str, page: int = 1, last_page: int | None = None) -> Paragraph:
    return Paragraph(text, page, last_page or page)


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_short_exchange_is_a_passage_for_each_side() -> None:
    passages = split_exchange(
        exchange([paragraph("Wat kost dit?")], [paragraph("Niets.", 2), paragraph("Nog niet.", 3)]),
        count_words,
        200,
    )
    assert [(p.part, p.position, p.text, p.pages) for p in passages] == [
        (Part.QUESTION, 0, "Wat kost dit?", (1, 1)),
        (Part.ANSWER, 0, "Niets.\n\nNog niet.", (2, 3)),
    ]
    assert {p.exchange_key for p in passages} == {"7"}


def test_an_absent_side_has_no_passage() -> None:
    assert split_exchange(exchange([paragraph("Wanneer?")], []), count_words, 200)[1:] == []
    assert split_exchange(exchange([paragraph(" ")], [paragraph("")]), count_words, 200) == []


def test_passages_end_on_sentences_and_are_about_equally_full() -> None:
    sentence = "Deze zin telt precies acht woorden, niet meer."
    text = " ".join([sentence] * 30)  # 240 words
    passages = split_exchange(exchange([], [paragraph(text)]), count_words, 200)
    assert [count_words(p.text) for p in passages] == [120, 120]
    assert all(p.text.endswith("niet meer.") for p in passages)


def test_a_passage_knows_its_pages() -> None:
    sentence = "Deze zin telt precies acht woorden, niet meer. "
    answer = [paragraph(sentence * 12, 3), paragraph(sentence * 11, 4, 5), paragraph(sentence, 5)]
    passages = split_exchange(exchange([], answer), count_words, 100)
    assert [p.pages for p in passages] == [(3, 3), (4, 5)]


def test_footnotes_are_not_part_of_a_passage() -> None:
    noted = Paragraph("Het fonds sluit.", 1, 1, (Footnote("1", "Kamerstuk 12 345, nr. 6", 16),))
    passages = split_exchange(exchange([], [noted]), count_words, 200)
    assert [p.text for p in passages] == ["Het fonds sluit."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een twee; drie vier", ["een twee;", "drie vier"]),  # clauses
        ("een twee drie vier", ["een twee", "drie vier"]),  # words
        ("abcdefghijklmnop", ["abcd", "efgh", "ijkl", "mnop"]),  # characters
    ],
)
def test_a_sentence_longer_than_the_window_is_cut_where_it_hurts_least(
    text: str, expected: list[str]
) -> None:
    count: Callable[[str], int] = count_words if " " in text else count_pairs
    assert split_text(text, count, 2) == expected


def test_no_passage_is_longer_than_one_vector_can_hold() -> None:
    passages = split_exchange(exchange([], [paragraph("woord " * 1000)]), count_words, 10_000)
    assert max(count_words(p.text) for p in passages) <= MAX_PASSAGE_TOKENS


prose = st.text(alphabet=st.sampled_from("abcdéA  .,;:?!–()«»\n123😀"), max_size=400)


@given(st.lists(prose, max_size=4), st.lists(prose, max_size=4), st.integers(1, 40))
def test_every_word_is_in_a_passage_that_fits(
    question: list[str], answer: list[str], window: int
) -> None:
    asked = exchange([paragraph(text) for text in question], [paragraph(text) for text in answer])
    passages = split_exchange(asked, count_pairs, window)
    for part, text in ((Part.QUESTION, asked.question), (Part.ANSWER, asked.answer)):
        side = [p for p in passages if p.part is part]
        assert letters("".join(p.text for p in side)) == letters(text)
        assert [p.position for p in side] == list(range(len(side)))
        assert all(p.text and p.text in text for p in side)
    assert all(count_pairs(p.text) <= window for p in passages)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_a_tokenizer_that_makes_more_of_the_whole_still_fits(lengths: list[int]) -> None:
    def count(text: str) -> int:
        words = len(text.split())
        return words + words // 5

    text = " ".join("Woord" + " woord" * (n - 1) + "." for n in lengths)
    stretches = split_text(text, count, 30)
    assert letters("".join(stretches)) == letters(text)
    assert all(count(stretch) <= 30 for stretch in stretches)


@pytest.mark.parametrize("text", ["Ja, dat is zo. " * 20_000, "woord " * 50_000, "x" * 200_000])
def test_time_grows_with_the_length_only(text: str) -> None:
    counted = 0

    def count(stretch: str) -> int:
        nonlocal counted
        counted += len(stretch)
        return count_pairs(stretch)

    began = time.process_time()
    split_text(text, count, 100)
    assert time.process_time() - began < 10
    assert counted < 20 * len(text)
