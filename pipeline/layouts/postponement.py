"""Tells a message that answers will come later from an answer.

Ministers send it in place of answers, under a heading "Mededeling", in a letter, or where the answers
would stand. It looks at what a text says, not at where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Paragraph, joined

MAX_MESSAGE = 1_500  # characters; a longer text says more than that answers will come

# Each row is a way to say it, within one sentence.
_WAYS = tuple(
    re.compile(row, re.I)
    for row in (
        r"\b(?:niet|onmogelijk)\b[^.?!]{0,160}\b(?:termijn|tijdig|op tijd)\b[^.?!]{0,160}\bbeantwoor",
        r"\bbeantwoor[^.?!]{0,160}\b(?:niet|onmogelijk)\b[^.?!]{0,160}\b(?:termijn|tijdig|op tijd)\b",
        r"\b(?:niet|onmogelijk)\b[^.?!]{0,80}\bbeantwoor[^.?!]{0,80}\b(?:termijn|tijdig|op tijd)\b",
        r"\buitstel\b[^.?!]{0,160}\bbeantwoor|\bbeantwoor[^.?!]{0,160}\buitstel\b",
        r"\b(?:langere tijd|meer tijd|meer tijd nodig)\b[^.?!]{0,160}\bbeantwoor|\bbeantwoor[^.?!]{0,160}\bmeer tijd\b",
    )
)


def postpones(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the text only says that the questions will be answered later."""
    text = joined(paragraphs)
    return len(text) <= MAX_MESSAGE and any(way.search(text) for way in _WAYS)
