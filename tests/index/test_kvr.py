"""A collection of written questions becomes documents like any other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from index.errors import UnfitFile
from index.kvr import read_kvr
from tests.index.conftest import Command

ROW = {
    "id": "KVR1",
    "title": "Vragen van het lid Zeeman (XYZ) over vuurtorens; Antwoord",
    "abstract": "Vragen over vuurtorens die niet meer branden.",
    "ministry": None,
    "questions": [
        {"numbers": [1], "text": "Kent u het bericht?"},
        {"numbers": [2], "text": "Brandt het vuur nog?"},
        {"numbers": [3], "text": "Zo nee, waarom niet?"},
    ],
    "answers": [
        {"numbers": [1], "text": "Ja."},
        {"numbers": [2, 3], "text": "Het vuur is gedoofd."},
        {"numbers": [2, 3], "text": "Het wordt weer ontstoken."},
        {"numbers": [], "text": "Tot slot nog dit."},
    ],
}


def collection(folder: Path, *rows: object) -> Path:
    path = folder / "vragen.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_each_answer_is_an_exchange_with_the_questions_of_its_numbers(tmp_path: Path) -> None:
    (written,) = read_kvr(collection(tmp_path, ROW))
    assert written.abstract == ROW["abstract"]
    assert written.parsed.metadata.title == ROW["title"]
    assert [(each.key, each.question, each.answer) for each in written.parsed.exchanges] == [
        ("1", "Kent u het bericht?", "Ja."),
        ("2-3", "Brandt het vuur nog?\n\nZo nee, waarom niet?", "Het vuur is gedoofd."),
        ("2-3~2", "Brandt het vuur nog?\n\nZo nee, waarom niet?", "Het wordt weer ontstoken."),
        ("n4", "", "Tot slot nog dit."),
    ]


@pytest.mark.parametrize("rows", [("geen object",), ({"id": "KVR1"},)])
def test_another_file_is_refused(tmp_path: Path, rows: tuple[object, ...]) -> None:
    with pytest.raises(UnfitFile, match="not a collection of written questions"):
        read_kvr(collection(tmp_path, *rows))


def test_a_file_that_is_not_packed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(json.dumps(ROW))
    with pytest.raises(UnfitFile):
        read_kvr(path)


def paper(name: str, subject: str) -> dict[str, object]:
    question = f"Waarom heeft het Rijk in 2003 besloten om het beheer van de {subject} te staken?"
    answer = (
        f"De {subject} worden beheerd door de provincie, die daarvoor geld ontvangt van het Rijk."
    )
    return {
        **ROW,
        "id": name,
        "title": f"Vragen over {subject}; Antwoord",
        "abstract": f"Vragen over het beheer van {subject}.",
        "questions": [{"numbers": [1], "text": question}],
        "answers": [{"numbers": [1], "text": answer + " Dat blijft zo."}],
    }


def test_the_command_measures_a_collection_beside_plain_search(
    kamerantwoord: Command, tmp_path: Path
) -> None:
    subjects = ("vuurtorens", "sluizen", "heidevelden")
    path = collection(tmp_path, *(paper(f"KVR{at}", name) for at, name in enumerate(subjects)))
    measured = json.loads(kamerantwoord("evaluate", "--kvr", path, "--json").stdout)
    assert set(measured) == {"abstracts", "standalone"}
    for ways in measured.values():
        assert set(ways) == {"search", "nearest passage", "bm25"}
        assert all(scores["all"]["mrr@10"] == 1 for scores in ways.values())
        assert len(ways["search"]["questions"]) == len(subjects)

    told = kamerantwoord("evaluate", "--kvr", path, "--documents", "1")
    assert "abstracts, search" in told.stdout
    assert kamerantwoord("list").stdout.count("KVR") == 0


def test_either_questions_or_a_collection_is_asked_for(kamerantwoord: Command) -> None:
    refused = kamerantwoord("evaluate")
    assert refused.exit_code != 0
    assert "--kvr" in refused.output
