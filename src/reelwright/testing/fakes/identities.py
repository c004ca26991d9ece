"""Places where people have accounts, faked: GitHub, Discord, and an OpenID Connect issuer that may lie.

People sign in by being sent: the first request answers with the way back at once. Codes are good
once, and only with the verifier and the address they were asked with.
"""

import hashlib
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.server import serve

CLIENT, SECRET = "reelwright", "a secret of ours"
"""How all of them know us."""


@dataclass(slots=True)
class FakePlaces:
    """The person who sits at the browser, and what is said of them.

    `claims` are laid over those of the identity token, `key` signs it (None: the one that is told).
    """

    person: dict[str, Any] = field(default_factory=dict)
    emails: list[dict[str, Any]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    told: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "told"}))
    key: RSAKey | None = None
    refuses: bool = False
    url: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve on loopback; yields the address of all of them."""
        app = Starlette(
            routes=[
                Route("/login/oauth/authorize", self._authorize),
                Route("/oauth2/authorize", self._authorize),
                Route("/authorize", self._authorize),
                Route("/login/oauth/access_token", self._redeem, methods=["POST"]),
                Route("/api/oauth2/token", self._redeem, methods=["POST"]),
                Route("/token", self._redeem, methods=["POST"]),
                Route("/api/v3/user", self._who),
                Route("/api/v3/user/emails", self._addresses),
                Route("/api/users/@me", self._who),
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/jwks", self._keys),
            ]
        )
        with serve(app) as self.url:
            yield self.url

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        back = asked["redirect_uri"]
        if self.refuses:
            return RedirectResponse(f"{back}?{urlencode(_refusal(asked))}", 302)
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return RedirectResponse(f"{back}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _redeem(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        if not _is_us(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(proof).rstrip(b"=").decode()
        fits = asked is not None and challenge == asked.get("code_challenge")
        if asked is None or not fits or form.get("redirect_uri") != asked["redirect_uri"]:
            # GitHub says so with status 200.
            return JSONResponse({"error": "bad_verification_code"}, 200)
        token = secrets.token_urlsafe(16)
        self._tokens.add(token)
        said = {"access_token": token, "token_type": "bearer"}
        if "openid" in asked.get("scope", ""):
            said["id_token"] = self._signed(asked)
        return JSONResponse(said)

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked.get("nonce")} | self.person | self.claims
        said = {name: value for name, value in claims.items() if value is not None}
        key = self.key or self.told
        return jwt.encode({"alg": "RS256", "kid": "told"}, said, key)

    async def _who(self, request: Request) -> Response:
        return JSONResponse(self.person) if self._may(request) else JSONResponse({}, 401)

    async def _addresses(self, request: Request) -> Response:
        return JSONResponse(self.emails) if self._may(request) else JSONResponse({}, 401)

    def _may(self, request: Request) -> bool:
        return request.headers.get("authorization", "").removeprefix("Bearer ") in self._tokens

    async def _configuration(self, _: Request) -> Response:
        named = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        named |= {"jwks_uri": "jwks"}
        return JSONResponse(
            {"issuer": self.url} | {name: f"{self.url}/{path}" for name, path in named.items()}
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse(KeySet([self.told]).as_dict(private=False))


def _refusal(asked: dict[str, str]) -> dict[str, str]:
    return {"error": "access_denied", "state": asked["state"]}


def _is_us(request: Request, form: dict[str, str]) -> bool:
    said = request.headers.get("authorization", "")
    if said.startswith("Basic "):
        return b64decode(said.removeprefix("Basic ")).decode() == f"{CLIENT}:{SECRET}"
    return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
