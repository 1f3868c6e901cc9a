"""Who may add and remove documents: whoever knows the password, or sits at this machine.

Where accounts are configured, an account on the list takes the place of the password. It does not
know what is behind the door.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from ui import markup, resources
from ui.accounts import has_accounts, may_keep_by_account
from ui.login import COOKIE, LOG_IN, LOG_OUT, REFUSED, is_valid
from ui.problems import show_problem
from ui.site import Site

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SENT_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


def may_keep(site: Site) -> bool:
    """Whether this visitor may keep the documents; if not, show what would let them in."""
    if has_accounts():
        return may_keep_by_account(site)
    password = resources.settings().admin_password
    if password is None:
        if not is_at_this_machine():
            show_problem(site.texts.keeper.elsewhere)
            return False
        return True
    if is_valid(shown_pass(), password):
        language = site.texts.language
        markup.show("logout.html", words=site.texts.keeper, action=LOG_OUT, language=language)
        return True
    _ask_password(site)
    return False


def is_at_this_machine() -> bool:
    """Whether the visitor's browser runs here, and no proxy passes on what others ask."""
    headers = st.context.headers
    if any(headers.get(name) for name in SENT_ON):
        return False
    host = urlsplit(f"//{headers.get('Host', '')}").hostname
    return st.context.ip_address is None and (host is None or host in LOCAL_NAMES)


def shown_pass() -> str:
    """The cookie that the visitor's browser has shown, or nothing."""
    return st.context.cookies.get(COOKIE, "")


def _ask_password(site: Site) -> None:
    words, refused = site.texts.keeper, st.query_params.get(REFUSED, "")
    markup.show("page_head.html", title=site.texts.documents.title, introduction=words.introduction)
    if refused.isdecimal():
        markup.show("notice.html", text=words.wait(int(refused[:4])))
    elif refused:
        markup.show("notice.html", text=words.wrong)
    markup.show("login.html", words=words, action=LOG_IN, language=site.texts.language)
