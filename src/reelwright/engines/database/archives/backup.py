"""Making a backup: the database in one snapshot, then the blobs, then the keys.

Blobs never change under a key and are only deleted a grace period after the last row that names
them went. So those listed after the dump hold all that the dump names, and nothing has to stop.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from reelwright.engines.database.archives.archive import (
    BLOBS,
    CHUNK,
    DATABASE,
    KEYS,
    ArchiveWriter,
    Manifest,
    new_archive,
)
from reelwright.engines.database.archives.programs import find_programs
from reelwright.engines.database.failures import translated
from reelwright.engines.database.migrating import Migrations
from reelwright.ground.errors import EnvironmentFailedError, Kind, ReelwrightError
from reelwright.ground.progress import Progress


class BlobInfo(Protocol):
    """A blob in a list."""

    @property
    def key(self) -> str: ...

    @property
    def size(self) -> int: ...


class BlobSource(Protocol):
    """Where blobs are; object storage is one."""

    def list(self, prefix: str = "") -> AsyncIterator[Any]:
        """All blobs, each a BlobInfo, in no promised order."""
        ...

    def stream(self, key: str) -> AsyncIterator[bytes]:
        """A blob's bytes; raises a ReelwrightError of kind missing when it has gone."""
        ...


class PoliciesMissingError(EnvironmentFailedError):
    """The owner does not see all rows of a table, so a dump would lack some."""

    code = "owner_policies_missing"


async def make_backup(
    file: Path,
    *,
    url: str,
    migrations: Migrations,
    blobs: BlobSource,
    keys: Path,
    made_at: datetime,
    version: str,
    told: Progress,
) -> Manifest:
    """Write everything into `file`; `url` signs in as the owner, `keys` is the folder of keys.

    Raises ConflictError (the file is there), ProgramFailedError, DatabaseUnavailableError.
    """
    server_major, sees_all = _look(url)
    step = migrations.current(url)
    with new_archive(file) as archive:
        _dump(archive, url, server_major, told, sees_all=sees_all)
        await _copy_blobs(archive, blobs, told)
        _copy_keys(archive, keys)
        return archive.finish(
            made_at=made_at.isoformat(), version=version, step=step, server_major=server_major
        )


def _look(url: str) -> tuple[int, bool]:
    """The server's version, and whether row-level security passes the owner by."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            number, sees_all = connection.execute(
                sa.text(
                    "SELECT current_setting('server_version_num')::int, rolsuper OR rolbypassrls"
                    " FROM pg_roles WHERE rolname = current_user"
                )
            ).one()
            hidden = [] if sees_all else connection.scalars(_HIDDEN).all()
    except sa.exc.SQLAlchemyError as error:
        raise translated(error) or error from error
    if hidden:
        raise PoliciesMissingError(
            f"row-level security hides rows of {', '.join(hidden)} from the owner",
            way_out="let an administrator make the backup",
        )
    return number // 10000, sees_all


# Forced tables on which no policy lets the current user at everything.
_HIDDEN = sa.text("""
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relforcerowsecurity AND NOT EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd = '*'
        AND pg_get_expr(p.polqual, c.oid) = 'true'
        AND p.polroles @> ARRAY[current_user::regrole::oid])
""")


def _dump(
    archive: ArchiveWriter, url: str, server_major: int, told: Progress, *, sees_all: bool
) -> None:
    programs = find_programs(server_major)
    words = ["pg_dump", "--format=custom", "--no-owner", "--no-tablespaces", "--no-password"]
    if not sees_all:
        # Forced policies bind the owner too; without this pg_dump refuses. `_look` has made sure
        # that they hide nothing.
        words.append("--enable-row-security")
    told.begin("database", 1)
    with programs.run(words, url, stdout=-1) as dump, archive.entry(DATABASE) as entry:
        assert dump.stdout is not None
        while chunk := dump.stdout.read(CHUNK):
            entry.write(chunk)
    told.advance("database", 1)


async def _copy_blobs(archive: ArchiveWriter, blobs: BlobSource, told: Progress) -> None:
    found: list[BlobInfo] = [one async for one in blobs.list()]
    told.begin("blobs", sum(one.size for one in found))
    gone = 0
    for blob in sorted(found, key=lambda one: one.key):
        try:
            chunks = blobs.stream(blob.key)
            first = await anext(aiter(chunks), b"")
        except ReelwrightError as error:
            if error.kind is not Kind.MISSING:
                raise
            gone += 1  # swept since the list: nothing has named it for a grace period
            continue
        with archive.entry(BLOBS + blob.key) as entry:
            entry.write(first)
            told.advance("blobs", len(first))
            async for chunk in chunks:
                entry.write(chunk)
                told.advance("blobs", len(chunk))
    if gone:
        told.warn(f"{gone} blobs were swept while the backup was made; nothing named them any more")


def _copy_keys(archive: ArchiveWriter, keys: Path) -> None:
    for path in sorted(keys.rglob("*")) if keys.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            archive.add(KEYS + path.relative_to(keys).as_posix(), _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
