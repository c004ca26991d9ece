"""What is wrong with settings: told all at once, with the way out."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from reelwright.app.settings import Environment, Settings
from reelwright.engines.mail.settings import MailSettings
from reelwright.engines.secrets.strength import check_secret
from reelwright.ground.errors import InvalidInputError
from reelwright.identity.oauth.settings import OAuthSettings

# Kept covered, but they name an account: nobody needs to guess them.
_NAMES = ("access_key", "sentry_dsn")


class UnfitSettingsError(InvalidInputError):
    """The service cannot run with these settings; `problems` lists all that is wrong."""

    code = "settings"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "the settings cannot be used: " + "; ".join(problems),
            way_out="docs/settings.md lists all that can be set",
        )
        self.problems = tuple(problems)


def check(settings: Settings) -> None:
    """Raise UnfitSettingsError when production is asked for with what is fit for a laptop only."""
    if settings.environment is not Environment.PRODUCTION:
        return
    problems = [*_database(settings), *_secrets(settings), *_web(settings)]
    problems += [*_mail(settings.mail), *_places(settings.oauth), *_weak(settings, "")]
    if problems:
        raise UnfitSettingsError([f"in production, {one}" for one in problems])


def _database(settings: Settings) -> Iterator[str]:
    if settings.database.url is None:
        yield "database.url must name a Postgres server: the embedded one is for one machine"


def _secrets(settings: Settings) -> Iterator[str]:
    secrets = settings.secrets
    made = "without it this machine makes its own, which no other has and no backup of yours holds"
    if secrets.house_key is None:
        yield f"secrets.house_key must be set: {made}"
    if secrets.key is None and secrets.passphrase is None:
        yield f"secrets.key or secrets.passphrase must be set: {made}"


def _web(settings: Settings) -> Iterator[str]:
    web = settings.web
    if web.base_url is None:
        yield "web.base_url must say what others call the service by"
    elif not web.base_url.startswith("https://"):
        yield "web.base_url must begin with https://"
    if "*" in web.cors_origins:
        yield "web.cors_origins must name origins, not *"


def _mail(mail: MailSettings) -> Iterator[str]:
    if mail.host is None:
        yield "mail.host must name a mail server: without one nobody gets a letter"
    elif mail.security == "none" and mail.password is not None:
        yield "mail.security must be tls or starttls: the password would go over the wire"


def _places(oauth: OAuthSettings) -> Iterator[str]:
    for name, place in oauth.providers.items():
        if place.issuer is not None and not place.issuer.startswith("https://"):
            yield f"oauth.providers.{name}.issuer must begin with https://"


def _weak(model: BaseModel, above: str) -> Iterator[str]:
    """Every secret that others could guess."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _weak(value, f"{above}{name}.")
        elif isinstance(value, SecretStr) and name not in _NAMES:
            yield from _judged(f"{above}{name}", value.get_secret_value())


def _judged(name: str, secret: str) -> Iterator[str]:
    if "://" in secret:
        address = urlsplit(secret)
        if address.password is None:
            if address.hostname:  # a socket's file rights guard it
                yield f"{name} must hold a password"
            return
        name, secret = f"the password in {name}", address.password
    wrong = check_secret(secret)
    if wrong:
        yield f"{name} is weak: {wrong}"
