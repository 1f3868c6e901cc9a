"""The HTML that a browser gets first: Streamlit's own, with our language, name and scripts.

Everything else on the page comes later, over Streamlit's websocket.
"""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ui import keyboard, widgets
from ui.address import LANGUAGE, LANGUAGES
from ui.headers import STREAMLIT_PAGE
from ui.site import NAME


async def shell(request: Request) -> HTMLResponse:
    """The page for the language in the address."""
    asked = request.query_params.get(LANGUAGE, LANGUAGES[0])
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    return HTMLResponse(_page(language), headers={"Cache-Control": "no-cache"})


@cache
def _page(language: str) -> str:
    html = STREAMLIT_PAGE.read_text("utf-8")
    html = html.replace('<html lang="en">', f'<html lang="{language}">')
    html = html.replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    scripts = [keyboard.SCRIPT, widgets.SCRIPTS.get(language, "")]
    elements = "".join(f"<script>{script}</script>" for script in scripts if script)
    return html.replace("</head>", f"{elements}</head>")
