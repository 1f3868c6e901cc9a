"""What the cabinet says before any answer: in the letter that a report may open with, or above its part.

Such text answers no question, but it may tell much; courtesies tell nothing. It does not know where
the answers begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layouts.prose import Speakers, make_exchange, without_signature
from pipeline.layouts.sections import sections_of
from pipeline.layouts.voices import SURE, is_heading, members_weight
from pipeline.models import Exchange, Paragraph, Remark
from pipeline.sentences import sentence_spans

_SALUTATION = re.compile(r"(?:Zeer )?[Gg]eachte\b.{0,60}$")
_CLERK = re.compile(r"De\s+(?:\S+\s+)?(?:adjunct-|plv\.\s+)?griffier\b.{0,120}", re.I)
_INTRODUCTION = re.compile(r"(?:(?:\d|I)\.?\s+)?(?:Inleiding|Introductie|Vooraf|Ter inleiding)")
_CLOSES = re.compile(r"Hoogachtend\b|Met vriendelijke groet|Inhoudsopgave$", re.I)
_COURTESY = re.compile(
    r"\bdank(?:en|t)?\b|\berkentelijk\b|\bkennis\s?genomen\b"
    r"|\b(?:hierbij|bijgaand|hieronder|hierna|bijgevoegde?|onderstaande?|in deze (?:brief|reactie|nota|memorie))\b"
    r".{0,200}\b(?:stuur|zend|bied|treft|ontvangt|doe|antwoord\w*|beantwoord\w*|reactie|vragen|ingegaan|op in|in op)\b",
    re.I | re.S,
)


def introduction_of(before: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The cabinet's own words among the paragraphs before the first question; none when unsure."""
    starts = [0, *(at for at, each in enumerate(before, 1) if _opens(each.text))]
    start = starts[-1]
    if start and _CLERK.fullmatch(before[start - 1].text) and start < len(before):
        start += is_heading(before[start]) and not _INTRODUCTION.fullmatch(before[start].text)
    elif not start:
        start = next(
            (at for at, each in enumerate(before) if _INTRODUCTION.fullmatch(each.text)),
            len(before),
        )
    end = next((at for at in range(start, len(before)) if _ends(before[at].text)), len(before))
    return without_signature(before[start:end])


def _opens(text: str) -> bool:
    return bool(_SALUTATION.match(text) or _CLERK.fullmatch(text))


def _ends(text: str) -> bool:
    return bool(_CLOSES.match(text)) or members_weight(text) >= SURE


def unasked(
    paragraphs: Sequence[Paragraph], speakers: Speakers
) -> tuple[list[Exchange], list[Remark]]:
    """What the cabinet says unasked, under its headings: exchanges, or remarks for courtesies."""
    exchanges: list[Exchange] = []
    remarks: list[Remark] = []
    for heading, texts in sections_of(paragraphs):
        if all(is_heading(each) or is_courtesy(each.text) for each in texts):
            remarks.append(Remark("", tuple(texts)))
        else:
            exchanges.append(make_exchange((), (), texts, speakers, heading))
    return exchanges, remarks


def is_courtesy(text: str) -> bool:
    """Whether the text only thanks, or only says that answers follow."""
    return all(_COURTESY.search(text, start, end) for start, end in sentence_spans(text))
