"""An index of any size, written in bulk: fictional answers with clustered synthetic vectors.

Embedding a million passages would take a day, and changes nothing that is measured here. Texts have
the lengths of real ones and words as unevenly spread (Zipf); vectors stand around subjects as those
of e5 do, all within a narrow cone; the coded tokens are real ones of a few texts, over and over.
It knows the catalogue, not how it is searched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import passages
from index.catalogue import Catalogue
from index.commits import EmbeddedPassage, Space
from index.embedded import STORED, space_of
from pipeline.embedding import Embedder
from pipeline.models import (
    Document,
    Exchange,
    Kind,
    Metadata,
    Page,
    Paragraph,
    Parsed,
    Part,
    Passage,
)
from pipeline.settings import Settings
from pipeline.token_vectors import TokenCodec

Vectors = NDArray[np.float32]

EXCHANGES_A_DOCUMENT = 20
PASSAGES_AN_EXCHANGE = 5  # one of the question, four of the answer
PASSAGES_A_DOCUMENT = EXCHANGES_A_DOCUMENT * PASSAGES_AN_EXCHANGE
WORDS = (60, 120)  # of a passage, as the splitting makes them
DOCUMENTS_A_COMMIT = 200  # many in one transaction: it is not the writing that is measured
PASSAGES_A_SUBJECT = 500
SUBJECTS_A_DOCUMENT = 4
VOCABULARY = 40_000
SUBJECT_WORDS = 30
TOKENS_KEPT = 24  # texts whose coded tokens are real
PARTIES = tuple(f"Fractie {number}" for number in range(1, 16))

# How much of a vector is common to all, its subject's, its exchange's and its own: two passages
# taken at random have a cosine of 0.73 then, two about one subject 0.87, as with e5.
COMMON, SUBJECT, EXCHANGE, OWN = 0.85, 0.37, 0.2, 0.3
ASKED = 0.35  # of a question, in the place of EXCHANGE and OWN

FUNCTION_WORDS = (
    "de het een en van in op te dat die is zijn met voor aan er als door om bij ook niet naar uit "
    "worden wordt deze dit of kan over tot tussen hebben heeft meer wel onder nog geen zal welke"
).split()
SYLLABLES = (
    "aan be bos da dijk du ge gra ha heid hoe ja ka kel ko la lij ling ma mee mo na ning no o pa pen "
    "ra reg ring ro sa schap sel sta ta te ting toe va ver vis wa we wij za zon"
).split()


@dataclass(frozen=True, slots=True)
class World:
    """What texts and vectors are made of, the same for one number of passages at every run."""

    words: NDArray[np.str_]
    chances: NDArray[np.float64]  # of the words, adding up to 1 at the last
    subjects: Vectors  # (subjects, dimension)
    subject_words: NDArray[np.int64]  # (subjects, SUBJECT_WORDS)
    common: Vectors

    @classmethod
    def of(cls, passage_count: int, dimension: int) -> World:
        """The world of an index of so many passages."""
        random = np.random.default_rng(passage_count)
        count = max(20, passage_count // PASSAGES_A_SUBJECT)
        made = {"".join(random.choice(SYLLABLES, random.integers(2, 5))) for _ in range(VOCABULARY)}
        words = np.array(sorted(made))
        random.shuffle(words)
        ranks = 1 / np.arange(1, len(words) + 1)
        return cls(
            words,
            np.cumsum(ranks / ranks.sum()),
            _directions(random, count, dimension),
            random.integers(200, len(words), (count, SUBJECT_WORDS)),
            _directions(random, 1, dimension)[0],
        )

    def text(self, random: np.random.Generator, subject: int, length: int) -> str:
        """So many words: half of them that join others, a fifth of the subject."""
        kinds = random.random(length)
        joining = random.choice(FUNCTION_WORDS, length)
        any_words = self.words[np.searchsorted(self.chances, random.random(length))]
        own = self.words[random.choice(self.subject_words[subject], length)]
        said = np.where(kinds < 0.5, joining, np.where(kinds < 0.8, any_words, own))
        return " ".join(said.tolist())

    def vectors(
        self, random: np.random.Generator, subjects: NDArray[np.int64], each: int
    ) -> Vectors:
        """For each subject an exchange with so many passages, (len(subjects) * each, dimension)."""
        dimension = len(self.common)
        exchanges = EXCHANGE * _directions(random, len(subjects), dimension)
        own = OWN * _directions(random, len(subjects) * each, dimension)
        about = SUBJECT * self.subjects[subjects] + exchanges
        return _unit(COMMON * self.common + np.repeat(about, each, axis=0) + own)

    def questions(self, count: int, seed: int) -> list[tuple[str, Vectors]]:
        """So many questions, each about one subject, with their vectors."""
        random = np.random.default_rng(seed)
        subjects = random.integers(0, len(self.subjects), count)
        asked = ASKED * _directions(random, count, len(self.common))
        vectors = _unit(COMMON * self.common + SUBJECT * self.subjects[subjects] + asked)
        texts = [self.text(random, subject, int(random.integers(6, 15))) for subject in subjects]
        return [(f"Wat is {text}?", vector) for text, vector in zip(texts, vectors, strict=True)]


def write_index(
    settings: Settings,
    embedder: Embedder,
    passage_count: int,
    on_progress: Callable[[int], None],
) -> World:
    """Fills an empty index with so many passages; `on_progress` hears how many are written."""
    world = World.of(passage_count, embedder.dimension)
    tokens = coded_tokens(embedder)
    catalogue = Catalogue.open(settings)
    documents = iter_documents(world, tokens, passage_count // PASSAGES_A_DOCUMENT)
    written = 0
    while batch := [pair for _, pair in zip(range(DOCUMENTS_A_COMMIT), documents, strict=False)]:
        write_documents(catalogue, space_of(embedder), batch)
        written += len(batch) * PASSAGES_A_DOCUMENT
        on_progress(written)
    catalogue.close()
    return world


def iter_documents(
    world: World, tokens: list[bytes], count: int, first: int = 0
) -> Iterator[tuple[Parsed, list[EmbeddedPassage]]]:
    """So many documents with their passages, from the one with this number on."""
    for number in range(first, first + count):
        yield make_document(world, tokens, number)


def make_document(
    world: World, tokens: list[bytes], number: int
) -> tuple[Parsed, list[EmbeddedPassage]]:
    """One document with its passages, the same for one number at every run."""
    random = np.random.default_rng((number, len(world.subjects)))
    chosen = random.integers(0, len(world.subjects), SUBJECTS_A_DOCUMENT)
    subjects = random.choice(chosen, EXCHANGES_A_DOCUMENT)
    vectors = world.vectors(random, subjects, PASSAGES_AN_EXCHANGE).astype(STORED)
    exchanges, embedded = [], []
    for at, subject in enumerate(subjects):
        lengths = random.integers(*WORDS, PASSAGES_AN_EXCHANGE).tolist()
        said = [world.text(random, int(subject), length) for length in lengths]
        exchange = _exchange(at + 1, said[0], said[1:])
        exchanges.append(exchange)
        for place, text in enumerate(said):
            part, position = (Part.ANSWER, place - 1) if place else (Part.QUESTION, 0)
            vector = vectors[at * PASSAGES_AN_EXCHANGE + place].tobytes()
            kept = tokens[int(random.integers(len(tokens)))]
            passage = Passage(exchange.key, part, position, text, (1, 1))
            embedded.append(EmbeddedPassage(passage, vector, kept))
    return _parsed(number, exchanges), embedded


def coded_tokens(embedder: Embedder) -> list[bytes]:
    """The coded tokens of a few texts, as many of them kept as of an exchange of this length."""
    codec = TokenCodec(embedder.token_mean)
    made = embedder.embed_passages_in_tokens(passages(TOKENS_KEPT))
    length = sum(len(each.tokens) for each in made) // len(made)
    share = codec.share_for(length * PASSAGES_AN_EXCHANGE)
    return [codec.encode(each.tokens, share, each.letters) for each in made]


def write_documents(
    catalogue: Catalogue, space: Space, batch: list[tuple[Parsed, list[EmbeddedPassage]]]
) -> None:
    """Keeps documents in one commit."""
    with catalogue.commit() as (_, commit):
        commit.use_space(space)
        for parsed, embedded in batch:
            commit.add_document(parsed, embedded, datetime.now(UTC))
            commit.add_file(parsed.document.name, parsed.document.sha256, parsed.id)


def _exchange(number: int, question: str, answer: list[str]) -> Exchange:
    return Exchange(
        key=str(number),
        numbers=(number,),
        section="",
        party=PARTIES[number % len(PARTIES)],
        askers=(),
        respondent="minister van Proeven",
        ministry="Proeven",
        question_paragraphs=(Paragraph(question, 1, 1),),
        answer_paragraphs=tuple(Paragraph(text, 1, 1) for text in answer),
        citations=(),
        refers_to=(),
    )


def _parsed(number: int, exchanges: list[Exchange]) -> Parsed:
    name = f"proefstuk-{number}.txt"
    paragraphs = tuple(
        paragraph
        for each in exchanges
        for paragraph in each.question_paragraphs + each.answer_paragraphs
    )
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Parsed(
        id=name.removesuffix(".txt"),
        document=Document(name, digest, "text", (Page(1, paragraphs),)),
        kind=Kind.KAMERVRAGEN,
        evidence="made for a measurement",
        metadata=Metadata(
            title=f"Proefstuk over {exchanges[0].question[:60]}",
            answered_on=date(2000 + number % 25, 1 + number % 12, 1 + number % 28),
        ),
        exchanges=tuple(exchanges),
        remarks=(),
        warnings=(),
    )


def _directions(random: np.random.Generator, count: int, dimension: int) -> Vectors:
    return _unit(random.standard_normal((count, dimension), dtype=np.float32))


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit
