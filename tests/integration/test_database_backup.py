"""Backup and restore: what was there is there again, and nothing half is ever left."""

import hashlib
import os
import zipfile
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from reelwright.engines.database.archives.archive import ArchiveDamagedError, open_archive
from reelwright.engines.database.archives.backup import make_backup
from reelwright.engines.database.archives.programs import ProgramFailedError, find_programs
from reelwright.engines.database.archives.restore import NotEmptyError, restore_backup
from reelwright.engines.database.database import connect
from reelwright.engines.database.migrating import DatabaseNewerError
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError
from reelwright.ground.progress import Silent
from support.databases import MIGRATIONS
from support.tenants import add_props, owner, stranger, urls_of

pytestmark = pytest.mark.anyio

WHO = stranger()
STILLS = {f"{WHO.workspace}/2026-11/image/still-{n}.png": os.urandom(n * 700_000) for n in range(4)}


def storage(home):
    return DiskObjects(home / "objects", SignedUrls(b"x" * 32, SystemClock()))


@pytest.fixture
def empty(server):
    url = server.create_empty()
    yield url
    server.drop(url)


@pytest.fixture
async def house(database_url, tmp_path):
    """A database with a tenant's rows, blobs and a key."""
    add_props(database_url)
    with owner(database_url) as connection:
        for number in range(3):
            connection.execute(
                text("INSERT INTO props VALUES (:w, :n)"),
                {"w": WHO.workspace, "n": f"lamp {number}"},
            )
    home = tmp_path / "house"
    for key, data in STILLS.items():
        await storage(home).put(key, data, media_type="image/png")
    keys = home / "keys"
    keys.mkdir(mode=0o700)
    (keys / "house.key").write_bytes(b"secret" * 6)
    return database_url, home


async def back_up(url, home, file, told=None):
    return await make_backup(
        file,
        url=url,
        migrations=MIGRATIONS,
        blobs=storage(home),
        keys=home / "keys",
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
        version="0.2",
        told=told or Silent(),
    )


async def bring_back(url, home, file):
    return await restore_backup(
        file,
        home=home,
        url=url,
        migrations=MIGRATIONS,
        blobs=storage(home),
        keys=home / "keys",
        told=Silent(),
    )


def contents(url):
    """Every row of every table, so that two databases can be compared."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        tables = connection.scalars(
            text(
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
            )
        ).all()
        return {
            table: sorted(map(str, connection.execute(text(f"TABLE {table}"))))
            for table in sorted(tables)
        }


async def test_a_house_that_burnt_down_stands_again(house, empty, server, tmp_path):
    url, home = house
    before = contents(url)
    file = tmp_path / "house.backup"
    manifest = await back_up(url, home, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))
    assert manifest.step == MIGRATIONS.newest
    server.drop(url)

    new_home = tmp_path / "new"
    await bring_back(empty, new_home, file)
    assert contents(empty) == before
    assert len(before["props"]) == 3
    for key, data in STILLS.items():
        assert await storage(new_home).get(key) == data
    assert (new_home / "keys/house.key").read_bytes() == b"secret" * 6
    assert (new_home / "keys/house.key").stat().st_mode & 0o777 == 0o600
    assert not (new_home / "restoring").exists()

    database = connect(DatabaseSettings(), urls_of(empty))
    async with database.read(WHO) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM props")) == 3
    async with database.read(stranger()) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM props")) == 0
    await database.dispose()
    assert (await back_up(empty, new_home, tmp_path / "again")).step == manifest.step


async def test_nothing_is_restored_over_something(house, empty, tmp_path):
    url, home = house
    file = tmp_path / "house.backup"
    await back_up(url, home, file)
    with pytest.raises(NotEmptyError, match="tables already"):
        await bring_back(url, tmp_path / "new", file)
    with pytest.raises(NotEmptyError, match="keys"):
        await bring_back(empty, home, file)
    assert contents(empty) == {}
    assert not (tmp_path / "new").exists()


async def test_a_damaged_archive_changes_nothing(house, empty, tmp_path):
    url, home = house
    file = tmp_path / "house.backup"
    await back_up(url, home, file)
    whole = file.read_bytes()
    place = whole.index(STILLS[next(key for key in STILLS if STILLS[key])][:64]) + 1000
    for broken in (
        whole[: len(whole) // 2],
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
    ):
        file.write_bytes(broken)
        with pytest.raises(ArchiveDamagedError):
            await bring_back(empty, tmp_path / "new", file)
    assert contents(empty) == {}
    assert not (tmp_path / "new").exists()


async def test_a_name_that_climbs_out_of_the_house_is_refused(tmp_path):
    file = tmp_path / "bad.backup"
    data = b"x"
    entry = f'{{"name":"blobs/../../x","size":1,"sha256":"{hashlib.sha256(data).hexdigest()}"}}'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("blobs/../../x", data)
        archive.writestr(
            "manifest.json",
            f'{{"format":1,"made_at":"","version":"","step":null,"server_major":15,"entries":[{entry}]}}',
        )
    with open_archive(file) as archive, pytest.raises(ArchiveDamagedError, match="no name of ours"):
        archive.verify(Silent())


async def test_a_backup_that_fails_leaves_no_file(house, tmp_path):
    url, home = house

    class Failing(Silent):
        def begin(self, stage, total):
            if stage == "blobs":
                raise KeyboardInterrupt

    file = tmp_path / "house.backup"
    with pytest.raises(KeyboardInterrupt):
        await back_up(url, home, file, Failing())
    assert not list(tmp_path.glob("house.backup*"))
    file.write_bytes(b"another's")
    with pytest.raises(ConflictError):
        await back_up(url, home, file)
    assert file.read_bytes() == b"another's"


async def test_an_interrupted_restore_goes_on(house, empty, tmp_path):
    url, home = house
    file = tmp_path / "house.backup"
    await back_up(url, home, file)
    new_home = tmp_path / "new"

    class Dying(DiskObjects):
        async def put_file(self, key, path, *, media_type, name=None, told=None):
            if "still-2" in key:
                raise KeyboardInterrupt
            await super().put_file(key, path, media_type=media_type)

    blobs = Dying(new_home / "objects", SignedUrls(b"x" * 32, SystemClock()))
    with pytest.raises(KeyboardInterrupt):
        await restore_backup(
            file,
            home=new_home,
            url=empty,
            migrations=MIGRATIONS,
            blobs=blobs,
            keys=new_home / "keys",
            told=Silent(),
        )
    assert contents(empty) == {}
    await bring_back(empty, new_home, file)
    assert contents(empty) == contents(url)
    for key, data in STILLS.items():
        assert await storage(new_home).get(key) == data


async def test_a_backup_of_a_newer_reelwright_is_refused(house, empty, tmp_path):
    url, home = house
    with owner(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    file = tmp_path / "house.backup"
    await back_up(url, home, file)
    with pytest.raises(DatabaseNewerError):
        await bring_back(empty, tmp_path / "new", file)


def test_programs_are_never_older_than_the_server():
    assert find_programs(15).major >= 15
    with pytest.raises(ProgramFailedError):
        find_programs(99)
