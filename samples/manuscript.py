"""Manuscript → blocks of text, each with the look that its opening mark asks for.

A manuscript opens with a line `key: value` for each thing its form prints around the text; blocks
follow after blank lines. Within a block stand `**bold**`, `//italic//` and `[^1]`, the place of
note 1, whose text is a block `[^1]: …`. It does not know how a look is set on paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How a block is to look, by the mark it opens with."""

    TITLE = "# "
    TOPIC = "## "
    LABEL = "### "
    ITEM = "- "
    LINE = "| "  # a line of its own right below the block above it
    BODY = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item, still with the marks inside it."""

    look: Look
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face, or the number of a note at its place."""

    text: str
    bold: bool = False
    italic: bool = False
    marker: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a form prints around the text, the text, and its notes by number."""

    front: Mapping[str, str]
    blocks: tuple[Block, ...]
    notes: Mapping[str, str]


_NOTE = re.compile(r"\[\^(\d+)\]: (.+)")
_OPENS = re.compile(r"\[\^\d+\]: |- |\| ")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|//(?P<italic>.+?)//|\[\^(?P<marker>\d+)\]")


def read_manuscript(text: str) -> Manuscript:
    """The manuscript in `text`; raises ValueError where a line before the text is no `key: value`."""
    head, _, body = text.partition("\n\n")
    front = dict(line.split(": ", 1) for line in head.splitlines())
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    for piece in _pieces(body):
        if found := _NOTE.fullmatch(piece):
            notes[found[1]] = found[2]
        else:
            look = next(look for look in Look if piece.startswith(look))
            blocks.append(Block(look, piece.removeprefix(look)))
    return Manuscript(front, tuple(blocks), notes)


def _pieces(body: str) -> list[str]:
    """The blocks, each on one line; a list item, note or line of its own begins a new one."""
    pieces: list[str] = []
    apart = True
    for line in body.splitlines():
        if line and (apart or _OPENS.match(line)):
            pieces.append(line)
        elif line:
            pieces[-1] += f" {line}"
        apart = not line
    return pieces


def runs_of(text: str, *, bold: bool = False, italic: bool = False) -> list[Run]:
    """The text cut where its face changes or a note stands."""
    runs: list[Run] = []
    position = 0
    for found in _INLINE.finditer(text):
        runs.append(Run(text[position : found.start()], bold, italic))
        if found["marker"]:
            runs.append(Run(found["marker"], bold, italic, marker=True))
        else:
            inner = found["bold"] or found["italic"]
            runs.append(Run(inner, bold or bool(found["bold"]), italic or bool(found["italic"])))
        position = found.end()
    return [run for run in [*runs, Run(text[position:], bold, italic)] if run.text]
