"""Files are taken from visitors for whom the keeper's page was opened, and from nobody else."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ui.upload_gate import UPLOADS, UploadGate

SESSION = "test session id"  # of a page that is tested without a browser


async def take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    routes = [Route(UPLOADS + "{session}/{file}", take, methods=["PUT"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(UploadGate)]))


def test_only_who_was_let_in_may_send_files(client: TestClient) -> None:
    def page() -> None:
        from ui.upload_gate import let_in  # noqa: PLC0415  (a script stands by itself)

        let_in()

    AppTest.from_function(page).run()
    assert client.put(f"{UPLOADS}{SESSION}/1", content=b"x" * 9).text == "9"
    for other in ("een-ander", "", f"{SESSION} "):
        assert client.put(f"{UPLOADS}{other}/1", content=b"x" * 9).status_code == 403
