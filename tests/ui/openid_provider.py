"""A small OpenID provider: anyone may choose who they are, and is believed.

It speaks what the page needs of OpenID Connect: discovery, a login page, codes, tokens signed with
RS256 and its public key.
"""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, CLIENT_SECRET = "kamerantwoord", "een geheim voor de proef"
SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "een geheim van genoeg tekens"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""

Claims = dict[str, object]


class Provider:
    """The endpoints of a provider at `issuer`, whose users are found by their address."""

    def __init__(self, issuer: str, people: dict[str, Claims]) -> None:
        self.issuer = issuer
        self._people = people
        self._key = RSAKey.generate_key(2048, {"kid": "proef", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, Claims] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/keys", self._keys),
                Route("/login", self._login),
                Route("/chosen", self._chosen),
                Route("/token", self._token, methods=["POST"]),
                Route("/logout", self._logout),
            ]
        )

    def secrets(self) -> str:
        """What stands in the secrets of a page that trusts this provider."""
        return SECRETS.format(client=CLIENT, secret=CLIENT_SECRET, issuer=self.issuer)

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/login",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _login(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        links = [
            f'<a href="/chosen?{urlencode({**asked, "who": who})}">{who}</a>'
            for who in self._people
        ]
        return HTMLResponse("<br>".join(links))

    async def _chosen(self, request: Request) -> Response:
        asked, code = request.query_params, secrets.token_urlsafe()
        self._codes[code] = {**self._people[asked["who"]], "nonce": asked["nonce"]}
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}")

    async def _token(self, request: Request) -> Response:
        sent = parse_qs((await request.body()).decode())
        claims: Claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 3600,
            **self._codes.pop(sent["code"][0]),
        }
        token = jwt.encode({"alg": "RS256", "kid": "proef"}, claims, self._key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    async def _logout(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


@contextmanager
def providing(people: dict[str, Claims]) -> Iterator[Provider]:
    """A provider on a free port until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}", people)
        server = uvicorn.Server(uvicorn.Config(provider.app, log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield provider
        finally:
            server.should_exit = True
            thread.join()


def write_secrets(provider: Provider, folder: Path) -> Path:
    """The secrets as a file in the folder."""
    path = folder / "secrets.toml"
    path.write_text(provider.secrets())
    return path
