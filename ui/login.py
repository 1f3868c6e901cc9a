"""A keeper's way in and out: two plain forms, and a signed cookie that lasts as long as a working day.

Streamlit forgets a visitor when the page is loaded anew; a cookie is what a browser remembers. It
holds no secret: only when it was given, signed with a key of this process and of the password, so
that a restart or another password ends it. It does not know what is behind the door.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from urllib.parse import parse_qs, urlencode

import streamlit as st
from itsdangerous import BadSignature, TimestampSigner
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ui import resources
from ui.address import LANGUAGE, LANGUAGES
from ui.pacing import Pace
from ui.site import PageName

LOG_IN, LOG_OUT = "inloggen", "uitloggen"
COOKIE = "kamerantwoord-keeper"
LASTS = 8 * 3600  # seconds
REFUSED = "inlog"  # in the address after a refusal: the seconds to wait, or else that it was wrong
WRONG = "fout"
ATTEMPTS_AT_ONCE = 5
ATTEMPTS_A_MINUTE = 4  # whoever guesses gets 5,760 tries a day; whoever mistypes hardly waits
MOST_BYTES = 4_096  # of the form that is sent
SEE_OTHER = 303

_key = secrets.token_bytes(32)


@st.cache_resource(show_spinner=False)
def attempts() -> Pace:
    """How often a password is tried, counted for the whole process."""
    return Pace(ATTEMPTS_AT_ONCE, ATTEMPTS_A_MINUTE)


def is_right(given: str, password: SecretStr) -> bool:
    """Whether the password is the one given, in a time that tells nothing about either."""
    return hmac.compare_digest(_digest(given), _digest(password.get_secret_value()))


def make_pass(password: SecretStr) -> str:
    """The value of a cookie that lets a keeper in from now on."""
    return _signer(password).sign(COOKIE).decode()


def is_valid(shown: str, password: SecretStr) -> bool:
    """Whether the cookie was given here, for this password, and not too long ago."""
    try:
        _signer(password).unsign(shown, max_age=LASTS)
    except BadSignature:
        return False
    return True


async def log_in(request: Request) -> Response:
    """Take the password that a form sent; back on the page, the keeper is in or told why not."""
    sent = parse_qs((await _body(request)).decode("utf-8", "replace"))
    language = sent.get(LANGUAGE, [""])[0]
    password = resources.settings().admin_password
    if password is None:
        return _back(language)
    if wait := attempts().wait(request.client.host if request.client else ""):
        return _back(language, refused=str(math.ceil(wait)))
    if not is_right(sent.get("password", [""])[0], password):
        return _back(language, refused=WRONG)
    response = _back(language)
    response.set_cookie(
        COOKIE,
        make_pass(password),
        max_age=LASTS,
        httponly=True,
        samesite="strict",
        secure=_is_encrypted(request),
    )
    return response


async def log_out(request: Request) -> Response:
    """Take the cookie back."""
    sent = parse_qs((await _body(request)).decode("utf-8", "replace"))
    response = _back(sent.get(LANGUAGE, [""])[0])
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_is_encrypted(request))
    return response


async def _body(request: Request) -> bytes:
    """What was sent, or nothing where it is more than these forms can send."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return b""
    return body


def _back(language: str, refused: str = "") -> Response:
    params = {LANGUAGE: language if language in LANGUAGES[1:] else "", REFUSED: refused}
    query = urlencode({name: value for name, value in params.items() if value})
    return RedirectResponse(PageName.DOCUMENTS + (f"?{query}" if query else ""), SEE_OTHER)


def _is_encrypted(request: Request) -> bool:
    sent_on = request.headers.get("X-Forwarded-Proto", "")
    return "https" in (request.url.scheme, sent_on)


def _signer(password: SecretStr) -> TimestampSigner:
    return TimestampSigner(
        _key + _digest(password.get_secret_value()), digest_method=hashlib.sha256
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
