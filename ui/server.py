"""What this page adds to Streamlit's own server.

A model that is loaded before the first question, security headers, HTML in the reader's language,
and the JSON interface.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from streamlit.starlette import App

from ui.accounts import BackToDocuments
from ui.api import api, health
from ui.headers import SecurityHeaders
from ui.login import LOG_IN, LOG_OUT, log_in, log_out
from ui.resources import warm_up
from ui.shell import shell
from ui.site import PageName
from ui.upload_gate import UploadGate

ROUTES = [
    Route("/", shell),
    *(Route(f"/{page}", shell) for page in PageName),
    Route(f"/{LOG_IN}", log_in, methods=["POST"]),
    Route(f"/{LOG_OUT}", log_out, methods=["POST"]),
    Route("/api", lambda _request: RedirectResponse("api/openapi.json")),
    Mount("/api", api),
    Route("/health", health),
]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(BackToDocuments), Middleware(UploadGate)]


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[dict[str, Any] | None]:
    """Start loading the model when the server starts."""
    warm_up()
    yield None
