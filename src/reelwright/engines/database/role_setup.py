"""Making the two roles, checking that they are as weak as they must be, letting them sign in."""

import psycopg
import sqlalchemy as sa
from psycopg import sql

from reelwright.engines.database.roles import APP, SYSTEM, Urls, plain_dsn
from reelwright.ground.errors import EnvironmentFailedError

_OLDEST = 15
_ROLES = (APP, SYSTEM)
_SQL = "; ".join(f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD '...'" for role in _ROLES)


class ServerUnfitError(EnvironmentFailedError):
    """The Postgres server, or the owner's role on it, is not what we need."""

    code = "server_unfit"


class RolesUnsafeError(EnvironmentFailedError):
    """A role may more than it must, so row-level security would not hold."""

    code = "roles_unsafe"


def check_server(connection: sa.Connection) -> None:
    """Raise ServerUnfitError for a server too old, or an owner that may not make what is needed."""
    number = int(connection.scalar(sa.text("SHOW server_version_num")) or 0)
    if number // 10000 < _OLDEST:
        raise ServerUnfitError(
            f"the database server is Postgres {number // 10000}",
            way_out=f"Postgres {_OLDEST} or newer is needed",
        )
    me, may_make_roles, may_make_tables, name = connection.execute(_ME).one()
    if missing_roles(connection) and not may_make_roles:
        raise ServerUnfitError(
            f"the roles {APP} and {SYSTEM} are missing, and {me} may not make them",
            way_out=f"let an administrator run: {_SQL}; then set REELWRIGHT_DATABASE__APP_URL"
            " and REELWRIGHT_DATABASE__SYSTEM_URL to sign in with these passwords",
        )
    if not may_make_tables:
        raise ServerUnfitError(
            f"{me} may not make tables in schema public",
            way_out=f'let an administrator run: ALTER DATABASE "{name}" OWNER TO "{me}"',
        )


_ME = sa.text(
    "SELECT current_user, rolsuper OR rolcreaterole,"
    " has_schema_privilege('public', 'CREATE'), current_database()"
    " FROM pg_roles WHERE rolname = current_user"
)


def missing_roles(connection: sa.Connection) -> list[str]:
    """Which of the two roles the server lacks."""
    there = connection.scalars(
        sa.text("SELECT rolname FROM pg_roles WHERE rolname = ANY (:names)"),
        {"names": list(_ROLES)},
    ).all()
    return [role for role in _ROLES if role not in there]


def ensure_roles(connection: sa.Connection) -> None:
    """Make the roles the server lacks; several databases of one server share them."""
    for role in missing_roles(connection):
        connection.execute(
            sa.text(
                f"""DO $$ BEGIN CREATE ROLE {role} LOGIN NOINHERIT;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
            )
        )


def check_roles(connection: sa.Connection) -> None:
    """Raise RolesUnsafeError unless both roles are weak: nobody's members, and bound by policies."""
    rows = connection.execute(_STRENGTH, {"names": list(_ROLES)})
    for role, strong, memberships in rows:
        if strong:
            raise RolesUnsafeError(
                f"the role {role} is a superuser or passes by row-level security",
                way_out=f"let an administrator run: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS"
                " NOCREATEROLE",
            )
        if memberships:
            raise RolesUnsafeError(
                f"the role {role} may become {', '.join(memberships)}",
                way_out=f"let an administrator run: REVOKE {', '.join(memberships)} FROM {role}",
            )


# A role that may become another passes by what row-level security says of itself.
_STRENGTH = sa.text(
    "SELECT r.rolname, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole,"
    " array(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
    "  WHERE m.member = r.oid AND g.rolname NOT LIKE 'pg\\_%')"
    " FROM pg_roles r WHERE r.rolname = ANY (:names)"
)


def set_passwords(urls: Urls) -> list[str]:
    """Give the two roles the passwords that follow from the house's key; returns whose was changed.

    A role that can sign in already is left alone. The server gets the scram verifier only, so that
    the password is in none of its logs. Raises ServerUnfitError when the owner may not set them.
    """
    if not urls.derived:
        return []
    changed = []
    for role, url in ((APP, urls.app), (SYSTEM, urls.system)):
        parsed = sa.make_url(url)
        if parsed.username != role or can_sign_in(url):
            continue
        _set_password(urls.owner, role, (parsed.password or "").encode())
        changed.append(role)
    return changed


def _set_password(owner: str, role: str, password: bytes) -> None:
    with psycopg.connect(conninfo(owner)) as connection:
        verifier = connection.pgconn.encrypt_password(password, role.encode(), b"scram-sha-256")
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(verifier.decode())
        )
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            raise ServerUnfitError(
                f"{connection.info.user} may not set the password of {role}, which another has made",
                way_out="set REELWRIGHT_DATABASE__APP_URL and REELWRIGHT_DATABASE__SYSTEM_URL"
                " to sign in with the passwords they were given",
            ) from error


def server_version(url: str) -> str:
    """What the server calls itself: 18.4."""
    with psycopg.connect(conninfo(url)) as connection:
        return str(connection.info.parameter_status("server_version"))


def can_sign_in(url: str) -> bool:
    """Whether a URL lets in."""
    try:
        with psycopg.connect(conninfo(url), connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


def conninfo(url: str, *, with_password: bool = True) -> str:
    """A SQLAlchemy URL in libpq's words."""
    parsed = sa.make_url(url)
    if not with_password:
        parsed = sa.URL.create(
            "postgresql",
            username=parsed.username,
            host=parsed.host,
            port=parsed.port,
            database=parsed.database,
            query=parsed.query,
        )
    return plain_dsn(parsed.render_as_string(hide_password=False))
