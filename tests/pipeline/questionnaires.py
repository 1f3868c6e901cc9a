"""Generates fictional questions and answers, and labels them in every way that ministries do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from pipeline.models import Footnote, Paragraph

Numbers = tuple[int, ...]

_WORDS = (
    "bijen tellen kaasmarkt molens dijken gemeente fietsers regeling uitvoering provincie school"
    " vergunning water onderzoek leerlingen boeren sloten bruggen overzicht termijn begroting rapport"
    " jaarlijks opnieuw volgens binnen tussen zonder vanwege daarbij steeds verder grote kleine nieuwe"
    " stikstof-uitstoot 2019 12,5 € 3.000 «de Klok» ’s-Hertogenbosch coördinatie geïnd één"
).split(" ")
_ASKS = (
    "Kunt u aangeven of",
    "Bent u bekend met",
    "Hoe beoordeelt u",
    "Waarom is er",
    "Deelt u de mening dat",
)
_TELLS = (
    "Het kabinet werkt aan",
    "Op dit moment loopt er",
    "Daarvoor gelden",
    "Gemeenten beslissen over",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One exchange as it is written: what must come out again."""

    numbers: Numbers
    questions: tuple[Paragraph, ...]
    answer: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """A way of labelling: how a question opens, and how an answer does.

    `joint` lists the numbers once above all questions they share; `apart` lets questions stay open
    while later ones are answered.
    """

    question: Callable[[Numbers], str]
    answer: Callable[[Numbers], str]
    inline: bool = False
    joint: bool = False
    apart: bool = False


def listed(numbers: Numbers) -> str:
    """3, 4 en 5."""
    *most, last = map(str, numbers)
    return f"{', '.join(most)} en {last}" if most else last


def hasty(numbers: Numbers) -> str:
    """3, 4 5 en 6: a comma missing."""
    return listed(numbers).replace(", ", " ", 1) if len(numbers) > 3 else listed(numbers)


def through(sign: str) -> Callable[[Numbers], str]:
    """3 t/m 5, where the numbers follow each other."""

    def write(numbers: Numbers) -> str:
        follows = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
        return f"{numbers[0]}{sign}{numbers[-1]}" if follows else listed(numbers)

    return write


def _vragen(numbers: Numbers) -> str:
    return "vraag" if len(numbers) == 1 else "vragen"


MANNERS: dict[str, Manner] = {
    "typeset": Manner(
        lambda n: f"Vraag {listed(n)}", lambda n: f"Antwoord {listed(n)}", joint=True
    ),
    "hasty": Manner(lambda n: f"Vraag {hasty(n)}", lambda n: f"Antwoord {hasty(n)}", joint=True),
    "through": Manner(
        lambda n: f"Vraag {through(' t/m ')(n)}",
        lambda n: f"Antwoord {through(' t/m ')(n)}",
        joint=True,
    ),
    "plural": Manner(
        lambda n: f"Vragen {listed(n)}", lambda n: f"Antwoorden {listed(n)}", joint=True
    ),
    "on question": Manner(
        lambda n: f"Vraag {n[0]}", lambda n: f"Antwoord op {_vragen(n)} {listed(n)}", apart=True
    ),
    "answers on": Manner(
        lambda n: f"Vraag {n[0]} ", lambda n: f"Antwoorden op vraag {listed(n)}", apart=True
    ),
    "comma before en": Manner(
        lambda n: f"Vraag {n[0]}",
        lambda n: (
            f"Antwoord op vragen {listed(n).replace(' en', ', en') if len(n) > 2 else listed(n)}"
        ),
        apart=True,
    ),
    "colon": Manner(lambda n: f"Vraag {n[0]}", lambda n: f"Antwoord {listed(n)}:", apart=True),
    "no spaces": Manner(
        lambda n: f"Vraag {n[0]}",
        lambda n: f"Antwoord vragen {listed(n).replace(', ', ',')}",
        apart=True,
    ),
    "dash": Manner(
        lambda n: f"{n[0]}. ", lambda n: f"Antwoord vraag {through('-')(n)}:", inline=True
    ),
    "inline": Manner(lambda n: f"{n[0]}. ", lambda _: "Antwoord:", inline=True),
    "bare": Manner(lambda n: f"{n[0]}", lambda _: "Antwoord"),
    "bare joint": Manner(listed, lambda _: "Antwoord", joint=True),
    "unnumbered answer": Manner(lambda n: f"Vraag {n[0]}", lambda _: "Antwoord"),
}


