"""GitHub and Discord: OAuth without a signed identity; who somebody is, is asked with the token."""

from typing import Any

from typing_extensions import override

from reelwright.engines.http.client import Http
from reelwright.identity.oauth.code_flow import CodeFlow, text_of
from reelwright.identity.oauth.provider import (
    Attempt,
    OAuthFailedError,
    OAuthProvider,
    Outsider,
)
from reelwright.identity.oauth.settings import ProviderSettings

_GITHUB, _GITHUB_API = "https://github.com", "https://api.github.com"
_DISCORD = "https://discord.com"


class GitHub(OAuthProvider):
    """GitHub, or a GitHub Enterprise Server at `issuer`."""

    def __init__(self, settings: ProviderSettings, http: Http) -> None:
        self._flow = CodeFlow(settings, http)
        self._base = (settings.issuer or _GITHUB).rstrip("/")
        self._api = f"{self._base}/api/v3" if settings.issuer else _GITHUB_API

    @override
    async def way(self, attempt: Attempt) -> str:
        scopes = ("read:user", "user:email")
        return self._flow.go(f"{self._base}/login/oauth/authorize", attempt, scopes)

    @override
    async def recognise(self, attempt: Attempt, code: str, issuer: str | None) -> Outsider:
        endpoint = f"{self._base}/login/oauth/access_token"
        token = await self._flow.redeem(endpoint, attempt, code, method="client_secret_post")
        user = await self._flow.ask(f"{self._api}/user", token)
        # The address in the profile is only what somebody shows; this list says which are theirs.
        emails = await self._flow.ask(f"{self._api}/user/emails", token)
        listed = [one for one in emails if isinstance(one, dict)] if _is_list(emails) else []
        primary = next((one for one in listed if one.get("primary") is True), {})
        return Outsider(
            _number(user),
            text_of(primary, "email"),
            primary.get("verified") is True,
            text_of(user, "name") or text_of(user, "login"),
        )


class Discord(OAuthProvider):
    """Discord."""

    def __init__(self, settings: ProviderSettings, http: Http) -> None:
        self._flow = CodeFlow(settings, http)
        self._base = (settings.issuer or _DISCORD).rstrip("/")

    @override
    async def way(self, attempt: Attempt) -> str:
        return self._flow.go(f"{self._base}/oauth2/authorize", attempt, ("identify", "email"))

    @override
    async def recognise(self, attempt: Attempt, code: str, issuer: str | None) -> Outsider:
        token = await self._flow.redeem(f"{self._base}/api/oauth2/token", attempt, code)
        user = await self._flow.ask(f"{self._base}/api/users/@me", token)
        return Outsider(
            _number(user),
            text_of(user, "email"),
            isinstance(user, dict) and user.get("verified") is True,
            text_of(user, "global_name") or text_of(user, "username"),
        )


def _is_list(said: Any) -> bool:
    return isinstance(said, list)


def _number(user: Any) -> str:
    """The id, which stays when somebody takes another name."""
    number = user.get("id") if isinstance(user, dict) else None
    if isinstance(number, bool) or not isinstance(number, int | str) or not str(number):
        raise OAuthFailedError("it was not said there who this is")
    return str(number)
