"""Lessons come out of written questions and of questions in plain words about them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import UnfitFile
from training.reading import LANGUAGES, QUESTIONS, Lessons, Pair, read_lessons

LONG = "Is de minister bereid om te onderzoeken of er langs deze vaart een fietspad kan komen?"
ANSWER = (
    "Ja. De provincie legt het komende jaar langs de hele vaart een breed fietspad aan, dat " * 2
)
PLAIN = {"nl": "Waar fiets ik?", "en": "Where to ride?", "de": "Wo radeln?", "fr": "Où rouler ?"}


def document(name: str, *answers: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": "Vragen over een fietspad",
        "abstract": "Een fietspad langs de vaart.",
        "ministry": None,
        "questions": [{"numbers": [at], "text": LONG} for at, _ in enumerate(answers)],
        "answers": [{"numbers": [at], "text": text} for at, text in enumerate(answers)],
    }


def question(name: str, answer: int, held: bool = False) -> dict[str, Any]:
    return {"document": name, "answer": answer, **PLAIN, "held": held}


def lessons(folder: Path, questions: list[dict[str, Any]]) -> Lessons:
    written, asked = folder / "written.jsonl.gz", folder / "questions.jsonl"
    rows = [document("KVR1", "Ja.", ANSWER), document("KVR2", ANSWER, "Nee.", ANSWER)]
    written.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    asked.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return read_lessons(asked, written)


def test_a_document_is_asked_about_in_plain_words_or_in_its_own(tmp_path: Path) -> None:
    read = lessons(tmp_path, [question("KVR1", 1)])
    (plain,), (written,) = read.plain, read.written
    assert [(each.pair, each.questions) for each in plain.asked] == [(Pair(LONG, ANSWER), PLAIN)]
    assert plain.others == (Pair(LONG, "Ja."),)
    assert written.abstract == "Een fietspad langs de vaart."
    assert written.pairs == (Pair(LONG, ANSWER),) * 2, "a short answer teaches nothing"
    assert not read.held_out


def test_documents_that_are_held_out_teach_nothing(tmp_path: Path) -> None:
    read = lessons(tmp_path, [question("KVR1", 1), question("KVR2", 0, held=True)])
    assert len(read.plain) == len(read.held_out) == 1
    assert read.held_out[0].asked[0].pair == Pair(LONG, ANSWER)
    assert not read.written


@pytest.mark.parametrize(("name", "answer"), [("KVR3", 0), ("KVR1", 2)])
def test_questions_about_what_is_not_there_are_refused(
    tmp_path: Path, name: str, answer: int
) -> None:
    with pytest.raises(UnfitFile, match=f"lacks 1 documents .* {name}"):
        lessons(tmp_path, [question(name, answer)])


def test_each_question_that_ships_is_whole_and_none_is_there_twice() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    keys = [(row["document"], row["answer"]) for row in rows]
    assert keys == sorted(set(keys))
    assert all(row[language].strip() for row in rows for language in LANGUAGES)
    held = {row["document"] for row in rows if row["held"]}
    assert len(held) == 60
    assert not held & {row["document"] for row in rows if not row["held"]}
