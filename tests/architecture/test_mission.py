"""docs/mission.md tells the truth: what it calls done is there, and every promised name is in it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from reelwright.services import names

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if re.match(r"\| 00[0-4]\.\d+ \|", line)
]
DONE = [row for row in ROWS if row[2] == "done"]


def _plain(cell):
    return re.fullmatch(r"`([^`]+)`", cell)


def test_each_row_is_complete_and_stands_once():
    assert len({row[0] for row in ROWS}) == len(ROWS) > 200
    assert {row[0][:3] for row in ROWS} == {"000", "001", "002", "003", "004"}
    for row in ROWS:
        assert len(row) == 6, row
        assert row[2] in {"done", "open"}, row
        assert row[3] in {"film", "service", "generation", "people", "later"}, row


@pytest.mark.parametrize("row", DONE, ids=lambda row: row[0])
def test_what_is_done_can_be_imported_and_has_its_test(row):
    place, test = _plain(row[4]), _plain(row[5])
    assert place, f"{row[0]} names no place"
    assert test, f"{row[0]} names no test"
    module, _, name = place[1].partition(":")
    assert hasattr(import_module(module), name), place[1]
    file, _, one = test[1].partition("::")
    assert (ROOT / file).is_file(), file
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {one or 'test_'}", text, re.MULTILINE), test[1]


@pytest.mark.parametrize("name", sorted(names.ALL))
def test_every_name_behind_the_door_is_in_the_table(name):
    extra = {"ServiceRegistry", "ServiceRecipe", "ServiceContainer", "ServiceManager"}
    extra |= {"ServiceHealthMonitor", "StorageService", "PROJECT_CONFIGS"}
    assert name in extra or re.search(rf"`{name}`", PAGE), name
