"""Service accounts at the fake Google, and the desk that gives them tokens."""

import base64
import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

EMAIL = "films@p.iam.gserviceaccount.com"


@cache
def _key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(slots=True)
class TokenDesk:
    """Gives tokens for what the service account has signed; `given` are those that are good."""

    given: list[str] = field(default_factory=list)

    def account(self, url: str) -> str:
        """The service account's file, for a fake that is served at `url`."""
        pem = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return json.dumps(
            {
                "type": "service_account",
                "project_id": "p",
                "private_key_id": "key-1",
                "private_key": pem.decode(),
                "client_email": EMAIL,
                "token_uri": f"{url}/token",
            }
        )

    async def give(self, request: Request) -> Response:
        """`POST /token`: a token for an assertion that is signed and of this hour."""
        async with request.form() as form:
            assertion = str(form.get("assertion", ""))
        try:
            claims = _claims(assertion)
        except (ValueError, InvalidSignature):
            claims = {}
        good = claims.get("iss") == EMAIL and claims.get("exp", 0) > time.time()
        if not good or not str(claims.get("aud", "")).endswith("/token"):
            told = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            return JSONResponse(told, 400)
        token = f"ya29.token-{len(self.given) + 1}"
        self.given.append(token)
        told = {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
        return JSONResponse(told)


def _claims(assertion: str) -> dict[str, Any]:
    head, claims, signature = assertion.split(".")
    signed = f"{head}.{claims}".encode()
    _key().public_key().verify(_decoded(signature), signed, PKCS1v15(), SHA256())
    return json.loads(_decoded(claims))


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
