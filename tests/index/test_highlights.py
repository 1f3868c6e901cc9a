from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.highlights import MOST, find_highlights, find_sentences
from pipeline.models import Paragraph
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import exchange

EMBEDDER = HashingEmbedder(max_tokens=100_000)
ANSWER = (
    "Het licht van de vuurtoren brandt elke nacht. De wachter krijgt een ijsmuts. "
    "Een nieuwe lamp kost acht gulden."
)


def highlights(question: str, *paragraphs: str) -> tuple[str, ...]:
    written = tuple(Paragraph(text, 1, 1) for text in paragraphs)
    answered = replace(exchange(1, question, ""), answer_paragraphs=written)
    [answer] = EMBEDDER.embed_passages_in_tokens([answered.answer])
    sentences = find_sentences(answered, answer.tokens, answer.letters)
    asked = EMBEDDER.embed_question_in_tokens(question).tokens
    return find_highlights(asked, sentences, EMBEDDER.token_mean)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Wie krijgt een ijsmuts?", "De wachter krijgt een ijsmuts."),
        ("Wat kost een lamp?", "Een nieuwe lamp kost acht gulden."),
        ("brandt het licht", "Het licht van de vuurtoren brandt elke nacht."),
    ],
)
def test_the_sentence_that_says_it_comes_first(question: str, first: str) -> None:
    assert highlights(question, ANSWER)[0] == first
    assert highlights(question, "Ja.", ANSWER)[0] == first


@pytest.mark.parametrize("paragraphs", [(), ("",), ("  ",)])
def test_an_answer_that_was_not_given_has_no_sentences(paragraphs: Sequence[str]) -> None:
    assert highlights("Wie krijgt een ijsmuts?", *paragraphs) == ()


def test_a_sentence_that_is_written_twice_is_given_once() -> None:
    assert highlights("Wat kost dat?", "Dat kost geld. Dat kost geld. Het regent.") == (
        "Dat kost geld.",
    )


def test_few_sentences_are_marked_however_many_are_near() -> None:
    found = highlights("Wat kost dat?", " ".join(f"Dat kost {n} gulden." for n in range(30)))
    assert 1 <= len(found) <= MOST


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=4), st.text(min_size=1))
def test_every_highlight_is_written_in_the_answer(paragraphs: list[str], question: str) -> None:
    found = highlights(question, *paragraphs)
    assert len(found) <= MOST
    assert all(any(sentence in paragraph for paragraph in paragraphs) for sentence in found)


def test_tokens_that_were_not_kept_shift_no_sentence() -> None:
    answered = exchange(1, "Wat?", ANSWER)
    [answer] = EMBEDDER.embed_passages_in_tokens([ANSWER])
    kept = answer.tokens.copy()
    kept[[0, 1, 2, 3, 9]] = 0
    sentences = find_sentences(answered, kept, answer.letters)
    assert [sentence.text.split()[0] for sentence in sentences] == ["Het", "De", "Een"]
    assert [len(sentence.tokens) for sentence in sentences] == [4, 4, 6]
    kept[:8] = 0
    assert len(find_sentences(answered, kept, answer.letters)) == 2


def test_an_answer_whose_tokens_do_not_tell_their_letters_is_divided_by_share() -> None:
    answered = exchange(1, "Wat?", ANSWER)
    [answer] = EMBEDDER.embed_passages_in_tokens([ANSWER])
    alike = np.ones(len(answer.tokens), np.uint8)
    sentences = find_sentences(answered, answer.tokens, alike)
    assert [sentence.text.split()[0] for sentence in sentences] == ["Het", "De", "Een"]
    assert sum(len(sentence.tokens) for sentence in sentences) == len(answer.tokens)
    assert find_sentences(answered, answer.tokens[:0], alike[:0]) == []
