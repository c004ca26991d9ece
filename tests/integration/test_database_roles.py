"""On a server of somebody else's: what an owner without superuser's rights needs, and is told."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from reelwright.engines.database.archives.backup import PoliciesMissingError, _look
from reelwright.engines.database.choice import open_server
from reelwright.engines.database.database import connect
from reelwright.engines.database.embedded import EmbeddedPostgres
from reelwright.engines.database.migrating import bring_up_to_date
from reelwright.engines.database.role_setup import (
    RolesUnsafeError,
    ServerUnfitError,
    can_sign_in,
    check_roles,
    check_server,
    ensure_roles,
    set_passwords,
)
from reelwright.engines.database.roles import APP, external_urls
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.ground.errors import InvalidInputError
from support.databases import MIGRATIONS
from support.tenants import add_props, owner, stranger

KEY = b"k" * 32
_IS_SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")


@pytest.fixture
def somebody(server):
    """Makes owners of fresh databases, with the rights a test names; drops all afterwards."""
    made = []

    def make(rights):
        name = f"owner_{uuid.uuid4().hex[:8]}"
        url = sa.make_url(server.url("postgres"))
        with owner(server.url("postgres")) as admin:
            admin.execute(text(f"CREATE ROLE {name} LOGIN {rights} PASSWORD 'pw'"))
            if (admin.dialect.server_version_info or ()) >= (16,):
                ensure_roles(admin)
                admin.execute(text(f"GRANT {name} TO CURRENT_USER"))
                admin.execute(text(f"GRANT {APP}, reelwright_system TO {name} WITH ADMIN OPTION"))
            admin.execute(text(f"CREATE DATABASE {name} OWNER {name}"))
        made.append(name)
        changed = url.set(username=name, password="pw", database=name)  # noqa: S106 - a test's
        return changed.render_as_string(hide_password=False)

    yield make
    with owner(server.url("postgres")) as admin:
        for name in made:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            admin.execute(text(f"DROP ROLE {name}"))


def test_an_owner_that_may_make_roles_needs_no_superuser(somebody):
    url = somebody("CREATEROLE")
    assert not MIGRATIONS.upgrade(url).pending
    assert MIGRATIONS.upgrade(url).current == MIGRATIONS.newest


def test_the_owner_sees_all_rows_though_policies_bind_it(somebody):
    url = somebody("CREATEROLE")
    MIGRATIONS.upgrade(url)
    add_props(url)
    with owner(url) as connection:
        connection.execute(text("INSERT INTO props VALUES ('ws_1', 'lamp')"))
        assert connection.scalar(text("SELECT count(*) FROM props")) == 1
        assert not _look(url)[1]
        connection.execute(text("DROP POLICY owner_all ON props"))
        assert connection.scalar(text("SELECT count(*) FROM props")) == 0
    with pytest.raises(PoliciesMissingError, match="props"):
        _look(url)


def test_an_owner_that_may_not_make_roles_is_told_the_sql(somebody, monkeypatch):
    url = somebody("NOCREATEROLE")
    with owner(url) as connection:
        check_server(connection)  # the roles are there: another database of this server has them
        monkeypatch.setattr("reelwright.engines.database.role_setup._ROLES", ("nobody_yet",))
        with pytest.raises(ServerUnfitError) as caught:
            check_server(connection)
    assert "CREATE ROLE reelwright_app LOGIN NOINHERIT" in str(caught.value)


@pytest.mark.anyio
async def test_an_owner_that_may_not_set_passwords_is_told_what_to_set(tmp_path):
    with EmbeddedPostgres(idle_s=1, durable=False).attach(tmp_path) as attachment:
        urls = external_urls(DatabaseSettings(url=attachment.url), KEY)
        bring_up_to_date(MIGRATIONS, urls)
        unknown = sa.make_url(urls.app).set(password="unknown")  # noqa: S106 - a test's
        poor = replace(urls, owner=urls.system, app=unknown.render_as_string(hide_password=False))
        with pytest.raises(ServerUnfitError, match="reelwright_app") as caught:
            set_passwords(poor)
    assert "REELWRIGHT_DATABASE__APP_URL" in str(caught.value.way_out)


def test_an_owner_of_no_schema_is_told_the_sql(somebody):
    url = somebody("CREATEROLE")
    with owner(url) as connection:
        connection.execute(text("REVOKE ALL ON SCHEMA public FROM pg_database_owner"))
        with pytest.raises(ServerUnfitError, match="OWNER TO"):
            check_server(connection)


@pytest.mark.parametrize(
    ("harm", "way_out"),
    [
        ("ALTER ROLE reelwright_app BYPASSRLS", "NOBYPASSRLS"),
        ("GRANT reelwright_system TO reelwright_app", "REVOKE reelwright_system"),
    ],
)
def test_a_role_that_has_become_too_strong_is_refused(database_url, harm, way_out):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:  # never committed: roles belong to the whole server
        if "BYPASSRLS" in harm and not connection.scalar(_IS_SUPERUSER):
            pytest.skip("only a superuser can do this harm; the embedded owner is none")
        connection.execute(text(harm))
        with pytest.raises(RolesUnsafeError, match=way_out):
            check_roles(connection)
        connection.rollback()


def test_a_server_that_is_too_old_is_refused():
    class Old:
        def scalar(self, _):
            return "140011"

    old: Any = Old()
    with pytest.raises(ServerUnfitError, match="15"):
        check_server(old)


@pytest.mark.anyio
async def test_the_roles_sign_in_with_what_follows_from_the_house_key(tmp_path):
    with EmbeddedPostgres(idle_s=1, durable=False).attach(tmp_path) as attachment:
        settings = DatabaseSettings(url=attachment.url)
        urls = external_urls(settings, KEY)
        assert not can_sign_in(urls.app)
        bring_up_to_date(MIGRATIONS, urls)
        assert can_sign_in(urls.app)
        assert can_sign_in(urls.system)
        assert not can_sign_in(external_urls(settings, b"x" * 32).app)
        assert set_passwords(urls) == []  # who can sign in already is left alone
        database = connect(settings, urls)
        async with database.transaction(stranger()) as tx:
            assert await tx.scalar(text("SELECT current_user")) == APP
        await database.dispose()
        with open_server(settings, tmp_path, KEY) as opened:
            assert opened == urls
        with pytest.raises(InvalidInputError), open_server(settings, tmp_path):
            pass
