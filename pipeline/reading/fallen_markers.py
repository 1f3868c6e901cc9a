"""Puts markers back that an extractor let fall to the next line.

Some extractors break the line at a raised figure: "… waarom niet?", then "1" by itself or "1 Deze
richtlijnen …". The note is glued to its number there: "1Follow the Money, 24 september". It looks
only for the markers of such notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.lines import Line
from pipeline.reading.markers import glued_labels

LOOK_BACK = 120  # lines above a note in which its marker stands

_GLUED_NOTE = re.compile(r"(\d{1,3})(?=[A-ZÀ-Ý«‘“]|https?:)")


def raise_fallen_markers(lines: Sequence[Line]) -> list[Line]:
    """The lines, each fallen marker glued to the end of the line above it."""
    raised: dict[int, str] = {}
    if not any(line.small for line in lines):  # where notes are set small, markers stand in place
        for at, line in enumerate(lines):
            if line.text[0].isdecimal() and (found := _GLUED_NOTE.match(line.text)):
                fallen = _fallen(lines, at, found[1])
                if fallen is not None and fallen not in raised:
                    raised[fallen] = found[1]
    if not raised:
        return list(lines)
    result: list[Line] = []
    for at, line in enumerate(lines):
        if at not in raised:
            result.append(line)
            continue
        result[-1] = result[-1]._replace(text=result[-1].text + raised[at])
        rest = line.text.removeprefix(raised[at]).lstrip()
        if rest:
            result.append(line._replace(text=rest))
    return result


def _fallen(lines: Sequence[Line], note: int, label: str) -> int | None:
    """The line above the note that its marker fell to; None when it stands at a word or nowhere."""
    fell = re.compile(rf"\s*{label}(?:\s*$|\s(?=[A-ZÀ-Ý]))")
    for at in range(note - 1, max(0, note - LOOK_BACK), -1):
        if int(label) in glued_labels(lines[at].text):
            return None
        if fell.match(lines[at].text) and not lines[at].gap:
            return at
    return None