def plain(text: str) -> Paragraph:
    """A paragraph without notes."""
    return Paragraph(text, 1, 1)


def _sentence(opening: str, words: Sequence[str], end: str) -> str:
    return f"{opening} {' '.join(words)}{end}"


_words = st.lists(st.sampled_from(_WORDS), min_size=4, max_size=30)
_question = st.builds(_sentence, st.sampled_from(_ASKS), _words, st.just("?"))
_statement = st.builds(_sentence, st.sampled_from(_TELLS), _words, st.just("."))
_answer = st.lists(
    st.lists(_statement, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3
) | st.just(["Ja."])


@st.composite
def noted(draw: st.DrawFn, texts: Sequence[str]) -> tuple[Paragraph, ...]:
    """The texts as paragraphs, some with a note after one of their words."""
    paragraphs = []
    for text in texts:
        ends = [
            place
            for place in range(1, len(text))
            if text[place] == " " and text[place - 1].isalpha()
        ]
        if text[-2].isalpha():
            ends.append(len(text))
        notes = draw(st.lists(st.sampled_from(ends or [0]), max_size=2 if ends else 0, unique=True))
        paragraphs.append(
            Paragraph(text, 1, 1, tuple(Footnote("", "", offset) for offset in sorted(notes)))
        )
    return tuple(paragraphs)


@st.composite
def questionnaires(draw: st.DrawFn, *, apart: bool, notes: bool) -> list[Asked]:
    """Exchanges numbered from 1; with `apart` the questions of one need not follow each other."""
    count = draw(st.integers(1, 9))
    groups: list[list[int]] = []
    for number in range(1, count + 1):
        choices = range(len(groups)) if apart else range(max(0, len(groups) - 1), len(groups))
        joined = draw(st.sampled_from([-1, -1, *choices]))
        if joined < 0:
            groups.append([number])
        else:
            groups[joined].append(number)
    asked = []
    for group in groups:
        questions = draw(st.lists(_question, min_size=len(group), max_size=len(group)))
        answer = draw(_answer)
        if notes:
            asked.append(Asked(tuple(group), draw(noted(questions)), draw(noted(answer))))
        else:
            asked.append(
                Asked(tuple(group), tuple(map(plain, questions)), tuple(map(plain, answer)))
            )
    return asked


def written(asked: Sequence[Asked], manner: Manner) -> list[Paragraph]:
    """The paragraphs of a document with these exchanges, its opening first; notes are numbered."""
    paragraphs = [
        plain(
            "Vragen van het lid De Vries (CDA) aan de Minister van Bijen over tellen (ingezonden 3 mei 2024)."
        ),
        plain("Antwoord van Minister Jansen (Bijen) (ontvangen 9 mei 2024)."),
    ]
    owners = {number: each for each in asked for number in each.numbers}
    for number in sorted(owners):
        each = owners[number]
        if manner.joint and number == each.numbers[0]:
            paragraphs += [plain(manner.question(each.numbers)), *each.questions]
        elif not manner.joint:
            question = each.questions[each.numbers.index(number)]
            label = manner.question((number,))
            paragraphs += (
                [_prefixed(label, question)] if manner.inline else [plain(label), question]
            )
        if number == each.numbers[-1]:
            paragraphs += [plain(manner.answer(each.numbers)), *each.answer]
    return numbered(paragraphs)


def _prefixed(label: str, paragraph: Paragraph) -> Paragraph:
    notes = tuple(
        Footnote(note.label, note.text, note.offset + len(label)) for note in paragraph.footnotes
    )
    return Paragraph(label + paragraph.text, 1, 1, notes)


def numbered(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with their notes numbered from 1 and given a text that names their place."""
    count, result = 0, []
    for paragraph in paragraphs:
        notes = []
        for note in paragraph.footnotes:
            count += 1
            notes.append(Footnote(str(count), f"Kamerstuk 36 600, nr. {count}", note.offset))
        result.append(Paragraph(paragraph.text, 1, 1, tuple(notes)))
    return result
