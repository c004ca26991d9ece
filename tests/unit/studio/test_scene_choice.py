"""Scenes are chosen by the numbers the script gives them."""

import pytest

from reelwright.ground.errors import InvalidInputError
from reelwright.studio.scenes import choose_scenes
from support.scripts import breakdown


def _film(*numbers):
    lines = []
    for number in numbers:
        mark = f" #{number}#" if number else ""
        lines += [f"INT. ROOM {number or len(lines)} - DAY{mark}", "", "Somebody waits.", ""]
    return breakdown(*lines)


def _chosen(film, choice):
    return [scene.number for scene in choose_scenes(film, choice).scenes]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("2-4,7", ["2", "3", "4", "7"]),
        ("7, 2 - 3", ["2", "3", "7"]),
        ("1", ["1"]),
        ("3-3", ["3"]),
        (None, [str(n) for n in range(1, 8)]),
    ],
)
def test_places_and_ranges(choice, expected):
    assert _chosen(_film(*[""] * 7), choice) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("12A", ["12A"]),
        ("12a-13", ["12A", "13"]),
        ("1-A", ["1-A"]),
        ("12-13", ["12", "12A", "13"]),
        ("14", ["14", "14"]),
    ],
)
def test_a_scenes_own_number_counts_whatever_it_looks_like(choice, expected):
    assert _chosen(_film("1-A", "12", "12A", "13", "14", "14"), choice) == expected


@pytest.mark.parametrize("choice", ["", ",", "0", "8", "1-8", "4-2", "a b", "2-4-6", "-", "1;2"])
def test_what_matches_nothing_is_refused_with_a_way_out(choice):
    with pytest.raises(InvalidInputError, match="--scenes") as caught:
        choose_scenes(_film(*[""] * 7), choice)
    assert caught.value.way_out


def test_the_cast_is_that_of_the_whole_film():
    film = breakdown(
        "INT. A - DAY", "", "MARA", "Hello.", "", "INT. B - DAY", "", "JOSEF", "Goodbye."
    )
    assert choose_scenes(film, "2").characters == film.characters
