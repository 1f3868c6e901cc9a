"""A server finds what a folder finds, and its vector index nearly all that comparing all would."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from index.commits import EmbeddedPassage, Space
from index.filtering import Scope
from index.models import SearchFilter, SearchResult
from index.places import Near
from index.search import Searcher
from index.store import Reader
from index.stores import open_reader, open_store
from pipeline.models import Footnote, Kind, Metadata, Paragraph, Parsed, Part, Passage
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import embedded, exchange, parsed
from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

EMBEDDER = HashingEmbedder()
SPACE = Space(EMBEDDER.fingerprint, EMBEDDER.dimension)
WORDS = [f"{start}{end}" for start in "dijk haven baken sluis toren".split() for end in "abcdefgh"]
COMMON = "de het een van in is wordt door kabinet".split()


def invented(seed: int) -> Parsed:
    """A document of six answers in words that occur in others too, with notes."""
    chance = random.Random(seed)

    def text(words: int) -> str:
        return " ".join(
            chance.choice(COMMON if chance.random() < 0.6 else WORDS) for _ in range(words)
        )

    exchanges = [
        exchange(n, f"{text(12)}?", text(30), party=chance.choice(["VVD", "CDA, D66", "D66"]))
        for n in range(1, 6)
    ]
    note = Footnote("1", f"Kamerstuk {chance.randrange(30_000, 36_000)}, nr. 3", 4)
    noted = replace(exchange(6, "Zie 1?", "Zie het antwoord op vraag 1.", refers_to=(1,)))
    noted = replace(noted, answer_paragraphs=(Paragraph("Zie vraag 1.", 1, 1, (note,)),))
    return parsed(
        f"stuk-{seed}.txt",
        [*exchanges, noted],
        metadata=Metadata(title=text(4), answered_on=date(2020 + seed % 7, 1, 1)),
        kind=chance.choice([Kind.KAMERVRAGEN, Kind.NOTA]),
    )


@pytest.fixture(scope="module")
def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Searcher]]:
    folder = Settings(data=tmp_path_factory.mktemp("folder"))
    server = folder.model_copy(update={"database": postgres.empty_database()})
    documents = [invented(seed) for seed in range(40)]
    for settings in (folder, server):
        with closing(open_store(settings)) as store:
            for document in documents:
                with store.commit() as (_, commit):
                    commit.use_space(SPACE)
                    commit.add_document(document, embedded(document, EMBEDDER), datetime.now(UTC))
            with store.commit() as (_, commit):  # so that words are taken off again as well
                commit.remove_document("stuk-7")
    searchers = [Searcher.open(settings, EMBEDDER) for settings in (folder, server)]
    yield searchers
    for searcher in searchers:
        searcher.close()


def told(result: SearchResult) -> list[tuple[object, ...]]:
    """What a reader is told of each hit."""
    return [
        (hit.found.id, hit.found.exchange, hit.highlights, [each.id for each in hit.referred])
        for hit in result.hits
    ]


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("Wordt de dijka door het kabinet in de havenb?", SearchFilter()),
        ("bakenc", SearchFilter()),
        ("Kamerstuk 31 nr. 3", SearchFilter()),
        ('"de torenh" sluisd', SearchFilter()),
        ("haven dijkb -sluisa", SearchFilter()),
        ("torena sluisb", SearchFilter(parties=("D66",))),
        ("torena sluisb", SearchFilter(kinds=(Kind.NOTA,), since=date(2023, 1, 1))),
        ("Which tower is at the dike?", SearchFilter(until=date(2021, 12, 31))),
        ("Zie het antwoord op vraag 1", SearchFilter(document_ids=("stuk-3", "stuk-9"))),
    ],
)
def test_both_tell_the_same(both: list[Searcher], question: str, filters: SearchFilter) -> None:
    in_folder, on_server = (searcher.search(question, 10, filters) for searcher in both)
    assert told(on_server) == told(in_folder)
    assert len(in_folder.hits) > 0
    for ours, theirs in zip(in_folder.hits, on_server.hits, strict=True):
        assert theirs.similarity == pytest.approx(ours.similarity, abs=1e-6)
        assert theirs.relevance == pytest.approx(ours.relevance, abs=1e-4)
    assert on_server.answered == in_folder.answered


VECTORS, DIMENSION = 2_000, 64
LOOKED_AT = 400  # passages, as a question looks at


def clustered(chance: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Vectors that lie in 40 heaps, as those of passages do by their subjects."""
    centres = chance.standard_normal((40, DIMENSION))
    spread = 0.6 * chance.standard_normal((count, DIMENSION))
    vectors = centres[chance.integers(40, size=count)] + spread
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float32)


@contextmanager
def index_preferred(postgres: Server) -> Iterator[None]:
    """Has the server use its vector index for a table that it would rather read whole."""
    with postgres.administer() as connection:
        connection.execute("ALTER SYSTEM SET enable_seqscan = off")
        connection.execute("SELECT pg_reload_conf()")
        yield
        connection.execute("ALTER SYSTEM RESET enable_seqscan")
        connection.execute("SELECT pg_reload_conf()")


def test_the_vector_index_finds_nearly_all_that_comparing_all_finds(
    postgres: Server, served: Settings
) -> None:
    chance = np.random.default_rng(5)
    vectors, questions = clustered(chance, VECTORS), clustered(chance, 20)
    space = Space("made", DIMENSION)
    with closing(open_store(served)) as store:
        for at in range(0, VECTORS, 100):
            party = "D66" if at == 300 else "VVD"
            passages = [
                EmbeddedPassage(Passage("1", Part.ANSWER, place, "!", (1, 1)), vector.tobytes())
                for place, vector in enumerate(vectors[at : at + 100])
            ]
            with store.commit() as (_, commit):
                commit.use_space(space)
                document = parsed(f"{at}.txt", [exchange(1, "?", "!", party=party)])
                commit.add_document(document, passages, datetime.now(UTC))
    few = Scope(SearchFilter(parties=("D66",)))
    with index_preferred(postgres), closing(open_reader(served, space)) as reader:
        for scope, allowed in ((Scope(), vectors), (few, vectors[300:400])):
            found = [nearest(reader, question, scope)[:10] for question in questions]
            least = [np.sort(allowed @ question)[-10] for question in questions]
            right = [
                near.similarity >= edge - 1e-6
                for all_, edge in zip(found, least, strict=True)
                for near in all_
            ]
            assert len(right) == 200
            assert sum(right) >= 199


def nearest(reader: Reader, question: NDArray[np.float32], scope: Scope) -> list[Near]:
    return reader.read(lambda _, vectors: vectors.nearest(question, LOOKED_AT, scope))
