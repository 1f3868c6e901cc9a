"""Who may add and remove documents: whoever knows the password, or sits at this machine.

With OpenID Connect configured for Streamlit (`[auth]` in its secrets) an account takes the place
of the password. It does not know what is behind the door.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from urllib.parse import urlsplit

import streamlit as st
from pydantic import SecretStr

from ui import markup, resources
from ui.pacing import Pace
from ui.problems import show_problem
from ui.site import Site

ATTEMPTS_AT_ONCE = 5
ATTEMPTS_A_MINUTE = 4  # whoever guesses gets 5,760 tries a day; whoever mistypes hardly waits
KEEPER = "keeper"  # the mark of one who has come in, in the session's own memory on the server
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SENT_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


@st.cache_resource(show_spinner=False)
def attempts() -> Pace:
    """How often a password is tried, counted for the whole process."""
    return Pace(ATTEMPTS_AT_ONCE, ATTEMPTS_A_MINUTE)


def may_keep(site: Site) -> bool:
    """Whether this visitor may keep the documents; if not, show what would let them in."""
    if _has_accounts():
        return _logged_in(site)
    password = resources.settings().admin_password
    if password is None:
        if not is_at_this_machine():
            show_problem(site.texts.keeper.elsewhere)
            return False
        return True
    return st.session_state.get(KEEPER) == _mark(password) or _ask_password(password, site)


def is_at_this_machine() -> bool:
    """Whether the visitor's browser runs here, and no proxy passes on what others ask."""
    headers = st.context.headers
    if any(headers.get(name) for name in SENT_ON):
        return False
    host = urlsplit(f"//{headers.get('Host', '')}").hostname
    return st.context.ip_address is None and (host is None or host in LOCAL_NAMES)


def visitor() -> str:
    """The address a visitor comes from; those behind one proxy count as one."""
    return st.context.ip_address or "here"


def is_right(given: str, password: SecretStr) -> bool:
    """Whether the password is the one given, in a time that tells nothing about either."""
    return hmac.compare_digest(_digest(given), _digest(password.get_secret_value()))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _mark(password: SecretStr) -> str:
    """What a session remembers; it is worth nothing once the password is another one."""
    return hashlib.sha256(b"keeper" + _digest(password.get_secret_value())).hexdigest()


def _ask_password(password: SecretStr, site: Site) -> bool:
    words = site.texts.keeper
    markup.show("page_head.html", title=site.texts.documents.title, introduction=words.introduction)
    with st.form("password", border=False):
        given = st.text_input(words.field, type="password", autocomplete="current-password")
        sent = st.form_submit_button(words.enter, type="primary")
    if not sent:
        return False
    wait = attempts().wait(visitor())
    if wait:
        markup.show("notice.html", text=words.wait(math.ceil(wait)))
    elif is_right(given, password):
        st.session_state[KEEPER] = _mark(password)
        st.rerun()
    else:
        markup.show("notice.html", text=words.wrong)
    return False


def _has_accounts() -> bool:
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def _logged_in(site: Site) -> bool:
    if st.user.is_logged_in:
        st.button(site.texts.keeper.leave, on_click=st.logout, type="tertiary")
        return True
    st.button(site.texts.keeper.log_in, on_click=st.login, type="primary")
    return False
