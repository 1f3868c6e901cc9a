"""Tells by its words whether members or the cabinet speak in a paragraph.

Where no label parts an answer from the next question, this does. It weighs phrases of Dutch
parliamentary prose and knows no topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from pipeline.models import Paragraph, Style
from pipeline.reading.composing import CELL_BREAK

SURE = 1.0  # from this weight on a paragraph speaks for itself
MAX_HEADING = 120  # characters
TURN_COST = 0.5  # weight by which the other voice must be likelier before it takes over
REPLY = 0.6  # weight for the cabinet of words of neither that follow a question
MIN_LOOKS = 2  # paragraphs of a look before it can tell a voice

# A fractie by its name alone: two capitals or figures tell it, and it is no body of states.
_BY_NAME = (
    r"(?:(?:de|het)\s+)?(?!(?:EU|NAVO|VN|OESO|WTO|IMF|SER|G7|G20)\b)"
    r"(?:[A-Z0-9][\w’-]{0,30}[A-Z0-9][\w’-]{0,30}|Volt)"
)
_BY_NAMES = rf"{_BY_NAME}(?:(?:,|\s+en)\s+(?:van\s+)?{_BY_NAME})*"
_LEDEN = (
    rf"(?:[Dd]e\s+{_BY_NAME}-(?:leden|fractieleden|fracties?)|[Dd]e\s+fracties?\s+van\s+{_BY_NAMES}|"
    r"(?:[Dd]e|[Dd]eze|[Dd]ezelfde|[Gg]enoemde|[Vv]oornoemde|[Vv]oorgenoemde|[Dd]it|[Hh]et)\s+"
    r"(?:(?:voor|boven)?genoemde\s+|voornoemde\s+|aan\s+het\s+woord\s+zijnde\s+)?"
    r"(?:leden|lid|fractieleden))"
)
_OF_PARTY = (
    r"(?:\s+(?:van|der)\s+[^.?!]{0,60}?fracties?(?:\s+van\s+[^.?!]{1,80}?)?"
    rf"|\s+van\s+{_BY_NAMES})?"
)
_ASKS = (
    r"(?:vra(?:agt|gen)|le(?:est|zen)|zi(?:et|en)|merk(?:t|en)|constate(?:ert|ren)|maak(?:t|en)|"
    r"ma(?:akt|ken)|wil(?:len)?|zijn|is|heeft|hebben|hecht(?:en)?|vind(?:t|en)|deel(?:t|en)|del(?:en)|"
    r"steun(?:t|en)|onderschrij(?:ft|ven)|ontvang(?:t|en)|hor(?:en)|verzoek(?:t|en)|dank(?:t|en)|"
    r"begrijp(?:t|en)|herken(?:t|nen)|benadruk(?:t|ken)|geef(?:t)|geven|sluit(?:en)?|zet(?:ten)?|"
    r"wijs(?:t)|wijzen|volg(?:t|en)|zou(?:den)?|neem(?:t)|nemen|staan|staat|verne(?:emt|men)|kijk(?:t|en)|"
    r"wens(?:t|en)|waarde(?:ert|ren)|verwacht(?:en)?|verwij(?:st|zen)|refere(?:ert|ren)|me(?:ent|nen)|ho(?:opt|pen)|"
    r"stel(?:t|len)|pleit(?:en)?|complimente(?:ert|ren)|informe(?:ert|ren)|sprek(?:en)|spreekt|"
    r"verne|acht(?:en)?|onderken(?:t|nen)|betreur(?:t|en)|twijfel(?:t|en)|roep(?:t|en)|kunnen|kan)"
)
_MINISTER = (
    r"(?:de\s+(?:minister|staatssecretaris|bewindspersoon|bewindspersonen|ministers|regering)"
    r"|het\s+kabinet|hij|zij|u)"
)
_NOT_ASKED = r"(?![^.]{0,400}\?)"  # no question mark in the rest of the sentence
# Each row: what a match speaks for (above 0 members, below 0 the cabinet), what a text must hold for
# it to match, and its pattern. Those of the first table are tried where members are named at all.
_Phrases = tuple[tuple[float, str, Callable[[str], re.Match[str] | None]], ...]


def _compiled(rows: Sequence[tuple[float, str, str]]) -> _Phrases:
    return tuple(
        (weight, sign, re.compile(row).match if row.startswith("^") else re.compile(row).search)
        for weight, sign, row in rows
    )


_OF_MEMBERS = _compiled(
    (
        (2.0, "", rf"^(?:[A-ZÀ-Ý][^.?!]{{0,60}}?\s)?{_LEDEN}{_OF_PARTY}\s+{_ASKS}\b"),
        (1.5, "", rf"\b{_ASKS}\s+{_LEDEN}"),
        (1.0, "", rf"\b{_LEDEN}{_OF_PARTY}\s+{_ASKS}\b"),
        (1.0, "genoemde", r"(?:voornoemde|voorgenoemde) leden"),
        (1.0, "aan het woord", r"aan het woord zijnde leden"),
        (-0.8, " van ", r"\b(?:vraag|vragen) van (?:de leden|het lid)\b"),
    )
)
_OF_ANYONE = _compiled(
    (
        (1.0, "vra", r"\b[Zz]o vra(?:gen|agt) (?:deze|de|zij|dit)\b|\bvragen zij\b"),
        (1.2, "?", rf"\b(?:Kan|Kunnen|Is|Zijn|Deelt|Delen|Heeft|Wil|Ziet|Erkent|Hoe|Welke?|Wat|Waarom|Wanneer"
                   rf"|Op welke|Vindt|Zou|Gaat|Acht|Bent|Kunt|Klopt)\b[^.?!]{{0,80}}\b{_MINISTER}\b[^.!]{{0,500}}\?"),
        (0.8, "?", r"\?[»”’\"']*\s*$"),
        (-2.0, "", r"^(?:Zie (?:ook |verder )?(?:het |de |mijn )?(?:be)?antwoord|[JN](?:a|ee)[.,])"),
        (-1.2, "", rf"\b(?i:ik|mijn|mij|wij|onze|we)\b{_NOT_ASKED}"),
        (-1.2, "uw ", r"\buw (?:Kamer|vraag|vragen)\b"),
        (-1.0, "", r"^(?:Het kabinet|De regering|De (?:minister|staatssecretaris)|Het ministerie)\b(?![^?]*\?)"),
        (-0.6, "kabinet", r"\b[Hh]et kabinet (?:zet|is|heeft|zal|werkt|acht|deelt|herkent|ziet|blijft|streeft)\b"
                          rf"{_NOT_ASKED}"),
    )
)  # fmt: skip
_REQUEST = re.compile(
    r"(?<!enkele )(?<!volgende )(?<!aantal )(?<!nadere )(?<!geen )\bvra(?:gen|agt)\b"
    r"|\bverzoe(?:ken|kt)\b|\bwillen weten\b|\bbenieuwd\b|\bgraag\b|\breageren\b"
)
_INTRODUCTION = re.compile(r"\bhebben\b[^.]{0,80}\bkennis\s?genomen\b|\bkennisgenomen\b")
_MEMBERS = re.compile(_LEDEN)
_POINTED_AT = re.compile(
    r"\b(?:[Dd]eze|[Dd]ezelfde|[Dd]ie|[Gg]enoemde|[Vv]oornoemde|[Vv]oorgenoemde)\s+(?:fractie)?leden\b|\b[Dd]it\s+lid\b"
)
_CLOSES = "»”’\"')"  # what may stand behind the mark that ends a sentence
_SENTENCE_MARKS = (".", "?", "!", ";", ",")
_BULLETS = ("•", "-", "–")


def members_weight(text: str) -> float:
    """How much speaks for members: above 0 they, below 0 the cabinet, near 0 neither."""
    total = 0.0
    for weight, sign, find in _phrases_for(text):
        if sign in text and find(text):
            total += weight
    if "kennis" in text and _INTRODUCTION.search(text) and _MEMBERS.search(text):
        total += 1.0
    return total


def _phrases_for(text: str) -> _Phrases:
    named = "leden" in text or "lid" in text or "fractie" in text
    return _OF_MEMBERS + _OF_ANYONE if named else _OF_ANYONE


def is_heading(paragraph: Paragraph) -> bool:
    """Whether the paragraph names a topic and says nothing of it."""
    if paragraph.style is Style.TABLE or CELL_BREAK in paragraph.text:
        return False
    return _may_head(paragraph.text) and members_weight(paragraph.text) < SURE


def _may_head(text: str) -> bool:
    if len(text) > MAX_HEADING or text.startswith(_BULLETS):
        return False
    return not text.rstrip(_CLOSES).endswith(_SENTENCE_MARKS)


def answer_end(paragraphs: Sequence[Paragraph], *, question_follows: bool) -> int:
    """How many of the paragraphs after an answer's label are the answer.

    The rest are the next question, or remarks when none follows. The first always is the answer;
    with a question to follow the last never is, unless it is the only one.
    """
    count = len(paragraphs)
    if count < 2:
        return count
    most = count - 1 if question_follows else count
    weights = [members_weight(paragraph.text) for paragraph in paragraphs]
    said = [0.0, *accumulate(weights)]
    after = [said[-1] - 2 * upto for upto in said]  # for members behind each end, less before it
    best = max(range(1, most + 1), key=lambda end: (round(after[end], 6), end))
    if not question_follows and not (best < count and weights[best] >= SURE):
        return count
    while 1 < best < count and is_heading(paragraphs[best - 1]):
        if _is_row(paragraphs[best - 1]) and _is_row(paragraphs[best - 2]):
            break
        best -= 1
    return best


def leads_up(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether the paragraph only leads up to the list that follows, and so is no heading."""
    if following is None or not paragraph.text.endswith(":"):
        return False
    return following.style is Style.LIST or following.text.startswith(_BULLETS)


