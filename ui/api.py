"""The JSON interface: the same answers for other programs, read-only and rate-limited.

It is served by the same process as the page, and describes itself at `/api/openapi.json`.
"""

from __future__ import annotations

import logging
import math
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse

from index.errors import UnknownAnswer, UnknownDocument
from index.models import SearchFilter
from index.search import referred_answers
from pipeline.errors import KamerantwoordError
from pipeline.models import Kind
from ui import resources
from ui.address import MAX_QUESTION
from ui.api_models import Answer, Documents, Found, Health, as_answer, as_document, as_hit
from ui.pacing import Pace

log = logging.getLogger(__name__)

REQUESTS_AT_ONCE = 30
REQUESTS_A_MINUTE = 120  # two a second, far more than a person reads and far less than hurts
MOST_HITS = 100

NOT_FOUND = 404
TOO_MANY_REQUESTS = 429
UNAVAILABLE = 503

api = FastAPI(
    title="Kamerantwoord",
    version="1",
    description="What the Dutch cabinet answered, word for word and with its source. Read-only.",
    docs_url=None,  # they would load scripts from elsewhere
    redoc_url=None,
    openapi_url="/openapi.json",
)
_pace = Pace(REQUESTS_AT_ONCE, REQUESTS_A_MINUTE)


@api.middleware("http")
async def limit_rate(request: Request, call_next):  # type: ignore[no-untyped-def]
    """Refuse whoever asks too much, saying when to ask again."""
    wait = _pace.wait(request.client.host if request.client else "")
    if wait:
        seconds = str(math.ceil(wait))
        problem = {"detail": f"too many requests; try again in {seconds} s"}
        return JSONResponse(problem, TOO_MANY_REQUESTS, {"Retry-After": seconds})
    return await call_next(request)


@api.exception_handler(KamerantwoordError)
async def explain(_request: Request, error: Exception) -> Response:
    """What went wrong, without the path of anything on this machine."""
    if isinstance(error, UnknownAnswer | UnknownDocument):
        return JSONResponse({"detail": error.problem}, NOT_FOUND)
    log.error("a request failed: %s", error, exc_info=error)
    return JSONResponse({"detail": "not available now"}, UNAVAILABLE)


@api.get("/search", operation_id="search")
def search(
    q: Annotated[str, Query(description="A question in anyone's own words", min_length=1)],
    limit: Annotated[int, Query(ge=1, le=MOST_HITS)] = 10,
    kind: Annotated[list[Kind] | None, Query()] = None,
    party: Annotated[list[str] | None, Query()] = None,
    document: Annotated[list[str] | None, Query(description="Ids of documents")] = None,
    respondent: Annotated[list[str] | None, Query()] = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> Found:
    """The answers that fit a question best, best first."""
    question = q.strip()[:MAX_QUESTION]
    if not question:
        raise HTTPException(422, "the question is empty")
    filters = SearchFilter(
        kinds=tuple(kind or ()),
        parties=tuple(party or ()),
        document_ids=tuple(document or ()),
        respondents=tuple(respondent or ()),
        since=since,
        until=until,
    )
    result = resources.search(question, limit, filters)
    hits = [as_hit(hit) for hit in result.hits]
    return Found(query=question, answered=result.answered, hits=hits)


@api.get("/documents", operation_id="documents")
def documents() -> Documents:
    """All documents, by id."""
    records = resources.catalogue().documents()
    return Documents(documents=[as_document(record) for record in records])


@api.get("/documents/{document_id}/original", operation_id="original", response_class=Response)
def original(document_id: str) -> Response:
    """The file of a document, byte for byte as it came."""
    document = resources.catalogue().document(document_id)
    data = resources.catalogue().original(document.sha256)
    name = quote(document.name, errors="replace")
    # Always to be saved, never shown: what is in it is not ours.
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@api.get("/answers/{answer_id}", operation_id="answer")
def answer(answer_id: str) -> Answer:
    """One answer by its permanent id, with those it points to."""
    with resources.catalogue().snapshot() as snapshot:
        found = snapshot.exchange(answer_id)
        return as_answer(found, [other.id for other in referred_answers(snapshot, found)])


@api.get("/health", operation_id="health")
def health_of_api() -> Health:
    """Whether questions can be answered now."""
    resources.searcher()
    with resources.catalogue().snapshot() as snapshot:
        state, counts = snapshot.state(), snapshot.counts()
    return Health(
        status="ok",
        documents=counts["documents"],
        answers=counts["exchanges"],
        generation=state.generation,
    )


def health(_request: Request) -> JSONResponse:
    """The same at the address where whoever watches over services looks; it is not rate-limited."""
    try:
        return JSONResponse(health_of_api().model_dump())
    except KamerantwoordError as error:
        log.error("not healthy: %s", error, exc_info=error)
        return JSONResponse({"status": "unavailable"}, UNAVAILABLE)
