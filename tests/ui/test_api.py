from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from fastapi.testclient import TestClient

from tests.hashing_embedder import HashingEmbedder
from tests.ui.papers import BRIDGES
from ui import api, resources
from ui.pacing import Pace


@pytest.fixture
def client(bridges: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("KAMERANTWOORD_DATA", str(bridges))
    monkeypatch.setattr(resources, "load_embedder", lambda _settings: HashingEmbedder())
    monkeypatch.setattr(api, "_pace", Pace(at_once=20, a_minute=1))
    st.cache_resource.clear()
    yield TestClient(api.api)
    st.cache_resource.clear()


def test_search_gives_hits_with_all_that_a_card_shows(client: TestClient) -> None:
    told = client.get("/search", params={"q": "Krijgen fietsers een pont?", "limit": 2}).json()
    assert told["query"] == "Krijgen fietsers een pont?"
    assert [hit["rank"] for hit in told["hits"]] == [1, 2]
    hit = told["hits"][0]
    assert (hit["id"], hit["party"], hit["date"]) == ("verslag-bruggen.3", "CDA", "2025-03-04")


def test_search_obeys_its_filters(client: TestClient) -> None:
    told = client.get("/search", params={"q": "pont", "party": "VVD", "since": "2025-01-01"}).json()
    assert {hit["party"] for hit in told["hits"]} == {"VVD"}
    told = client.get("/search", params={"q": "pont", "until": "2024-12-31"}).json()
    assert told["hits"] == []


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "  "}, "q"),
        ({"q": "x" * 2_001}, "q"),
        ({"q": "x", "limit": "0"}, "limit"),
        ({"q": "x", "kind": "y"}, "kind"),
        ({"q": "x", "since": "gisteren"}, "since"),
        ({"q": "x", "partij": "VVD"}, "partij"),
    ],
)
def test_bad_parameter_is_named(client: TestClient, params: dict[str, str], named: str) -> None:
    response = client.get("/search", params=params)
    assert response.status_code == 422
    assert response.json()["detail"].startswith(named)
    assert "openapi.json" in response.json()["remedy"]


def test_answer_names_those_it_points_to(client: TestClient) -> None:
    told = client.get("/answers/verslag-bruggen.4").json()
    assert told["refers_to"] == ["verslag-bruggen.2"]
    assert told["answer"] == "Zie het antwoord op vraag 2."


def test_answer_that_is_not_there(client: TestClient) -> None:
    response = client.get("/answers/bestaat-niet.1")
    assert response.status_code == 404
    assert response.json()["detail"] == "that is no answer in the index"
    assert "/api/search" in response.json()["remedy"]
    assert "/api/openapi.json" in client.get("/antwoorden").json()["remedy"]


def test_documents(client: TestClient) -> None:
    [document] = client.get("/documents").json()["documents"]
    assert (document["id"], document["answers"]) == ("verslag-bruggen", 4)


def test_file_is_given_as_it_came_to_be_saved_and_not_shown(client: TestClient) -> None:
    response = client.get("/documents/verslag-bruggen/original")
    assert response.content == BRIDGES.encode()
    disposition = "attachment; filename*=UTF-8''verslag-bruggen.txt"
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert client.get("/documents/bestaat-niet/original").status_code == 404


def test_nothing_can_be_changed(client: TestClient) -> None:
    for path in ("/documents", "/answers/verslag-bruggen.4"):
        for refused in (client.post(path), client.delete(path), client.options(path)):
            assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
            assert "read-only" in refused.json()["remedy"]


def test_head_of_an_answer_comes_without_its_body(client: TestClient) -> None:
    got, head = client.get("/documents"), client.head("/documents")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.content))


def test_whoever_asks_too_much_is_told_when_to_come_back(client: TestClient) -> None:
    responses = [client.get("/documents") for _ in range(21)]
    assert [r.status_code for r in responses] == [200] * 20 + [429]
    assert int(responses[-1].headers["Retry-After"]) > 0


def test_it_describes_itself(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    original = "/documents/{document_id}/original"
    answer = "/answers/{answer_id}"
    assert set(described["paths"]) == {"/search", "/documents", original, answer, "/health"}


def test_trouble_is_told_without_paths(
    client: TestClient, bridges: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "load_embedder", lambda _: HashingEmbedder(name="other"))
    response = client.get("/search", params={"q": "pont"})
    assert response.status_code == 503
    assert str(bridges) not in response.text
