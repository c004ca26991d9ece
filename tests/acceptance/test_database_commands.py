"""`reelwright db` as a user has it: from nothing to a backup that stands up in another home."""

import json

import pytest

from support.command import reelwright


@pytest.mark.slow
def test_a_house_moves_from_one_home_to_another(tmp_path, monkeypatch):
    monkeypatch.delenv("REELWRIGHT_DATABASE_URL", raising=False)
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "house.backup"

    made = reelwright("db", "upgrade", "--json", home=old)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["before"] is None

    status = json.loads(reelwright("db", "status", "--json", home=old).stdout)
    assert status["kind"] == "embedded"
    assert status["pending"] == []
    assert status["app_signs_in"]
    assert status["system_signs_in"]

    assert reelwright("db", "analyse", home=old).returncode == 0
    backup = reelwright("db", "backup", file, home=old)
    assert backup.returncode == 0, backup.stderr
    again = reelwright("db", "backup", file, home=old)
    assert again.returncode == 1
    assert "exists already" in again.stderr

    restored = reelwright("db", "restore", file, home=new)
    assert restored.returncode == 0, restored.stderr
    moved = json.loads(reelwright("db", "status", "--json", home=new).stdout)
    assert moved["step"] == status["step"]
    over = reelwright("db", "restore", file, home=new)
    assert over.returncode == 1
    assert "tables already" in over.stderr


def test_a_server_that_is_away_is_told_in_one_line_without_its_password(tmp_path, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_DATABASE_URL", "postgresql://me:geheim@127.0.0.1:1/nothing")
    told = reelwright("db", "status", home=tmp_path)
    assert told.returncode == 1
    assert "Connection refused" in told.stderr
    assert "geheim" not in told.stderr + told.stdout
    assert len(told.stderr.splitlines()) == 1
