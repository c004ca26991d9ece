"""The page on security names each control once, and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([\d., ]+) \| (met|part|open|none) \| (.+?) \|$", PAGE, re.MULTILINE)
# Of ASVS 5.0.0, all of levels 1 and 2, by chapter.
CONTROLS = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]


def test_each_control_of_levels_one_and_two_has_one_row():
    named = [one.strip() for controls, _, _ in ROWS for one in controls.split(",")]
    assert len(named) == len(set(named))
    chapters = [sum(one.startswith(f"{number}.") for one in named) for number in range(1, 18)]
    assert chapters == CONTROLS


def test_whatever_is_said_to_be_met_by_a_test_has_that_test():
    named = re.findall(r"`(tests/[^`]+)`", PAGE)
    assert named
    assert [one for one in named if not (ROOT / one).is_file()] == []
