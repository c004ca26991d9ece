"""`reelwright db`: the database's state, upgrade, backup, restore, and what would make it faster."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.app.settings import Settings
    from reelwright.engines.database.migrating import Migrations, MigrationState
    from reelwright.engines.database.optimisation import Optimisation
    from reelwright.engines.database.roles import Urls
    from reelwright.engines.storage.objects import Objects

db = App(name="db", help="Look after the database: status, upgrade, backup, restore, analyse.")


@db.command
def status(*, as_json: Json = False) -> None:
    """Show which database it is, which step its tables are at, and who can sign in."""
    from reelwright.engines.database.role_setup import can_sign_in, server_version

    with _server() as (_, urls):
        state = _state(urls)
        row: dict[str, Any] = {
            "kind": "embedded" if urls.embedded else "external",
            "server": server_version(urls.owner),
            "step": state.current,
            "newest": state.newest,
            "pending": list(state.pending),
            "known": state.known,
            "app_signs_in": can_sign_in(urls.app),
            "system_signs_in": can_sign_in(urls.system),
        }
        if urls.replica:
            row["replica_signs_in"] = can_sign_in(urls.replica)
    if as_json:
        print(json.dumps(row))
        return
    print(f"Postgres {row['server']}, {row['kind']}")
    if not state.known:
        print(f"step {state.current}: made by a newer reelwright")
    elif state.pending:
        print(f"step {state.current or 'none'} of {state.newest}: run `reelwright db upgrade`")
    else:
        print(f"step {state.current}: up to date")
    for role in ("app", "system", "replica"):
        if f"{role}_signs_in" in row:
            print(f"{role}: {'signs in' if row[f'{role}_signs_in'] else 'CANNOT sign in'}")


@db.command
def upgrade(*, as_json: Json = False) -> None:
    """Bring the tables to what this version needs, and let the two roles sign in."""
    with _server() as (_, urls):
        before = _migrations().current(urls.owner)
        after = _bring_up(urls)
    if as_json:
        print(json.dumps({"before": before, "after": after}))
    elif before == after:
        print(f"step {after}: was up to date")
    else:
        print(f"step {before or 'none'} -> {after}")


@db.command
def backup(file: Path, /, *, as_json: Json = False) -> None:
    """Write database, blobs and keys into one FILE. It holds the keys: keep it as you keep them."""
    import anyio

    import reelwright
    from reelwright.engines.database.archives.backup import make_backup
    from reelwright.engines.database.choice import open_owner
    from reelwright.faces.cli.screen import Screen
    from reelwright.ground.clock import SystemClock

    settings = _settings()

    async def make() -> Any:
        with open_owner(settings.database, settings.home) as url, Screen() as screen:
            return await make_backup(
                file,
                url=url,
                migrations=_migrations(),
                blobs=_objects(settings),
                keys=settings.home / "keys",
                made_at=SystemClock().now(),
                version=reelwright.__version__,
                told=screen,
            )

    manifest = anyio.run(make)
    _tell_archive(file, manifest, as_json=as_json)


@db.command
def restore(file: Path, /, *, as_json: Json = False) -> None:
    """Restore a backup FILE into an empty home and an empty database; verified before anything."""
    import anyio

    from reelwright.engines.database.archives.restore import restore_backup
    from reelwright.engines.database.choice import open_owner
    from reelwright.faces.cli.screen import Screen

    settings = _settings()

    async def bring_back() -> Any:
        with open_owner(settings.database, settings.home) as url, Screen() as screen:
            manifest, _ = await restore_backup(
                file,
                home=settings.home,
                url=url,
                migrations=_migrations(),
                blobs=_objects(settings),
                keys=settings.home / "keys",
                told=screen,
            )
            return manifest

    manifest = anyio.run(bring_back)
    with _server() as (_, urls):  # only now: its passwords follow from the key that was restored
        _bring_up(urls)
    _tell_archive(file, manifest, as_json=as_json)


@db.command
def analyse(
    *,
    most: Annotated[int, Parameter(help="how many slow statements")] = 10,
    as_json: Json = False,
) -> None:
    """Show slow statements, missing and useless indexes, and tables that want tidying."""
    from dataclasses import asdict

    import anyio

    from reelwright.engines.database.database import connect
    from reelwright.engines.database.indexes import IndexingStrategy
    from reelwright.engines.database.optimisation import OptimizationService
    from reelwright.engines.database.slow_statements import QueryOptimizer

    async def look(settings: "Settings", urls: "Urls") -> "Optimisation":
        database = connect(settings.database, urls, application="reelwright db analyse")
        try:
            queries, indexing = QueryOptimizer(database), IndexingStrategy(database)
            return await OptimizationService(database, queries, indexing).analyse(most)
        finally:
            await database.dispose()

    with _server() as (settings, urls):
        _migrations().check(urls.owner)
        found = anyio.run(look, settings, urls)
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        _show_findings(found)


def _settings() -> "Settings":
    from reelwright.app.setting_sources import load

    return load().settings


@contextmanager
def _server() -> "Iterator[tuple[Settings, Urls]]":
    from reelwright.engines.database.choice import open_server
    from reelwright.engines.secrets.keys import house_key

    settings = _settings()
    given = settings.secrets.house_key
    key = house_key(settings.home, "database", given=given.get_secret_value() if given else None)
    with open_server(settings.database, settings.home, key) as urls:
        yield settings, urls


def _state(urls: "Urls") -> "MigrationState":
    """Where the database stands; who asks for the status is told the driver's own words."""
    from reelwright.engines.database.failures import DatabaseUnavailableError

    try:
        return _migrations().state(urls.owner)
    except DatabaseUnavailableError as error:
        words = str(getattr(error.__cause__, "orig", error)).splitlines()[0]
        raise DatabaseUnavailableError(
            words, way_out="look at the server, and at REELWRIGHT_DATABASE_URL"
        ) from error


