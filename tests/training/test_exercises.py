"""Exercises ask in plain words, and in those of documents without what gives the answer away."""

from __future__ import annotations

from random import Random

from training.exercises import BACKGROUND, PLAIN_DOCUMENTS, WRITTEN_DOCUMENTS, exercises
from training.exercises import without_shared_words as without
from training.reading import LANGUAGES, AskedPair, Lessons, Pair, PlainLesson, WrittenLesson


def plain(number: int) -> PlainLesson:
    questions = {language: f"{language} asks for {number}" for language in LANGUAGES}
    asked = AskedPair(Pair(f"formal {number}", f"answer {number}"), questions)
    return PlainLesson((asked,), (Pair("formal", "something else"),))


def written(number: int) -> WrittenLesson:
    pairs = tuple(Pair(f"own {number}.{at}", f"told {number}.{at}") for at in range(2))
    return WrittenLesson(f"all of {number}", pairs)


LESSONS = Lessons(tuple(map(plain, range(7))), tuple(map(written, range(4))), ())


def test_each_question_belongs_to_its_answer() -> None:
    sentences = [f"sentence {number}" for number in range(BACKGROUND + 1)]
    exercise = next(exercises(LESSONS, sentences, Random(1)))
    assert len(exercise.pairs) == 2 * PLAIN_DOCUMENTS + 2 * WRITTEN_DOCUMENTS
    assert len(set(exercise.background)) == BACKGROUND
    for asked in exercise.asked:
        number = asked.question.split()[-1]
        answers = {exercise.pairs[at].answer for at in asked.right}
        if asked.question.startswith("all of"):
            assert answers == {f"told {number}.0", f"told {number}.1"}
        else:
            assert answers == {f"told {number}" if "own" in asked.question else f"answer {number}"}


def test_what_a_document_asks_itself_never_stands_beside_the_answer() -> None:
    exercise = next(exercises(LESSONS, ["sentence"] * BACKGROUND, Random(1)))
    assert not any(pair.question for pair in exercise.pairs if pair.answer.startswith("told"))


def test_longer_words_of_the_answer_are_lost_from_the_question_in_whatever_form() -> None:
    pair = Pair("Wanneer worden de fietspaden langs de oude vaart verbreed?", "Een breed fietspad.")
    reworded = {without(pair, Random(seed)) for seed in range(20)}
    assert reworded == {
        pair.question,
        "Wanneer worden de langs de oude vaart verbreed?",
    }
