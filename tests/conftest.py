"""Every test has its own home: nothing it makes lands in the user's data."""

import pytest


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HOME", str(tmp_path_factory.mktemp("home")))
