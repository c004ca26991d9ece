"""How requests to Google are signed: an API key, or a token of OAuth, if need be for a service account."""

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reelwright.engines.http.client import Form, Http
from reelwright.ground.clock import Clock, SystemClock
from reelwright.providers import wire
from reelwright.providers.contract import Access
from reelwright.providers.errors import BadKeyError
from reelwright.providers.google.faults import error_of

_BASE = "https://generativelanguage.googleapis.com"
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_HOUR = 3600
_EARLY_S = 120.0  # a token that dies in a moment is asked for anew


def base_of(access: Access) -> str:
    """Where API keys are good."""
    return (access.base_url or _BASE).rstrip("/")


def key_headers(access: Access) -> dict[str, str]:
    """Signed with the account's API key."""
    return {"x-goog-api-key": access.key}


class ServiceAccount(BaseModel):
    """A service account's key, as the file that Google gives out."""

    model_config = ConfigDict(extra="ignore")

    client_email: str
    private_key: str = Field(repr=False)
    private_key_id: str = ""
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address


class _Token(BaseModel):
    model_config = ConfigDict(extra="ignore")

    access_token: str = Field(repr=False)
    expires_in: int = _HOUR


@dataclass(frozen=True, slots=True)
class _Kept:
    token: str
    until: float


class Tokens:
    """Tokens for Vertex: the one in the account, or those its service account is given, kept while good."""

    def __init__(self, http: Http, clock: Clock | None = None) -> None:
        self._http = http
        self._clock = clock or SystemClock()
        self._kept: dict[str, _Kept] = {}

    async def headers(self, access: Access) -> dict[str, str]:
        """Signed with a token. Raises BadKeyError where the account has no way to one."""
        told = access.more.get("service_account")
        token = await self._of(told) if told else access.more.get("token")
        if not token:
            raise BadKeyError("this account has no token and no service account for Vertex")
        return {"authorization": f"Bearer {token}"}

    async def _of(self, told: str) -> str:
        known = hashlib.sha256(told.encode()).hexdigest()
        kept = self._kept.get(known)
        if kept is None or kept.until < time.monotonic():
            given = await self._ask(_account_of(told))
            until = time.monotonic() + given.expires_in - _EARLY_S
            kept = self._kept[known] = _Kept(given.access_token, until)
        return kept.token

    async def _ask(self, account: ServiceAccount) -> _Token:
        fields = {"grant_type": _GRANT, "assertion": self._assertion(account)}
        answer = await wire.tell(self._http, account.token_uri, headers={}, form=Form(fields))
        if 400 <= answer.status < 500 and answer.status != 429:
            raise BadKeyError("Google gives this service account no token")
        if answer.status != 200:
            raise error_of(answer)
        return wire.shaped(answer, _Token)

    def _assertion(self, account: ServiceAccount) -> str:
        """What we claim, signed: a JSON Web Token (RS256)."""
        now = int(self._clock.now().timestamp())
        head = {"alg": "RS256", "typ": "JWT", "kid": account.private_key_id}
        claims = {
            "iss": account.client_email,
            "scope": _SCOPE,
            "aud": account.token_uri,
            "iat": now,
            "exp": now + _HOUR,
        }
        signed = f"{_in_json(head)}.{_in_json(claims)}"
        signature = _key_of(account).sign(signed.encode(), PKCS1v15(), SHA256())
        return f"{signed}.{_url_safe(signature)}"


def _account_of(told: str) -> ServiceAccount:
    try:
        return ServiceAccount.model_validate_json(told)
    except ValidationError:
        # `from None`: theirs repeats what was given.
        raise BadKeyError("the service account is not the JSON file Google gives out") from None


def _key_of(account: ServiceAccount) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(account.private_key.encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise BadKeyError("the service account's private key cannot be read")
    return key


def _in_json(value: Mapping[str, Any]) -> str:
    return _url_safe(json.dumps(value, separators=(",", ":")).encode())


def _url_safe(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
