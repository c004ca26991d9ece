"""The web face over services in memory."""

import pytest

from support.web import House


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)
