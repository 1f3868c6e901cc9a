from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.headers import SecurityHeaders, content_policy
from ui.shell import shell


def test_every_response_carries_the_headers() -> None:
    routes = [Route("/", lambda _request: PlainTextResponse("hier"))]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)]))
    for path in ("/", "/niet-hier"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_no_script_from_elsewhere_or_from_a_document_may_run() -> None:
    [scripts] = [rule for rule in content_policy().split("; ") if rule.startswith("script-src")]
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts.replace("wasm-unsafe-eval", "")
    assert "http" not in scripts


def test_first_html_is_in_the_language_of_the_address() -> None:
    client = TestClient(Starlette(routes=[Route("/", shell)]))
    assert '<html lang="nl">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?taal=en").text
    assert '<html lang="nl">' in client.get("/?taal=%22%3E%3Cscript%3E").text
    assert "<title>Kamerantwoord</title>" in client.get("/").text
