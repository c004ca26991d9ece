"""Restoring a backup into an empty house: verified first, the database last and as a whole.

The keys and blobs come first, because a database that names what is not there is worse than blobs
that nobody names yet. A run that was killed leaves a mark, by which the same archive may go on.
"""

import mimetypes
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from reelwright.engines.database.archives.archive import (
    BLOBS,
    CHUNK,
    DATABASE,
    KEYS,
    ArchiveReader,
    Manifest,
    digest,
    open_archive,
)
from reelwright.engines.database.archives.programs import Programs, find_programs
from reelwright.engines.database.failures import translated
from reelwright.engines.database.migrating import (
    DatabaseNewerError,
    Migrations,
    MigrationState,
)
from reelwright.engines.database.role_setup import check_server, ensure_roles
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.progress import Progress

_WORK = "restoring"
_MARK = "archive"
# The former owner's policies name a role that may not exist here; its default rights likewise.
_LEFT_OUT = re.compile(r" (POLICY \S+ \S+ owner_all|DEFAULT ACL) ")


class BlobTarget(Protocol):
    """Where blobs go; object storage is one."""

    def list(self, prefix: str = "") -> AsyncIterator[Any]:
        """All blobs that are there."""
        ...

    async def put_file(self, key: str, path: Path, *, media_type: str) -> None:
        """Keep a file under a key, in place of what was there."""
        ...


class NotEmptyError(ConflictError):
    """There is something already where the backup should go; nothing was changed."""

    code = "restore_not_empty"


async def restore_backup(
    file: Path,
    *,
    home: Path,
    url: str,
    migrations: Migrations,
    blobs: BlobTarget,
    keys: Path,
    told: Progress,
) -> tuple[Manifest, MigrationState]:
    """Restore everything and bring it up to date; changes nothing before all of it was verified.

    `url` signs in as the owner; the two roles' passwords are the caller's affair. Raises
    ArchiveDamagedError, NotEmptyError, DatabaseNewerError, ProgramFailedError.
    """
    with open_archive(file) as archive:
        work = home / _WORK
        goes_on = _is_same(work, archive.manifest)
        server_major = _check_database(archive.manifest, migrations, url)
        if not goes_on:
            await _check_home(archive, blobs, keys)
        archive.verify(told)
        work.mkdir(parents=True, mode=0o700, exist_ok=True)
        (work / _MARK).write_text(digest(archive.manifest), encoding="ascii")
        _restore_keys(archive, keys)
        await _restore_blobs(archive, blobs, work, told)
        told.begin("database", 1)
        archive.unpack(DATABASE, work / DATABASE)
        _restore_database(work / DATABASE, url, server_major)
        state = migrations.upgrade(url)
        told.advance("database", 1)
        shutil.rmtree(work)
        return archive.manifest, state


def _is_same(work: Path, manifest: Manifest) -> bool:
    """Whether an earlier run with this archive was interrupted here."""
    try:
        return (work / _MARK).read_text(encoding="ascii") == digest(manifest)
    except FileNotFoundError:
        return False


def _check_database(manifest: Manifest, migrations: Migrations, url: str) -> int:
    """Refuse what cannot end well; returns the server's major version."""
    if manifest.step is not None and manifest.step not in migrations.steps:
        raise DatabaseNewerError(
            f"the backup is at step {manifest.step}, which this reelwright does not know",
            way_out="restore it with the newer reelwright that made it",
        )
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            check_server(connection)
            major = int(connection.scalar(sa.text("SHOW server_version_num")) or 0) // 10000
            tables = connection.scalars(_TABLES).all()
    except sa.exc.SQLAlchemyError as error:
        raise translated(error) or error from error
    if major < manifest.server_major:
        raise InvalidInputError(
            f"the backup is of Postgres {manifest.server_major}, this server is {major}",
            way_out="restore it on a server at least as new",
        )
    if tables:
        raise NotEmptyError(
            f"the database has tables already ({', '.join(tables[:3])}, ...)",
            way_out="give an empty database by REELWRIGHT_DATABASE_URL, or an empty home by"
            " REELWRIGHT_HOME",
        )
    return major


