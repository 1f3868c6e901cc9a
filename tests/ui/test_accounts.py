"""A keeper's way in by account: who is on the list gets in, anyone else is told why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.browser import LAPTOP, serving, visiting
from tests.ui.openid_provider import Claims, providing, write_secrets
from ui.accounts import CALLBACK, LEAVING, BackToDocuments, Standing, providers_of, standing_of
from ui.languages import TEXTS
from ui.login import LASTS

NOW = 1_800_000_000.0
KEEPERS = frozenset({"noor@voorbeeld.nl"})
NOOR: Claims = {"is_logged_in": True, "iat": int(NOW) - 60, "email": "Noor@voorbeeld.nl"}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (NOOR, Standing.KEEPER),
        (NOOR | {"email_verified": True}, Standing.KEEPER),
        (NOOR | {"email_verified": "true"}, Standing.KEEPER),
        (NOOR | {"email_verified": False}, Standing.UNVERIFIED),
        (NOOR | {"email_verified": "false"}, Standing.UNVERIFIED),
        (NOOR | {"email_verified": None}, Standing.UNVERIFIED),
        (NOOR | {"email": "noor@voorbeeld.nl.elders.example"}, Standing.UNLISTED),
        (NOOR | {"email": ""}, Standing.UNLISTED),
        (NOOR | {"email": None, "preferred_username": "noor@voorbeeld.nl"}, Standing.UNLISTED),
        (NOOR | {"iat": int(NOW - LASTS) - 1}, Standing.OUT),
        (NOOR | {"iat": None}, Standing.OUT),
        (NOOR | {"is_logged_in": False}, Standing.OUT),
        ({}, Standing.OUT),
    ],
)
def test_keeper_is_who_logged_in_today_with_an_address_on_the_list(
    claims: Claims, expected: Standing
) -> None:
    assert standing_of(claims, KEEPERS, NOW) is expected


def test_nobody_is_keeper_while_nobody_is_listed() -> None:
    assert standing_of(NOOR, frozenset(), NOW) is Standing.NOBODY_LISTED


@pytest.mark.parametrize(
    ("section", "providers"),
    [
        ({"client_id": "x"}, ["default"]),
        ({"redirect_uri": "x", "entra": {"client_id": "x"}}, ["entra"]),
        ({"client_id": "x", "entra": {"client_id": "y"}}, ["default", "entra"]),
        ({"redirect_uri": "x", "client_kwargs": {"prompt": "login"}}, ["default"]),
    ],
)
def test_each_provider_in_the_settings_has_a_way_in(
    section: dict[str, object], providers: list[str]
) -> None:
    assert providers_of(section) == providers


def test_who_cannot_be_sent_to_a_provider_is_led_back_and_told() -> None:
    async def fail(_request: Request) -> Response:
        return PlainTextResponse("Authentication error", 400)

    app = Starlette(routes=[Route(LEAVING, fail)], middleware=[Middleware(BackToDocuments)])
    response = TestClient(app, follow_redirects=False).get(LEAVING)
    assert (response.status_code, response.headers["Location"]) == (303, "/documenten?inlog=fout")


@pytest.mark.parametrize(("left", "back"), [("?taal=en", "?taal=en"), ("?taal=xx", ""), ("", "")])
def test_who_comes_back_from_a_provider_reads_on_in_the_same_language(left: str, back: str) -> None:
    async def lead_home(_request: Request) -> Response:
        return RedirectResponse("/", 302)

    routes = [Route(path, lead_home) for path in (LEAVING, CALLBACK)]
    app = TestClient(
        Starlette(routes=routes, middleware=[Middleware(BackToDocuments)]), follow_redirects=False
    )
    app.get(LEAVING, headers={"Referer": f"http://testserver/documenten{left}"})
    assert app.get(CALLBACK).headers["Location"] == f"/documenten{back}"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_keeper_logs_in_at_a_provider_and_a_stranger_does_not_get_in(
    browser: Browser, tmp_path: Path
) -> None:
    noor, stranger, words = "noor@voorbeeld.nl", "tess@elders.example", TEXTS["en"]
    people: dict[str, Claims] = {
        noor: {"sub": "1", "email": noor, "email_verified": True},
        stranger: {"sub": "2", "email": stranger},
    }
    with providing(people) as provider:
        settings = {
            "KAMERANTWOORD_KEEPERS": noor,
            "KAMERANTWOORD_MODEL": "/bestaat/niet",  # none is needed, so none is loaded
            "STREAMLIT_SECRETS_FILES": str(write_secrets(provider, tmp_path)),
        }
        with (
            serving(tmp_path / "data", **settings) as site,
            visiting(browser, site, LAPTOP) as page,
        ):
            log_in = page.get_by_role("button", name=words.keeper.log_in)
            add = page.get_by_role("button", name=words.documents.add, exact=True)
            page.goto("/documenten?taal=en")
            log_in.click()
            page.get_by_role("link", name=noor).click()
            expect(add).to_be_visible()
            page.get_by_role("button", name=words.keeper.leave).click()
            log_in.click()
            page.get_by_role("link", name=stranger).click()
            expect(page.get_by_role("alert")).to_contain_text(
                words.keeper.refusals["unlisted"].what
            )
            expect(page.get_by_text(stranger)).to_be_visible()
            expect(add).to_have_count(0)
