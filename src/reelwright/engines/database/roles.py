"""The three roles: the owner of the tables, the one requests run as, the one the system runs as."""

import hashlib
import hmac
from dataclasses import dataclass, field

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from reelwright.engines.database.settings import DatabaseSettings
from reelwright.ground.errors import InvalidInputError

APP = "reelwright_app"
SYSTEM = "reelwright_system"


@dataclass(frozen=True, slots=True)
class Urls:
    """How each role signs in. They hold passwords, so they are not shown."""

    owner: str = field(repr=False)
    app: str = field(repr=False)
    system: str = field(repr=False)
    replica: str | None = field(default=None, repr=False)
    embedded: bool = False
    derived: bool = False
    """Whether the two roles' passwords follow from the house's key; `upgrade` then sets them."""


def role_url(url: str, role: str, password: str | None = None) -> str:
    """The URL by which `role` signs in to the same database; without a password as the owner does."""
    changed: URL = make_url(url).set(username=role)
    if password is not None:
        changed = changed.set(password=password)
    return changed.render_as_string(hide_password=False)


def derived_password(house_key: bytes, role: str) -> str:
    """The password of a role: whoever has the house's key knows it, nobody has to store it."""
    return hmac.new(house_key, f"database role {role}".encode(), hashlib.sha256).hexdigest()


def external_urls(settings: DatabaseSettings, house_key: bytes | None) -> Urls:
    """How to sign in to the server that `settings.url` names.

    `app_url` and `system_url` if given; else as the owner does, with a password that follows from
    the house's key if the owner's URL has one. Raises InvalidInputError.
    """
    if settings.url is None:
        raise InvalidInputError("no database URL is set", way_out="set REELWRIGHT_DATABASE_URL")
    owner = psycopg_url(settings.url.get_secret_value())
    has_password = make_url(owner).password is not None
    given = {APP: settings.app_url, SYSTEM: settings.system_url}
    urls: dict[str, str] = {}
    for role, own in given.items():
        if own is not None:
            urls[role] = psycopg_url(own.get_secret_value())
        elif not has_password:
            urls[role] = role_url(owner, role)
        elif house_key is None:
            raise InvalidInputError(
                f"how {role} signs in to the database is not known",
                way_out="set REELWRIGHT_DATABASE__APP_URL and REELWRIGHT_DATABASE__SYSTEM_URL",
            )
        else:
            urls[role] = role_url(owner, role, derived_password(house_key, role))
    replica = settings.replica_url
    if replica is None:
        follower = None
    else:
        follower = psycopg_url(replica.get_secret_value())
        # A replica is reached as the app, whatever user its URL names.
        follower = role_url(follower, APP, make_url(urls[APP]).password)
    derived = has_password and house_key is not None and None in given.values()
    return Urls(owner, urls[APP], urls[SYSTEM], follower, derived=derived)


def plain_dsn(url: str) -> str:
    """The URL as psycopg itself takes it."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return plain.replace(" ", "%20")  # which SQLAlchemy leaves in passwords, and libpq refuses


def psycopg_url(url: str) -> str:
    """The URL with our driver's name: people write `postgres://` and `postgresql://`.

    Raises InvalidInputError when it is none; the message does not repeat it.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise InvalidInputError(
            "the database URL cannot be read",
            way_out="write postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        ) from error
    if parsed.drivername.partition("+")[0] not in {"postgresql", "postgres"}:
        raise InvalidInputError(
            f"{parsed.drivername!r} is no Postgres", way_out="only Postgres 15 or newer will do"
        )
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
