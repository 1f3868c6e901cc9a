"""The page and the JSON interface over documents on a PostgreSQL server: the same as in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from fastapi.testclient import TestClient

from index.moving import move_all
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.ui.papers import BRIDGES
from tests.ui.test_pages import text_of, visit
from ui import api, resources

if TYPE_CHECKING:
    from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture
def moved(
    bridges: Path, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    where = postgres.empty_database()
    settings = Settings(data=tmp_path, database=where)
    with (
        closing(open_store(Settings(data=bridges))) as source,
        closing(open_store(settings)) as target,
    ):
        assert [moved.document_id for moved in move_all(source, target)] == ["verslag-bruggen"]
    monkeypatch.setenv("KAMERANTWOORD_DATA", str(tmp_path))
    monkeypatch.setenv("KAMERANTWOORD_DATABASE", where.get_secret_value())
    monkeypatch.setattr(resources, "load_embedder", lambda _settings: HashingEmbedder())
    st.cache_resource.clear()
    yield
    resources.catalogue().close()
    resources.searcher().close()
    st.cache_resource.clear()


@pytest.mark.usefixtures("moved")
def test_page_and_json_interface_answer_from_the_server() -> None:
    client = TestClient(api.api)
    told = client.get("/search", params={"q": "Krijgen fietsers een pont?", "limit": 2}).json()
    assert told["hits"][0]["id"] == "verslag-bruggen.3"
    listed = client.get("/documents").json()["documents"]
    assert [each["id"] for each in listed] == ["verslag-bruggen"]
    original = client.get("/documents/verslag-bruggen/original")
    assert original.content == BRIDGES.encode()
    assert client.get("/answers/verslag-bruggen.4").status_code == 200
    assert client.get("/health").json()["status"] == "ok"

    page = visit(vraag="Krijgen fietsers een pont tijdens de werkzaamheden?")
    assert "gratis gebruikmaken van een pont" in text_of(page)
