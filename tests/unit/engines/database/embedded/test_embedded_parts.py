import subprocess
import sys

import pytest
import sqlalchemy as sa

from reelwright.engines.database import roles
from reelwright.engines.database.embedded import address, machine
from reelwright.engines.database.embedded.address import Address
from reelwright.engines.database.embedded.binaries import find
from reelwright.engines.database.embedded.locks import Lock, is_taken
from reelwright.engines.database.embedded.place import Place, read_private, write_private
from reelwright.engines.database.embedded.status import status
from reelwright.engines.database.embedded.tuning import options
from reelwright.ground.errors import EnvironmentFailedError


def an_address(folder="/run/user/1/reelwright-x"):
    passwords = {"reelwright": "p@ss/word?", "reelwright_app": "a", "reelwright_system": "s"}
    return Address(folder, 1, 2, "18.4", "2026-11-20T12:00:00+00:00", passwords)


def test_a_url_reads_back_whatever_the_password_and_the_folder_hold():
    url = sa.make_url(an_address("/run/a b&c").url("reelwright"))
    assert (url.drivername, url.username, url.password) == (
        "postgresql+psycopg",
        "reelwright",
        "p@ss/word?",
    )
    assert (url.database, url.query["host"], url.query["port"]) == (
        "reelwright",
        "/run/a b&c",
        "5432",
    )


def test_an_address_shows_no_password():
    assert "word" not in repr(an_address())


def test_an_address_is_written_for_its_owner_alone_and_read_back(tmp_path):
    place = Place(tmp_path)
    an_address().write(place)
    assert place.dsn.stat().st_mode & 0o777 == 0o600
    assert Address.read(place) == an_address()
    assert sorted(tmp_path.iterdir()) == [place.dsn]


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"another": "version"}'])
def test_an_address_that_cannot_be_read_is_none(tmp_path, content):
    place = Place(tmp_path)
    if content is not None:
        place.dsn.write_bytes(content)
    assert Address.read(place) is None


def test_nobody_answers_where_no_server_is(tmp_path):
    assert not address.ready(tmp_path)


def test_the_two_roles_have_the_names_that_the_tables_know():
    assert (address.APP, address.SYSTEM) == (roles.APP, roles.SYSTEM)


def test_the_supervisor_stays_small():
    code = (
        "import sys, reelwright.engines.database.embedded.supervisor;"
        "sys.exit(not sys.modules.keys().isdisjoint({'sqlalchemy', 'psycopg', 'pydantic'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_windows_is_pointed_at_wsl2():
    with pytest.raises(EnvironmentFailedError, match="WSL2") as caught:
        machine.require_supported("nt")
    assert "REELWRIGHT_DATABASE_URL" in str(caught.value)


def test_a_lock_is_shared_by_many_or_held_by_one(tmp_path):
    path = tmp_path / "lock"
    with Lock(path) as one, Lock(path) as two, Lock(path) as alone:
        assert one.take(shared=True)
        assert two.take(shared=True)
        assert not alone.take(shared=False)
        assert not is_taken(path)
        one.close()
        two.release()
        assert alone.take(shared=False)
        assert is_taken(path)
    assert not is_taken(path)


def test_a_lock_goes_with_its_killed_process(tmp_path):
    code = (
        "import sys, time; from pathlib import Path;"
        "from reelwright.engines.database.embedded.locks import Lock;"
        "lock = Lock(Path(sys.argv[1])); print(lock.take(shared=False), flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert is_taken(tmp_path / "lock")
        holder.kill()
    assert not is_taken(tmp_path / "lock")


def test_a_lock_whose_file_is_gone_knows_it(tmp_path):
    with Lock(tmp_path / "lock") as lock:
        assert lock.still_there()
        (tmp_path / "lock").unlink()
        assert not lock.still_there()


def test_a_private_file_is_replaced_whole(tmp_path):
    write_private(tmp_path / "file", {"a": 1})
    write_private(tmp_path / "file", {"b": 2})
    assert read_private(tmp_path / "file") == {"b": 2}
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_place_is_for_its_owner_alone_and_leaves_its_parents_be(tmp_path):
    tmp_path.chmod(0o755)
    place = Place.of(tmp_path / "home")
    place.make()
    assert place.root.stat().st_mode & 0o777 == 0o700
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_home_that_is_a_file_says_what_to_do(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(EnvironmentFailedError, match="REELWRIGHT_HOME"):
        Place.of(tmp_path / "home").make()


def test_a_status_of_nothing_is_no_error_and_makes_nothing(tmp_path):
    found = status(tmp_path / "home")
    assert (found.running, found.data_bytes, found.attached) == (False, 0, None)
    assert not list(tmp_path.iterdir())


def test_programs_are_those_of_the_data_and_the_newest_for_new_data(tmp_path):
    assert find(tmp_path).major >= 15
    (tmp_path / "PG_VERSION").write_text("11\n")
    with pytest.raises(EnvironmentFailedError, match="made by Postgres 11"):
        find(tmp_path)


def test_the_data_are_safe_unless_told_otherwise(tmp_path):
    assert "fsync=off" not in options(tmp_path, 18, durable=True)
    assert "fsync=off" in options(tmp_path, 18, durable=False)
    assert "io_method=sync" not in options(tmp_path, 17, durable=True)
    assert "listen_addresses=" in options(tmp_path, 15, durable=True)
