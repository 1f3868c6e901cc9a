"""What the JSON interface says when it does not answer: what is wrong, and what helps.

It never says where anything is kept on this machine; that goes to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import UnknownAnswer, UnknownDocument
from pipeline.errors import KamerantwoordError

log = logging.getLogger(__name__)

NOT_FOUND = 404
NOT_ALLOWED = 405
UNPROCESSABLE = 422
TOO_MANY_REQUESTS = 429
UNAVAILABLE = 503

SEE_DESCRIPTION = "see /api/openapi.json for what can be asked"
REMEDIES = {NOT_FOUND: SEE_DESCRIPTION, NOT_ALLOWED: "use GET: this interface is read-only"}
REMEDIES_OF_ERRORS: Mapping[type[KamerantwoordError], str] = {
    UnknownAnswer: "its document may have been removed; search for it with /api/search",
    UnknownDocument: "see /api/documents for the ids there are",
}


class Problem(BaseModel):
    """What is wrong and what helps."""

    detail: str
    remedy: str


# For the description of what each path may answer.
Responses = dict[int | str, dict[str, Any]]
COMMON: Responses = {code: {"model": Problem} for code in (TOO_MANY_REQUESTS, UNAVAILABLE)}
BY_ID: Responses = COMMON | {NOT_FOUND: {"model": Problem}, UNPROCESSABLE: {"model": Problem}}
BY_PARAMETERS: Responses = COMMON | {UNPROCESSABLE: {"model": Problem}}


def refuse(
    status: int, detail: str, remedy: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A response that says what is wrong and what helps."""
    return JSONResponse(Problem(detail=detail, remedy=remedy).model_dump(), status, headers)


def explain_problems(api: FastAPI) -> None:
    """Let an interface answer every error with a `Problem`."""
    api.exception_handler(KamerantwoordError)(_explain_ours)
    api.exception_handler(RequestValidationError)(_explain_parameters)
    api.exception_handler(HTTPException)(_explain_request)


async def _explain_ours(_request: Request, error: KamerantwoordError) -> JSONResponse:
    if remedy := REMEDIES_OF_ERRORS.get(type(error)):
        return refuse(NOT_FOUND, f"that {error.problem}", remedy)
    log.error("a request failed: %s", error, exc_info=error)
    return refuse(
        UNAVAILABLE, "not available now", "try again later; its keeper finds why in the log"
    )


async def _explain_parameters(_request: Request, error: RequestValidationError) -> JSONResponse:
    told = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()]
    return refuse(UNPROCESSABLE, "; ".join(told), SEE_DESCRIPTION)


async def _explain_request(_request: Request, error: HTTPException) -> JSONResponse:
    remedy = REMEDIES.get(error.status_code, SEE_DESCRIPTION)
    return refuse(error.status_code, error.detail, remedy, error.headers)


class HeadAsGet:
    """ASGI middleware that answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the head of its response back."""

        async def send_head(message: Message) -> None:
            body = {"body": b""} if message["type"] == "http.response.body" else {}
            await send({**message, **body})

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, send_head)
        else:
            await self._app(scope, receive, send)
