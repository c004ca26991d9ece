"""How the two roles sign in follows from the settings."""

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from reelwright.engines.database.pools import with_options
from reelwright.engines.database.role_setup import conninfo
from reelwright.engines.database.roles import (
    APP,
    SYSTEM,
    derived_password,
    external_urls,
    plain_dsn,
    psycopg_url,
)
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.ground.errors import InvalidInputError

KEY = b"k" * 32


def settings(**given):
    return DatabaseSettings.model_validate(given)


def test_without_a_password_the_roles_sign_in_as_the_owner_does():
    urls = external_urls(settings(url="postgres://me@db.example/film"), None)
    assert urls.app == "postgresql+psycopg://reelwright_app@db.example/film"
    assert urls.system == "postgresql+psycopg://reelwright_system@db.example/film"
    assert not urls.derived


def test_with_a_password_theirs_follow_from_the_house_key():
    urls = external_urls(settings(url="postgresql://me:pw@db.example/film?sslmode=require"), KEY)
    app, system = make_url(urls.app), make_url(urls.system)
    assert (app.username, app.password) == (APP, derived_password(KEY, APP))
    assert (system.username, system.password) == (SYSTEM, derived_password(KEY, SYSTEM))
    assert app.password != system.password
    assert app.query == {"sslmode": "require"}
    assert urls.derived
    assert derived_password(b"x" * 32, APP) != app.password


def test_given_urls_win_and_nothing_is_derived():
    given = settings(
        url="postgresql://me:pw@db/film",
        app_url="postgresql://reelwright_app:a@db/film",
        system_url="postgresql://reelwright_system:s@db/film",
    )
    urls = external_urls(given, KEY)
    assert make_url(urls.app).username == APP
    assert not urls.derived


def test_a_password_without_a_key_says_what_to_set():
    with pytest.raises(InvalidInputError, match="APP_URL"):
        external_urls(settings(url="postgresql://me:pw@db/film"), None)


def test_a_replica_is_reached_as_the_app():
    given = settings(url="postgresql://me:pw@db/film", replica_url="postgresql://x:y@replica/film")
    urls = external_urls(given, KEY)
    replica = make_url(urls.replica or "")
    assert (replica.username, replica.host) == (APP, "replica")
    assert replica.password == derived_password(KEY, APP)


def test_urls_do_not_show_themselves():
    assert "pw" not in repr(external_urls(settings(url="postgresql://me:pw@db/film"), KEY))


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "no url: geheim"])
def test_what_is_no_postgres_is_refused_without_being_repeated(url):
    with pytest.raises(InvalidInputError) as caught:
        psycopg_url(url)
    assert "geheim" not in str(caught.value)


def test_time_outs_travel_with_the_connection_and_the_urls_own_options_win():
    url = with_options(
        "postgresql+psycopg://a:p@h/d?options=-c%20lock_timeout=1", DatabaseSettings(), 5
    )
    told = str(make_url(url).query["options"])
    assert told.startswith("-c statement_timeout=5000 -c lock_timeout=10000")
    assert told.endswith("-c lock_timeout=1")


def test_a_password_with_spaces_and_signs_reaches_libpq_as_it_was_written():
    url = psycopg_url("postgres://me:a%20long%20one%2B%40%2F@db.example/film")
    assert conninfo_to_dict(plain_dsn(url))["password"] == "a long one+@/"  # noqa: S105  # made up
    assert conninfo_to_dict(conninfo(url))["password"] == "a long one+@/"  # noqa: S105  # made up
    assert "password" not in conninfo_to_dict(conninfo(url, with_password=False))
