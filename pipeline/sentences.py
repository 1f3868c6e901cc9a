"""Where the sentences of a text end.

`sentencex` finds the ends; what it takes for an end after a Dutch abbreviation, an initial or the
label of a list item is put right here. The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

# Words before a point that a name, number or noun follows: no sentence ends there. Others may end
# one, and do before a capital: `sentencex` never ends it there.
_ABBREVIATIONS = (
    "dhr mw mevr mr drs ir ing dr prof jhr ds ec "  # before a name
    "nr nrs no art artt blz p pp par hfst jo vgl resp stb stcrt trb kst kamerst bijl "  # references
    "ca bijv bv evt incl excl gem zgn z.g plm ong max "
    "o.a m.n d.w.z m.b.t t.a.v t.b.v t.o.v t.g.v i.v.m i.s.m i.t.t i.h.b i.c d.d "
    "a.d.h.v n.a.v o.b.v m.u.v m.i.v v.w.b u.a m.a.w o.l.v"
).split()
_NO_END = re.compile(
    r"(?:^|[\s(\[«“\"'/])(?:(?i:"
    + "|".join(map(re.escape, _ABBREVIATIONS))
    + r")|[A-Z]|[A-Z]h)\.\s*$"
)
_MAY_END = re.compile(r"\b(?:jl|enz|etc|e\.d|c\.s|a\.s|e\.v|p\.p|z\.s\.m)\.\s{1,24}(?=[A-ZÀ-Þ])")
_MONTH = re.compile(r"\b(?:jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.\s*$", re.I)
_FOLLOWING = re.compile(r"\s{0,24}[«“\"'(]?(.)", re.S)
_LIST_LABEL = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s*")
_LONGEST_READ = 20_000  # characters; beyond, runs of quotes or line ends cost time squared
_LOOK_BACK = 24  # characters; longer than any abbreviation


def sentence_spans(text: str) -> list[Span]:
    """Where each sentence begins and ends, whitespace included; together they are the text."""
    ends = [0]
    for end in sorted({*_likely_ends(text), *(m.end() for m in _MAY_END.finditer(text))}):
        if ends[-1] < end < len(text) and _is_end(text, ends[-1], end):
            ends.append(end)
    return list(pairwise([*ends, len(text)])) if text else []


def _likely_ends(text: str) -> Iterator[int]:
    for start in range(0, len(text), _LONGEST_READ):
        for boundary in get_sentence_boundaries("nl", text[start : start + _LONGEST_READ]):
            yield start + boundary["end_index"]


def _is_end(text: str, start: int, end: int) -> bool:
    following = _FOLLOWING.match(text, end)
    if not following or following[1].islower() or following[1] in ",;:)»”":
        return False
    if not (text[end - 1].isspace() or text[end].isspace()):
        return False  # amid a word
    before = text[max(start, end - _LOOK_BACK) : end]
    if _NO_END.search(before) or (following[1].isdigit() and _MONTH.search(before)):
        return False
    return not _LIST_LABEL.fullmatch(text, start, end)