def _migrations() -> "Migrations":
    import reelwright.app.migrations
    from reelwright.engines.database.migrating import Migrations

    return Migrations(Path(reelwright.app.migrations.__file__).parent)


def _bring_up(urls: "Urls") -> str | None:
    """Our tables, the durable engine's, and the roles' passwords."""
    from reelwright.engines.database.migrating import bring_up_to_date
    from reelwright.engines.durable.upgrading import upgrade_engine

    state = bring_up_to_date(_migrations(), urls)
    upgrade_engine(urls.owner)
    return state.current


def _objects(settings: "Settings") -> "Objects":
    from reelwright.engines.storage.objects_open import open_objects, signed_urls
    from reelwright.ground.clock import SystemClock

    # Nobody signs a URL here, and restoring must not make a key: any secret will do.
    urls = signed_urls(settings.storage, bytes(32), SystemClock())
    return open_objects(settings.storage, settings.home, urls)


def _tell_archive(file: Path, manifest: Any, *, as_json: bool) -> None:
    from reelwright.engines.database.archives.archive import BLOBS, KEYS

    counts = {"blobs": len(manifest.below(BLOBS)), "keys": len(manifest.below(KEYS))}
    if as_json:
        told = {"file": str(file), "step": manifest.step, "bytes": manifest.size, **counts}
        print(json.dumps(told | {"made_at": manifest.made_at}))
    else:
        print(
            f"{file}: database at step {manifest.step}, {counts['blobs']} blobs,"
            f" {counts['keys']} keys, {manifest.size / 1e6:.1f} MB"
        )


def _show_findings(found: "Optimisation") -> None:
    print(f"{found.size / 1e6:.1f} MB")
    for one in found.slow:
        p95 = f" p95 {one.p95_ms:.1f}" if one.p95_ms is not None else ""
        print(
            f"{one.total_ms:>10.0f} ms in {one.calls} calls, mean {one.mean_ms:.1f}{p95}"
            f" longest {one.longest_ms:.1f}: {one.statement[:160]}"
        )
    for advice in [*found.indexes, *found.tables]:
        print(
            f"{advice.table}: {advice.detail}{'; ' + advice.statement if advice.statement else ''}"
        )
    if not (found.slow or found.indexes or found.tables):
        print("nothing stands out")
