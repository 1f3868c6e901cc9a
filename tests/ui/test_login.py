"""A keeper's way in: who knows the password gets a pass, who guesses has to wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from ui import login
from ui.login import COOKIE, is_valid, log_in, log_out, make_pass

PASSWORD = "Zeedijk-1953"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("KAMERANTWOORD_DATA", str(tmp_path))
    monkeypatch.setenv("KAMERANTWOORD_ADMIN_PASSWORD", PASSWORD)
    st.cache_resource.clear()
    routes = [Route(f"/{route.__name__}", route, methods=["POST"]) for route in (log_in, log_out)]
    yield TestClient(Starlette(routes=routes), follow_redirects=False)
    st.cache_resource.clear()


def test_right_password_gives_a_pass_that_scripts_and_other_sites_cannot_use(
    client: TestClient,
) -> None:
    response = client.post("/log_in", data={"password": PASSWORD, "taal": "en"})
    assert (response.status_code, response.headers["Location"]) == (303, "documenten?taal=en")
    flags = response.headers["Set-Cookie"]
    assert "HttpOnly" in flags
    assert "SameSite=strict" in flags
    assert "Max-Age=28800" in flags
    assert "Secure" not in flags  # over plain HTTP, on this machine, it would never be sent back
    assert PASSWORD not in flags
    assert is_valid(response.cookies[COOKIE], SecretStr(PASSWORD))


def test_pass_goes_over_encrypted_connections_only_where_there_is_one(client: TestClient) -> None:
    encrypted = {"X-Forwarded-Proto": "https"}
    response = client.post("/log_in", data={"password": PASSWORD}, headers=encrypted)
    assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("given", ["", "zeedijk-1953", "Zeedijk-1953 ", "x" * 10_000])
def test_wrong_password_gives_nothing(client: TestClient, given: str) -> None:
    response = client.post("/log_in", data={"password": given})
    assert response.headers["Location"] == "documenten?inlog=fout"
    assert "Set-Cookie" not in response.headers


def test_guessing_is_slowed_also_for_the_right_password(client: TestClient) -> None:
    for guess in "abcde":
        client.post("/log_in", data={"password": guess})
    response = client.post("/log_in", data={"password": PASSWORD})
    assert "Set-Cookie" not in response.headers
    seconds = int(response.headers["Location"].removeprefix("documenten?inlog="))
    assert 0 < seconds <= 60 / login.ATTEMPTS_A_MINUTE


def test_pass_is_worth_nothing_when_old_changed_or_for_another_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = make_pass(SecretStr(PASSWORD))
    assert is_valid(shown, SecretStr(PASSWORD))
    assert not is_valid(shown, SecretStr("Zeedijk-1954"))
    assert not is_valid(shown[:-1] + "?", SecretStr(PASSWORD))
    assert not is_valid("", SecretStr(PASSWORD))
    monkeypatch.setattr(login, "LASTS", -1)
    assert not is_valid(shown, SecretStr(PASSWORD))


def test_pass_is_taken_back(client: TestClient) -> None:
    response = client.post("/log_out")
    assert response.headers["Location"] == "documenten"
    assert "Max-Age=0" in response.headers["Set-Cookie"]
