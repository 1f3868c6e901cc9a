"""Keepers by their account: who logged in with OpenID Connect, and is on the list of keepers.

Streamlit does the logging in, as `[auth]` in its secrets says; here is decided whom it lets in. It
does not know what is behind the door.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.errors import StreamlitAuthError

from ui import markup, resources
from ui.address import LANGUAGE, LANGUAGES
from ui.login import LASTS, REFUSED, WRONG
from ui.problems import show_problem
from ui.site import PageName, Site

log = logging.getLogger(__name__)

SECTION = "auth"  # of Streamlit's secrets
ONE_PROVIDER = "default"  # Streamlit's name for the one whose settings stand in `[auth]` itself
CALLBACK = "/oauth2callback"  # where a provider sends its users back to
LEAVING = "/auth/login"  # where Streamlit sends them to the provider from
FAILED, SEE_OTHER = 400, 303  # from this status on it could not
# Lax, since whoever comes back comes from another site; ten minutes are enough to log in there.
REMEMBER = "{name}={value}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"
TRUE = (True, "true")  # some providers write it as text


class Standing(StrEnum):
    """What an account is here."""

    KEEPER = "keeper"
    OUT = "out"
    NOBODY_LISTED = "nobody_listed"
    UNLISTED = "unlisted"
    UNVERIFIED = "unverified"


def has_accounts() -> bool:
    """Whether accounts are configured, and so take the place of the password."""
    return bool(st.secrets.load_if_toml_exists()) and SECTION in st.secrets


def may_keep_by_account(site: Site) -> bool:
    """Whether this visitor's account may keep the documents; if not, show why or what to do."""
    words, keepers = site.texts.keeper, resources.settings().keeper_addresses
    standing = standing_of(st.user.to_dict(), keepers, time.time())
    if standing is Standing.OUT:
        markup.show(
            "page_head.html", title=site.texts.documents.title, introduction=words.introduction
        )
        if REFUSED in st.query_params:
            show_problem(words.bad_accounts)
        _show_ways_in(site)
        return False
    if standing is not Standing.KEEPER:
        show_problem(words.refusals[standing])
    with st.container(key="account"):
        markup.show("account.html", text=words.logged_in_as, address=_address(st.user.to_dict()))
        st.button(words.leave, on_click=st.logout, type="tertiary")
    return standing is Standing.KEEPER


def standing_of(claims: Mapping[str, object], keepers: frozenset[str], now: float) -> Standing:
    """What the account with these claims is, `now` in seconds since 1970.

    Streamlit remembers a login for 30 days; a working day is what the password is good for, too.
    An address counts unless the provider itself says that it was never verified.
    """
    logged_in_at = claims.get("iat")
    if not claims.get("is_logged_in") or not isinstance(logged_in_at, int | float):
        return Standing.OUT
    if now - logged_in_at > LASTS:
        return Standing.OUT
    if not keepers:
        return Standing.NOBODY_LISTED
    if claims.get("email_verified", True) not in TRUE:
        return Standing.UNVERIFIED
    return Standing.KEEPER if _address(claims).casefold() in keepers else Standing.UNLISTED


def _address(claims: Mapping[str, object]) -> str:
    return str(claims.get("email") or "")


def _show_ways_in(site: Site) -> None:
    """A button for each provider that is configured."""
    words, providers = site.texts.keeper, providers_of(st.secrets[SECTION])
    for provider in providers:
        name = words.log_in if len(providers) == 1 else words.log_in_with.format(provider=provider)
        if st.button(markup.label(name), key=f"log-in-{provider}", type="primary"):
            try:
                st.login(provider)
            except StreamlitAuthError as error:
                log.error("nobody can log in: %s", error, exc_info=error)
                show_problem(words.bad_accounts)


def providers_of(section: Mapping[str, object]) -> list[str]:
    """The names of the providers that the settings describe; one without a name stands in them."""
    named = [name for name, value in section.items() if _is_provider(value)]
    return named if named and not _is_provider(section) else [ONE_PROVIDER, *named]


def _is_provider(value: object) -> bool:
    return isinstance(value, Mapping) and "client_id" in value


class BackToDocuments:
    """ASGI middleware that leads whoever logged in or out, or could not, to the keeper's page.

    Streamlit leads to the first page in the first language, but only the keeper's page has a door;
    and where a provider does not answer, it leaves its visitor with two English words. The language
    stays behind in a cookie while the visitor is with the provider.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response back with another place to go to."""

        async def send_elsewhere(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                home = scope["path"].removesuffix(CALLBACK).removesuffix(LEAVING) + "/"
                language = _language_of(HTTPConnection(scope))
                spoken = {LANGUAGE: language} if language != LANGUAGES[0] else {}
                if message["status"] >= FAILED:
                    message["status"] = SEE_OTHER
                    query = urlencode({REFUSED: WRONG} | spoken)
                    headers["Location"] = f"{home}{PageName.DOCUMENTS}?{query}"
                elif headers.get("Location") == home:
                    query = f"?{urlencode(spoken)}" if spoken else ""
                    headers["Location"] = f"{home}{PageName.DOCUMENTS}{query}"
                if scope["path"].endswith(LEAVING):
                    headers.append("Set-Cookie", REMEMBER.format(name=LANGUAGE, value=language))
            await send(message)

        on_the_way = scope["type"] == "http" and scope["path"].endswith((CALLBACK, LEAVING))
        await self._app(scope, receive, send_elsewhere if on_the_way else send)


def _language_of(request: HTTPConnection) -> str:
    """The language of the page that its visitor left for the provider."""
    if request.url.path.endswith(LEAVING):
        left = parse_qs(urlsplit(request.headers.get("Referer", "")).query)
        asked = left.get(LANGUAGE, [""])[0]
    else:
        asked = request.cookies.get(LANGUAGE, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
