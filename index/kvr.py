"""Reads a collection of real written questions with their answers, one document a line of JSON.

Each line has an id, a title, an abstract that clerks of the Chamber wrote, and questions and answers
with their numbers. It is there to measure the ranking on; documents of users come by `pipeline`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import UnfitFile
from pipeline.models import (
    Document,
    Exchange,
    Kind,
    Metadata,
    Page,
    Paragraph,
    Parsed,
)

REMEDY = "give a file of written questions, one JSON object a line, packed with gzip"
PAGE = 1  # these texts have no pages


@dataclass(frozen=True, slots=True)
class WrittenQuestions:
    """A document of written questions, and the abstract that others wrote of it."""

    parsed: Parsed
    abstract: str


def read_kvr(path: Path) -> list[WrittenQuestions]:
    """The documents of a collection; raises UnfitFile."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [_written_questions(json.loads(line)) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is not a collection of written questions ({type(error).__name__}: {error})"
        raise UnfitFile(str(path), problem, REMEDY) from error


def _written_questions(row: Mapping[str, Any]) -> WrittenQuestions:
    name = f"{row['id']}.json"
    content = json.dumps(row, ensure_ascii=False)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    exchanges = tuple(_exchanges(row))
    pages = (Page(PAGE, tuple(p for e in exchanges for p in e.answer_paragraphs)),)
    parsed = Parsed(
        id=row["id"].lower(),
        document=Document(name, sha256, "json", pages),
        kind=Kind.KAMERVRAGEN,
        evidence="a collection of written questions",
        metadata=Metadata(title=row["title"]),
        exchanges=exchanges,
        remarks=(),
        warnings=(),
    )
    return WrittenQuestions(parsed, row["abstract"])


def _exchanges(row: Mapping[str, Any]) -> Iterator[Exchange]:
    """One exchange an answer, with the questions whose numbers it bears."""
    named: Counter[str] = Counter()
    for at, answer in enumerate(row["answers"], start=1):
        numbers = tuple(answer["numbers"])
        name = "-".join(map(str, numbers)) or f"n{at}"
        named[name] += 1
        asked = [q["text"] for q in row["questions"] if set(q["numbers"]) & set(numbers)]
        yield Exchange(
            key=name if named[name] == 1 else f"{name}~{named[name]}",
            numbers=numbers,
            section="",
            party="",
            askers=(),
            respondent="",
            ministry=row["ministry"] or "",
            question_paragraphs=tuple(Paragraph(text, PAGE, PAGE) for text in asked),
            answer_paragraphs=(Paragraph(answer["text"], PAGE, PAGE),),
            citations=(),
            refers_to=(),
        )
