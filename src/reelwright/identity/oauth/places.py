"""The places people may come from, as the settings name them."""

from collections.abc import Mapping

from reelwright.engines.http.client import Http
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.identity.oauth.provider import OAuthProvider
from reelwright.identity.oauth.settings import OAuthSettings, ProviderSettings

_GOOGLE = "https://accounts.google.com"


class Places:
    """Finds places by their names."""

    def __init__(self, settings: OAuthSettings, http: Http, clock: Clock) -> None:
        self.settings: Mapping[str, ProviderSettings] = settings.providers
        self._all = {name: _made(one, http, clock) for name, one in settings.providers.items()}

    def find(self, name: str) -> tuple[OAuthProvider, ProviderSettings]:
        """A place, and what is set about it; raises MissingError."""
        if name not in self._all:
            raise MissingError("there is no such place to sign in with")
        return self._all[name], self.settings[name]


def _made(settings: ProviderSettings, http: Http, clock: Clock) -> OAuthProvider:
    # Their libraries are loaded where there is such a place: most installations have none.
    from reelwright.identity.oauth.oidc import OidcProvider  # noqa: PLC0415
    from reelwright.identity.oauth.plain import Discord, GitHub  # noqa: PLC0415

    if settings.kind == "github":
        return GitHub(settings, http)
    if settings.kind == "discord":
        return Discord(settings, http)
    return OidcProvider(settings, http, clock, settings.issuer or _GOOGLE)
