"""The authorization code flow, with PKCE: what all places have in common."""

from collections.abc import Mapping
from typing import Any

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from reelwright.engines.http.client import Answer, Http
from reelwright.engines.http.failures import UnreachableError
from reelwright.identity.oauth.provider import Attempt, OAuthFailedError
from reelwright.identity.oauth.settings import ProviderSettings


class CodeFlow:
    """Goes to a place and comes back with a code, which is good for a token."""

    def __init__(self, settings: ProviderSettings, http: Http) -> None:
        self._settings = settings
        self._http = http

    def go(self, endpoint: str, attempt: Attempt, scopes: tuple[str, ...], **more: str) -> str:
        """The address of a place's own sign-in."""
        return prepare_grant_uri(
            endpoint,
            self._settings.client_id,
            "code",
            redirect_uri=attempt.redirect_uri,
            scope=" ".join(self._settings.scopes or scopes),
            state=attempt.state,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
            **more,
        )

    async def redeem(
        self, endpoint: str, attempt: Attempt, code: str, *, method: str = "client_secret_basic"
    ) -> dict[str, Any]:
        """What a code is good for; raises OAuthFailedError when it is good for nothing."""
        secret = self._settings.client_secret
        known = ClientAuth(
            self._settings.client_id,
            secret.get_secret_value() if secret else None,
            method if secret else "none",
        )
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=attempt.redirect_uri,
            code=code,
            code_verifier=attempt.verifier,
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers["Accept"] = "application/json"
        url, headers, body = known.prepare("POST", endpoint, headers, body)
        answer = await self._http.post(url, content=body.encode(), headers=headers)
        if answer.status >= 500:
            raise UnreachableError(f"the sign-in elsewhere answered {answer.status}")
        token = _object(answer)
        # Some say what is wrong with status 200.
        if answer.status != 200 or "error" in token or not text_of(token, "access_token"):
            raise OAuthFailedError("the code was not taken there")
        return token

    async def ask(self, url: str, token: Mapping[str, Any]) -> Any:
        """Read something with a token."""
        headers = {"Authorization": f"Bearer {token['access_token']}", "Accept": "application/json"}
        answer = await self._http.get(url, headers=headers)
        if answer.status != 200:
            raise OAuthFailedError(f"what was asked there was answered {answer.status}")
        return answer.json()


def _object(answer: Answer) -> dict[str, Any]:
    said = answer.json()
    if not isinstance(said, dict):
        raise OAuthFailedError("what was said there is not understood")
    return said


def text_of(said: Any, name: str) -> str | None:
    """A text in what was said, if there is one."""
    value = said.get(name) if isinstance(said, dict) else None
    return value if isinstance(value, str) and value else None
