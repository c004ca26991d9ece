"""OpenID Connect: who somebody is stands in a signed token, checked to the last claim."""

from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from typing_extensions import override

from reelwright.engines.http.client import Http
from reelwright.ground.clock import Clock
from reelwright.ground.errors import UnauthenticatedError
from reelwright.identity.oauth.code_flow import CodeFlow, text_of
from reelwright.identity.oauth.provider import (
    Attempt,
    OAuthFailedError,
    OAuthProvider,
    Outsider,
)
from reelwright.identity.oauth.settings import ProviderSettings

_SIGNED = ("RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "EdDSA", "Ed25519")
"""Only what is signed with a key that the place alone has: `none` and our own secret prove nothing."""
_SCOPES = ("openid", "email", "profile")
_LEEWAY_S = 60
_REMEMBERED = timedelta(hours=1)
_DISCOVERY = "/.well-known/openid-configuration"


class OidcProvider(OAuthProvider):
    """Any place that speaks OpenID Connect, found by its issuer."""

    def __init__(self, settings: ProviderSettings, http: Http, clock: Clock, issuer: str) -> None:
        self._settings = settings
        self._flow = CodeFlow(settings, http)
        self._http = http
        self._clock = clock
        self._issuer = issuer
        self._known: tuple[dict[str, Any], datetime] | None = None

    @override
    async def way(self, attempt: Attempt) -> str:
        there = await self._discover()
        return self._flow.go(there["authorization_endpoint"], attempt, _SCOPES, nonce=attempt.nonce)

    @override
    async def recognise(self, attempt: Attempt, code: str, issuer: str | None) -> Outsider:
        if issuer is not None and issuer != self._issuer:
            raise OAuthFailedError("another place has answered than was asked")
        there = await self._discover()
        methods = there.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        token = await self._flow.redeem(there["token_endpoint"], attempt, code, method=method)
        claims = await self._checked(there, token, attempt)
        if text_of(claims, "email") is None and text_of(there, "userinfo_endpoint"):
            more = await self._flow.ask(there["userinfo_endpoint"], token)
            if isinstance(more, dict) and more.get("sub") == claims["sub"]:
                claims = more | claims
        return self._outsider(claims)

    async def _discover(self) -> dict[str, Any]:
        """What the place says of itself; believed for an hour."""
        now = self._clock.now()
        if self._known is not None and now - self._known[1] < _REMEMBERED:
            return self._known[0]
        answer = await self._http.get(self._issuer.rstrip("/") + _DISCOVERY)
        said = answer.json() if answer.status == 200 else None
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if not isinstance(said, dict) or not all(text_of(said, one) for one in needed):
            raise OAuthFailedError("the place to sign in does not say how")
        if said.get("issuer") != self._issuer:
            raise OAuthFailedError("the place to sign in goes by another name")
        self._known = said, now
        return said

    async def _checked(
        self, there: dict[str, Any], token: dict[str, Any], attempt: Attempt
    ) -> dict[str, Any]:
        """The claims of an identity token. Keys are asked for each time: so they may change any time."""
        signed = text_of(token, "id_token")
        answer = await self._http.get(there["jwks_uri"])
        if signed is None or answer.status != 200:
            raise OAuthFailedError("it was not said there who this is")
        try:
            keys = KeySet.import_key_set(answer.json())
            read = jwt.decode(signed, keys, algorithms=list(_SIGNED))
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                {
                    "nonce": attempt.nonce,
                    "client_id": self._settings.client_id,
                    "access_token": token["access_token"],
                },
            )
            claims.validate(now=int(self._clock.now().timestamp()), leeway=_LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OAuthFailedError(
                f"what was said there is not to be believed ({type(error).__name__})"
            ) from None
        return dict(claims)

    def _outsider(self, claims: dict[str, Any]) -> Outsider:
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise UnauthenticatedError("it was not said there who this is")
        groups = claims.get(self._settings.groups_claim)
        named = groups if isinstance(groups, list) else [groups]
        return Outsider(
            subject,
            text_of(claims, "email"),
            # Some write it as a text.
            claims.get("email_verified") in (True, "true"),
            text_of(claims, "name") or text_of(claims, "preferred_username"),
            frozenset(one for one in named if isinstance(one, str)),
        )
