"""Fictional documents for the tests of the index, and strategies that draw any document at all."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Sequence

from hypothesis import strategies as st

from index.commits import EmbeddedPassage
from pipeline.models import (
    Citation,
    Document,
    Exchange,
    Footnote,
    Kind,
    Metadata,
    Page,
    Paragraph,
    Parsed,
    Part,
    Passage,
    Remark,
    Style,
)
from pipeline.token_vectors import TokenCodec
from tests.hashing_embedder import HashingEmbedder


def exchange(
    number: int,
    question: str,
    answer: str,
    *,
    party: str = "VVD",
    section: str = "",
    refers_to: tuple[int, ...] = (),
    key: str = "",
) -> Exchange:
    """One question and its answer."""
    return Exchange(
        key=key or str(number),
        numbers=(number,),
        section=section,
        party=party,
        askers=(),
        respondent="minister van Vuurtorens",
        ministry="Vuurtorens",
        question_paragraphs=(Paragraph(question, 1, 1),),
        answer_paragraphs=(Paragraph(answer, 1, 2),),
        citations=(),
        refers_to=refers_to,
    )


def parsed(
    name: str,
    exchanges: Sequence[Exchange],
    *,
    document_id: str = "",
    metadata: Metadata = Metadata(),
    kind: Kind = Kind.SCHRIFTELIJK_OVERLEG,
    remarks: Sequence[Remark] = (),
    data: bytes = b"",
) -> Parsed:
    """A document as a layout would understand it."""
    sha256 = hashlib.sha256(data or repr((name, exchanges)).encode()).hexdigest()
    pages = (Page(1, tuple(p for e in exchanges for p in e.question_paragraphs)),)
    return Parsed(
        id=document_id or metadata.official_id.lower() or name.rpartition(".")[0],
        document=Document(name, sha256, "text", pages),
        kind=kind,
        evidence="made for a test",
        metadata=metadata,
        exchanges=tuple(exchanges),
        remarks=tuple(remarks),
        warnings=(),
    )


def embedded(document: Parsed, embedder: HashingEmbedder) -> list[EmbeddedPassage]:
    """One passage for each side of each exchange."""
    passages = [
        Passage(found.key, part, 0, text, (1, 2))
        for found in document.exchanges
        for part, text in ((Part.QUESTION, found.question), (Part.ANSWER, found.answer))
        if text
    ]
    codec = TokenCodec(embedder.token_mean)
    embeddings = embedder.embed_passages_in_tokens([passage.text for passage in passages])
    return [
        EmbeddedPassage(
            passage,
            embedding.vector.astype("<f4").tobytes(),
            codec.encode(embedding.tokens, letters=embedding.letters),
        )
        for passage, embedding in zip(passages, embeddings, strict=True)
    ]


TEXTS = st.text(max_size=60)
PAGES = st.tuples(st.integers(1, 9), st.integers(0, 3))
FOOTNOTES = st.builds(Footnote, TEXTS, TEXTS, st.integers(0, 99))
PARAGRAPHS = st.builds(
    lambda text, pages, notes, style, emphasised: Paragraph(
        text, pages[0], pages[0] + pages[1], notes, style, emphasised
    ),
    TEXTS,
    PAGES,
    st.lists(FOOTNOTES, max_size=3).map(tuple),
    st.sampled_from(Style),
    st.booleans(),
)
SOME_PARAGRAPHS = st.lists(PARAGRAPHS, max_size=3).map(tuple)
EXCHANGES = st.builds(
    Exchange,
    key=st.text(string.ascii_lowercase + string.digits + "-.", min_size=1, max_size=8),
    numbers=st.lists(st.integers(0, 999), max_size=4).map(tuple),
    section=TEXTS,
    party=TEXTS,
    askers=st.lists(TEXTS, max_size=2).map(tuple),
    respondent=TEXTS,
    ministry=TEXTS,
    question_paragraphs=SOME_PARAGRAPHS,
    answer_paragraphs=SOME_PARAGRAPHS,
    citations=st.lists(st.builds(Citation, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    refers_to=st.lists(st.integers(0, 999), max_size=3).map(tuple),
)
METADATA = st.builds(
    Metadata,
    title=TEXTS,
    dossier=TEXTS,
    case_number=TEXTS,
    committee=TEXTS,
    ministers=st.lists(TEXTS, max_size=3).map(tuple),
    askers=st.lists(TEXTS, max_size=3).map(tuple),
    respondent=TEXTS,
    asked_on=st.none() | st.dates(),
    answered_on=st.none() | st.dates(),
    adopted_on=st.none() | st.dates(),
)
REMARKS = st.builds(Remark, TEXTS, SOME_PARAGRAPHS)
DOCUMENTS = st.builds(
    lambda exchanges, metadata, kind, remarks: parsed(
        "elk.txt", exchanges, metadata=metadata, kind=kind, remarks=remarks
    ),
    st.lists(EXCHANGES, max_size=4, unique_by=lambda drawn: drawn.key),
    METADATA,
    st.sampled_from(Kind),
    st.lists(REMARKS, max_size=2),
)
