"""Real questions and answers of 1994 to 2003, labelled in every manner, come out as they went in."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator

import pytest

from pipeline.layouts import parse
from pipeline.models import Document, Page, Paragraph
from tests.pipeline.questionnaires import listed
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared()

DOCUMENTS = 250  # of the set; all of them give the same shares and take a minute
QUESTIONS_HEAD = [
    "Vragen van het lid Aa (VVD) aan de Minister van Bijen over honing (ingezonden 3 mei 2001).",
    "Antwoord van Minister Bee (Bijen) (ontvangen 9 mei 2001).",
]
LIST_HEAD = [
    "Nr. 4 LIJST VAN VRAGEN EN ANTWOORDEN",
    "De vaste commissie voor Bijen heeft een aantal vragen voorgelegd aan de Minister van Bijen.",
]
Asked = list[tuple[tuple[int, ...], list[str], str]]


def folded(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def sets() -> Iterator[Asked]:
    """Sets of questions that are numbered from 1, answered in order, one text a question."""
    found = 0
    lines = gzip.decompress((SHARED / "kvr" / "dev.jsonl.gz").read_bytes()).decode("utf-8")
    for line in lines.splitlines():
        entry = json.loads(line)
        texts = {
            q["numbers"][0]: folded(q["text"]) for q in entry["questions"] if len(q["numbers"]) == 1
        }
        answers = sorted((tuple(a["numbers"]), folded(a["text"])) for a in entry["answers"])
        order = [number for numbers, _ in answers for number in numbers]
        if (
            order == list(range(1, len(texts) + 1))
            and all(texts.values())
            and all(a for _, a in answers)
        ):
            yield [(numbers, [texts[n] for n in numbers], answer) for numbers, answer in answers]
            found += 1
            if found == DOCUMENTS:
                return


def paragraphs_of(text: str, chance: random.Random) -> list[str]:
    """The text broken into paragraphs after some of its sentences."""
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", text):
        if parts and chance.random() < 0.6:
            parts[-1] += f" {sentence}"
        else:
            parts.append(sentence)
    return parts


def labelled(
    label: Callable[[tuple[int, ...]], str], answer: Callable[[tuple[int, ...]], str]
) -> Callable[[Asked, random.Random], list[str]]:
    """A manner with a label above the questions that are answered together, and above the answer."""

    def write(asked: Asked, chance: random.Random) -> list[str]:
        lines: list[str] = []
        for numbers, questions, text in asked:
            lines += [label(numbers), *(p for q in questions for p in paragraphs_of(q, chance))]
            lines += [answer(numbers)] if answer(numbers) else []
            lines += paragraphs_of(text, chance)
        return lines

    return write


def inline(asked: Asked, chance: random.Random) -> list[str]:
    """Each question behind its number, unnumbered answers."""
    lines: list[str] = []
    for numbers, questions, text in asked:
        lines += [
            f"{number}. {question}" for number, question in zip(numbers, questions, strict=True)
        ]
        lines += ["Antwoord:", *paragraphs_of(text, chance)]
    return lines


def in_a_row(asked: Asked, _: random.Random) -> list[str]:
    """Question and answer in one cell behind the number."""
    return [
        f"{listed(numbers)} | {' '.join(questions)} {text}" for numbers, questions, text in asked
    ]


# Each manner, its head, and the share of exchanges that must come out letter for letter.
MANNERS: dict[str, tuple[list[str], Callable[[Asked, random.Random], list[str]], float]] = {
    "typeset": (QUESTIONS_HEAD, labelled(lambda n: f"Vraag {listed(n)}", lambda n: f"Antwoord {listed(n)}"), 1.0),
    "on question": (
        QUESTIONS_HEAD,
        labelled(lambda n: f"Vragen {listed(n)}", lambda n: f"Antwoord op vragen {listed(n)}"),
        1.0,
    ),
    "bare": (QUESTIONS_HEAD, labelled(listed, lambda _: "Antwoord"), 1.0),
    "inline": (QUESTIONS_HEAD, inline, 1.0),
    "list, no label on answers": (LIST_HEAD, labelled(lambda n: f"Vraag {listed(n)}", lambda _: ""), 0.99),
    "list, numbers only": (LIST_HEAD, labelled(listed, lambda _: ""), 0.99),
    "list in a table": (LIST_HEAD, in_a_row, 0.97),
}  # fmt: skip


@pytest.mark.parametrize("manner", MANNERS)
def test_real_questions_come_out_as_they_went_in(manner: str) -> None:
    head, write, least = MANNERS[manner]
    chance = random.Random(4)
    wanted = right = 0
    for asked in sets():
        texts = [*head, *write(asked, chance)]
        page = Page(1, tuple(Paragraph(text, 1, 1) for text in texts))
        exchanges = parse(Document("stuk.txt", "0" * 64, "text", (page,))).exchanges
        assert [each.numbers for each in exchanges] == [numbers for numbers, _, _ in asked]
        wanted += len(asked)
        right += sum(
            (folded(each.question), folded(each.answer)) == (" ".join(questions), text)
            for each, (_, questions, text) in zip(exchanges, asked, strict=True)
        )
    assert right / wanted >= least, f"{right} of {wanted}"
