"""The JSON interface: the same answers for other programs, read-only and rate-limited.

It is served by the same process as the page, and describes itself at `/api/openapi.json`.
"""

from __future__ import annotations

import logging
import math
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import HTTPException
from fastapi.responses import JSONResponse

from index.models import SearchFilter
from index.search import referred_answers
from pipeline.errors import KamerantwoordError
from pipeline.models import Kind
from ui import resources
from ui.address import MAX_QUESTION
from ui.api_models import Answer, Documents, Found, Health, as_answer, as_document, as_hit
from ui.api_problems import (
    BY_ID,
    BY_PARAMETERS,
    COMMON,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    UNPROCESSABLE,
    HeadAsGet,
    explain_problems,
    refuse,
)
from ui.pacing import Pace

log = logging.getLogger(__name__)

REQUESTS_AT_ONCE = 30
REQUESTS_A_MINUTE = 120  # two a second, far more than a person reads and far less than hurts
MOST_HITS = 100

api = FastAPI(
    title="Kamerantwoord",
    version="1",
    description="What the Dutch cabinet answered, word for word and with its source. Read-only.",
    docs_url=None,  # they would load scripts from elsewhere
    redoc_url=None,
    openapi_url="/openapi.json",
)
api.add_middleware(HeadAsGet)
explain_problems(api)
_pace = Pace(REQUESTS_AT_ONCE, REQUESTS_A_MINUTE)


@api.middleware("http")
async def limit_rate(request: Request, call_next):  # type: ignore[no-untyped-def]
    """Refuse whoever asks too much, saying when to ask again."""
    wait = _pace.wait(request.client.host if request.client else "")
    if wait:
        seconds = str(math.ceil(wait))
        remedy = f"try again in {seconds} s"
        return refuse(TOO_MANY_REQUESTS, "too many requests", remedy, {"Retry-After": seconds})
    return await call_next(request)


def only_known(request: Request) -> None:
    """Refuse a parameter that means nothing here: a misspelt filter must not be left out unseen."""
    known = {
        parameter["name"] for parameter in api.openapi()["paths"]["/search"]["get"]["parameters"]
    }
    if unknown := sorted(set(request.query_params) - known):
        raise HTTPException(UNPROCESSABLE, f"{unknown[0][:40]}: is no parameter")


@api.get(
    "/search",
    operation_id="search",
    responses=BY_PARAMETERS,
    dependencies=[Depends(only_known)],
)
def search(
    q: Annotated[
        str,
        Query(
            description="A question in anyone's own words", min_length=1, max_length=MAX_QUESTION
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=MOST_HITS)] = 10,
    kind: Annotated[list[Kind] | None, Query()] = None,
    party: Annotated[list[str] | None, Query()] = None,
    document: Annotated[list[str] | None, Query(description="Ids of documents")] = None,
    respondent: Annotated[list[str] | None, Query()] = None,
    since: Annotated[date | None, Query()] = None,
    until: Annotated[date | None, Query()] = None,
) -> Found:
    """The answers that fit a question best, best first."""
    question = q.strip()
    if not question:
        raise HTTPException(UNPROCESSABLE, "q: the question is empty")
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


@api.get("/documents", operation_id="documents", responses=COMMON)
def documents() -> Documents:
    """All documents, by id."""
    with resources.catalogue().snapshot() as snapshot:
        records, unanswered = snapshot.documents(), snapshot.unanswered()
    documents = [as_document(record, unanswered.get(record.id, 0)) for record in records]
    return Documents(documents=documents)


@api.get(
    "/documents/{document_id}/original",
    operation_id="original",
    response_class=Response,
    responses=BY_ID,
)
def original(document_id: str) -> Response:
    """The file of a document, byte for byte as it came."""
    document = resources.catalogue().document(document_id)
    data = resources.catalogue().original(document.sha256)
    name = quote(document.name, errors="replace")
    # Always to be saved, never shown: what is in it is not ours.
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@api.get("/answers/{answer_id}", operation_id="answer", responses=BY_ID)
def answer(answer_id: str) -> Answer:
    """One answer by its permanent id, with those it points to."""
    with resources.catalogue().snapshot() as snapshot:
        found = snapshot.exchange(answer_id)
        return as_answer(found, [other.id for other in referred_answers(snapshot, found)])


@api.get("/health", operation_id="health", responses=COMMON)
def health_of_api() -> Health:
    """Whether questions can be answered now."""
    resources.searcher()
    with resources.catalogue().snapshot() as snapshot:
        state, counts = snapshot.state(), snapshot.counts()
        unanswered = sum(snapshot.unanswered().values())
    return Health(
        status="ok",
        documents=counts["documents"],
        answers=counts["exchanges"] - unanswered,
        generation=state.generation,
    )


def health(_request: Request) -> JSONResponse:
    """The same at the address where whoever watches over services looks; it is not rate-limited."""
    try:
        return JSONResponse(health_of_api().model_dump())
    except KamerantwoordError as error:
        log.error("not healthy: %s", error, exc_info=error)
        return JSONResponse({"status": "unavailable"}, UNAVAILABLE)