_TABLES = sa.text("""
    SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^(pg_|information_schema$)'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1 LIMIT 4
""")


async def _check_home(archive: ArchiveReader, blobs: BlobTarget, keys: Path) -> None:
    for entry in archive.manifest.below(KEYS):
        if (keys / entry.name.removeprefix(KEYS)).exists():
            raise NotEmptyError(
                f"there are keys in {keys} already", way_out="restore into an empty REELWRIGHT_HOME"
            )
    async for one in blobs.list():
        raise NotEmptyError(
            f"there are blobs already ({one.key})",
            way_out="restore into an empty REELWRIGHT_HOME, or an empty bucket",
        )


def _restore_keys(archive: ArchiveReader, keys: Path) -> None:
    for entry in archive.manifest.below(KEYS):
        path = keys / entry.name.removeprefix(KEYS)
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        part = path.with_name(path.name + ".part")
        archive.unpack(entry.name, part)
        part.replace(path)


async def _restore_blobs(
    archive: ArchiveReader, blobs: BlobTarget, work: Path, told: Progress
) -> None:
    entries = archive.manifest.below(BLOBS)
    told.begin("blobs", sum(one.size for one in entries))
    for entry in entries:
        key = entry.name.removeprefix(BLOBS)
        # A file of its own each time: storage on this disk links it instead of copying it.
        draft = work / "blob"
        archive.unpack(entry.name, draft)
        media_type = mimetypes.guess_type(key)[0] or "application/octet-stream"
        await blobs.put_file(key, draft, media_type=media_type)
        draft.unlink(missing_ok=True)
        told.advance("blobs", entry.size)


def _restore_database(dump: Path, url: str, server_major: int) -> None:
    """Everything in one transaction: the database is restored, or still empty."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        ensure_roles(connection)
    programs = find_programs(server_major)
    toc = dump.with_suffix(".toc")
    _write_toc(programs, dump, toc)
    script = ["pg_restore", "--no-owner", f"--use-list={toc}", "--file=-", str(dump)]
    client = ["psql", "-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "--no-password"]
    with (
        programs.run(script, stdout=subprocess.PIPE) as restore,
        programs.run(client, url, stdin=subprocess.PIPE) as psql,
    ):
        assert psql.stdin is not None
        assert restore.stdout is not None
        in_preamble = server_major < 17
        while in_preamble and (line := restore.stdout.readline()):
            # Newer programs set what older servers do not know. Only before the first object:
            # behind it, such a line would be somebody's data.
            if not line.startswith(b"SET transaction_timeout"):
                psql.stdin.write(line)
            in_preamble = not line.startswith(b"-- Name:")
        while chunk := restore.stdout.read(CHUNK):
            psql.stdin.write(chunk)
        if restore.wait() == 0:  # else the half of it must not be committed
            psql.stdin.write(_OWNER_POLICIES)
        else:
            psql.stdin.write(b"\nDO $$ BEGIN RAISE 'the archive ended early'; END $$;\n")
        psql.stdin.close()
        psql.wait()


def _write_toc(programs: Programs, dump: Path, toc: Path) -> None:
    with programs.run(["pg_restore", "--list", str(dump)], stdout=subprocess.PIPE) as listing:
        assert listing.stdout is not None
        lines = listing.stdout.read().decode().splitlines()
    kept = [line for line in lines if not _LEFT_OUT.search(line)]
    toc.write_text("\n".join(kept) + "\n", encoding="utf-8")


_OWNER_POLICIES = b"""
DO $$ DECLARE one regclass; BEGIN
    FOR one IN SELECT oid FROM pg_catalog.pg_class
        WHERE relkind IN ('r', 'p') AND relforcerowsecurity
    LOOP
        EXECUTE pg_catalog.format(
            'CREATE POLICY owner_all ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', one);
    END LOOP;
END $$;
"""
