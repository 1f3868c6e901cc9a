"""A line as a page shows it: what PDF and text readers give to the paragraph builder.

It does not know what lines mean; that is worked out by furniture, footnotes and paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

FULL = 0.9  # the share of lines that are not longer than a full one
ROOM = 0.9  # of a full line: where a word ends within this, it would have stood on that line


class Line(NamedTuple):
    """One line of text, without blanks around it, with what its look tells.

    `gap` says that more than ordinary line distance stands above it; `small` that it is set smaller
    than the running text of its file; `aside` that it stands in the margin column of a letter.
    `page_top` is a hint that a page begins here, where the file does not say so itself. A tuple, as
    a large file has a hundred thousand of them and a frozen dataclass takes three times as long to make.
    """

    text: str
    page: int
    gap: bool = False
    small: bool = False
    aside: bool = False
    emphasised: bool = False
    page_top: bool = False


_UNSEEN = dict.fromkeys(
    code
    for code in range(0x10000)
    if unicodedata.category(chr(code)) in {"Cc", "Cf", "Co", "Cs"} and chr(code) not in "\n\t\u00ad"
)
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF02D, 0x25CF, 0x25AA, 0xF06F), "•")
_BLANKS = dict.fromkeys((0x09, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F), " ")
_ACCENTS = {
    "´": "\u0301",
    "¨": "\u0308",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˜": "\u0303",
    "˚": "\u030a",
}
_LOOSE_ACCENT = re.compile(r"([^\W\d_])([´¨¸ˇ˜˚])")
# Letters and signs of Dutch text, composed and as they should be: nearly every line is all of these.
_PLAIN = re.compile("[\n -~¡-§©«¬®-³µ-·¹-ɏ‘’“”„–—…€•]*")
_READABLE = {**_UNSEEN, **_BULLETS, **_BLANKS}


def readable(text: str) -> str:
    """`text` in NFC, without control characters; symbol-font bullets and odd blanks made plain."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LOOSE_ACCENT.sub(_with_accent, text)
    return unicodedata.normalize("NFC", text).translate(_READABLE)


def _with_accent(found: re.Match[str]) -> str:
    """The letter with the accent that a PDF set beside it: "Kostic´" is Kostić."""
    composed = unicodedata.normalize("NFC", found[1] + _ACCENTS[found[2]])
    return composed if len(composed) == 1 else found[0]


def full_length(lines: Sequence[Line]) -> int:
    """The length in characters of a line that fills its column; 0 without lines."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(FULL * (len(lengths) - 1))] if lengths else 0


def has_room(above: str, below: str, full: int, share: float = ROOM) -> bool:
    """Whether the first word of `below` would have fitted behind `above`: then the break is meant."""
    word = below.split(maxsplit=1)[0] if below.strip() else ""
    return len(above) + 1 + len(word) < share * full
