"""Text to HTML and to Markdown labels, such that no text can ever become markup.

Everything that comes from a document or a URL reaches the screen through a template, where it is
escaped, or through `label`. It does not know what is shown.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

ROOM = Path(__file__).parent
STYLE = ROOM / "style.css"
ICON = ROOM / "icon.png"

# Streamlit's labels are Markdown with LaTeX, `:directives[…]` and emoji codes.
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&$:~^=@/\"'])")


def show(template: str, **values: object) -> None:
    """Put a template of `ui/templates` on the page."""
    st.html(render(template, **values))


def render(template: str, **values: object) -> str:
    """A template filled in; every value that is not itself made by a template is escaped."""
    return _templates.get_template(template).render(**values).strip()


def label(text: str) -> str:
    """The text as a Markdown label that reads as the text itself."""
    flat = " ".join(_encodable(text).split())
    return MARKDOWN_SIGNS.sub(r"\\\1", flat)


def _literal(value: object) -> Markup:
    """The value escaped, its line ends as entities, which survive Streamlit's dedent."""
    if isinstance(value, Markup):
        return value
    return Markup(str(escape(_encodable(str(value)))).replace("\n", "&#10;"))  # noqa: S704


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no browser can be sent."""
    return text.encode("utf-8", "replace").decode("utf-8")


_templates = Environment(
    loader=FileSystemLoader(ROOM / "templates"),
    autoescape=True,
    finalize=_literal,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
