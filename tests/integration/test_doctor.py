"""What the doctor says about the service: each thing that is wrong, with the way out."""

import socket
from pathlib import Path

import pytest

from reelwright.faces.cli import checks
from reelwright.ground.errors import EnvironmentFailedError, ReelwrightError


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("REELWRIGHT_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def silent_port():
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def private(path, mode=0o600):
    path.parent.mkdir(exist_ok=True)
    path.write_text("a key")
    path.chmod(mode)


def test_a_new_home_can_hold_a_service_and_stays_as_it_is(home):
    assert "embedded Postgres" in checks.database()
    assert str(home / "objects") in checks.storage()
    assert "none yet" in checks.key_files()
    assert "in memory" in checks.cache()
    assert "UTC" in checks.clock()
    assert not list(home.iterdir())


@pytest.mark.parametrize("name", ["token", "keys/house.key", "postgres/passwords.json"])
def test_a_secret_that_others_may_read_is_named(home, name):
    private(home / "keys" / "vault.json")
    assert "1 files" in checks.key_files()
    private(home / name, 0o640)
    with pytest.raises(EnvironmentFailedError, match="others may read") as raised:
        checks.key_files()
    assert f"chmod 600 {home / name}" in str(raised.value.way_out)


def test_a_named_server_that_is_ready_is_told_with_its_step(home, database_url, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_DATABASE_URL", database_url)
    assert "up to date" in checks.database()
    assert "from the database's" in checks.clock()


def test_a_named_server_that_is_away_is_told_in_the_drivers_words(home, silent_port, monkeypatch):
    where = f"postgresql://owner:hidden@127.0.0.1:{silent_port}/film"
    monkeypatch.setenv("REELWRIGHT_DATABASE_URL", where)
    with pytest.raises(EnvironmentFailedError, match="refused") as raised:
        checks.database()
    assert "REELWRIGHT_DATABASE_URL" in str(raised.value.way_out)
    assert "hidden" not in str(raised.value)
    assert "could not be asked" in checks.clock()


def test_a_redis_that_is_away_is_told(home, silent_port, monkeypatch):
    pytest.importorskip("redis")
    monkeypatch.setenv("REELWRIGHT_CACHE__URL", f"redis://127.0.0.1:{silent_port}/0")
    with pytest.raises(EnvironmentFailedError, match="Redis"):
        checks.cache()


def test_a_bucket_that_is_away_is_told_without_its_keys(home, silent_port, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_STORAGE__URL", "s3://bucket/films")
    monkeypatch.setenv("REELWRIGHT_STORAGE__ENDPOINT", f"http://127.0.0.1:{silent_port}")
    monkeypatch.setenv("REELWRIGHT_STORAGE__ALLOW_HTTP", "true")
    monkeypatch.setenv("REELWRIGHT_STORAGE__ACCESS_KEY", "who")
    monkeypatch.setenv("REELWRIGHT_STORAGE__SECRET_KEY", "hidden")
    with pytest.raises(ReelwrightError) as raised:
        checks.storage()
    assert raised.value.way_out
    assert "hidden" not in str(raised.value)


def test_a_folder_of_objects_that_cannot_be_written_to_is_told(home, monkeypatch):
    (home / "objects").write_text("a file where a folder should be")
    with pytest.raises(EnvironmentFailedError, match="cannot write"):
        checks.storage()


def test_settings_that_cannot_be_used_are_told(home, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_ENVIRONMENT", "production")
    with pytest.raises(ReelwrightError, match=r"database\.url"):
        checks.settings()


def test_a_clock_that_stands_in_the_past_is_told(home, monkeypatch):
    monkeypatch.setattr(checks.time, "time", lambda: Path(checks.__file__).stat().st_mtime - 10**6)
    with pytest.raises(EnvironmentFailedError, match="clock"):
        checks.clock()
