"""The languages the page can be read in."""

from __future__ import annotations

from collections.abc import Mapping

from ui.dutch import DUTCH
from ui.english import ENGLISH
from ui.texts import Texts

TEXTS: Mapping[str, Texts] = {texts.language: texts for texts in (DUTCH, ENGLISH)}


def other_language(texts: Texts) -> str:
    """The language that one can switch to."""
    return next(language for language in TEXTS if language != texts.language)