def names_no_one(text: str) -> bool:
    """Whether those who speak are only pointed at: "deze leden"."""
    return bool(_POINTED_AT.search(text))


def _is_row(paragraph: Paragraph) -> bool:
    """Whether the line may be one of a table that has lost its columns: "Drenthe 12"."""
    return paragraph.text[-1:].isdecimal() and is_heading(paragraph)


def voices(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph whether the cabinet speaks, where no label says so; members begin."""
    members, cabinet = 0.0, float("-inf")
    turned: list[tuple[bool, bool]] = []
    for weight in _leanings(paragraphs):
        turned.append((cabinet - TURN_COST > members, members - TURN_COST > cabinet))
        members, cabinet = (
            max(members, cabinet - TURN_COST) + weight,
            max(cabinet, members - TURN_COST) - weight,
        )
    spoken: list[bool] = []
    speaking = cabinet > members
    for to_members, to_cabinet in reversed(turned):
        spoken.append(speaking)
        speaking ^= to_cabinet if speaking else to_members
    return spoken[::-1]


def asks(text: str) -> bool:
    """Whether members put a question or a request here, and do not only speak."""
    return "?" in text or bool(_REQUEST.search(text))


def _leanings(paragraphs: Sequence[Paragraph]) -> list[float]:
    """What speaks for members in each paragraph: its words, its place and its look."""
    weights = [members_weight(each.text) for each in paragraphs]
    heads = [
        weight < SURE and _may_head(each.text)
        for each, weight in zip(paragraphs, weights, strict=True)
    ]
    return _with_look(paragraphs, heads, _answering(paragraphs, heads, weights))


def _answering(
    paragraphs: Sequence[Paragraph], heads: Sequence[bool], weights: Sequence[float]
) -> list[float]:
    """The weights; what follows a question and is in nobody's words is likelier its answer."""
    leaned: list[float] = []
    asked = False
    for paragraph, heading, weight in zip(paragraphs, heads, weights, strict=True):
        neutral = not weight and not heading
        leaned.append(-REPLY if neutral and asked else weight)
        if weight >= SURE or (weight > 0 and paragraph.text.endswith("?")):
            asked = asks(paragraph.text)
    return leaned


def _with_look(
    paragraphs: Sequence[Paragraph], heads: Sequence[bool], weights: Sequence[float]
) -> list[float]:
    """The weights, with bold or italics counted for the voice that uses it in this text."""
    looks = list(zip(heads, (each.emphasised for each in paragraphs), weights, strict=True))
    plain = [weight for heading, emphasised, weight in looks if not (heading or emphasised)]
    set_off = [weight for heading, emphasised, weight in looks if emphasised and not heading]
    if len(plain) < MIN_LOOKS or len(set_off) < MIN_LOOKS:
        return list(weights)
    lean = sum(set_off) / len(set_off) - sum(plain) / len(plain)
    if abs(lean) < SURE:
        return list(weights)
    step = SURE if lean > 0 else -SURE
    return [
        weight if heading else weight + (step if emphasised else -step)
        for heading, emphasised, weight in looks
    ]
