"""Who may send files to the server at all: visitors for whom the keeper's page was opened.

Streamlit takes files from anyone who has a page open, whether or not it asks for them, and keeps
them in memory for as long as that page stays open.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

UPLOADS = "/_stcore/upload_file/"  # followed by the visitor's session and the file
MOST_SESSIONS = (
    1_000  # remembered at once; the oldest is forgotten, and let in again when it is run
)
FORBIDDEN = 403

_let_in: OrderedDict[str, None] = OrderedDict()
_guard = Lock()


def let_in() -> None:
    """From now on the visitor whose page is being run may send files."""
    if context := get_script_run_ctx():
        with _guard:
            _let_in[context.session_id] = None
            _let_in.move_to_end(context.session_id)
            if len(_let_in) > MOST_SESSIONS:
                _let_in.popitem(last=False)


class UploadGate:
    """ASGI middleware that refuses files of visitors who were not let in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before any of its body is read."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        _, found, after = path.partition(UPLOADS)
        if found and after.split("/")[0] not in _let_in:
            refusal = {"detail": "files are taken from keepers", "remedy": "log in on /documenten"}
            await JSONResponse(refusal, FORBIDDEN)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
