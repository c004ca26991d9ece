"""A film's route: a word, or a table that says which part is made by whom."""

import pytest

from reelwright.generation.routes.route import Route, Wish
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.commissions.route import FilmRoute, Part, load_route, read_route


def test_a_word_means_everything_by_models():
    route = read_route("best")
    assert set(route.parts) == set(Part)
    assert {one.wish for one in route.parts.values()} == {Wish.BEST}


def test_a_table_names_parts_and_the_rest_is_sketched():
    route = read_route(
        {
            "wish": "best",
            "soften": True,
            "stills": {"models": ["fal/flux-dev"]},
            "voices": {"wish": "fastest", "soften": False},
        }
    )
    assert route.parts == {
        Part.STILLS: Route(Wish.BEST, ("fal/flux-dev",), soften=True),
        Part.VOICES: Route(Wish.FASTEST),
    }


def test_what_is_written_is_read_again_as_it_was():
    route = read_route({"motion": {"wish": "best", "reroute": True}}).settled((4.0, 8.0))
    assert read_route(route.written()) == route
    assert isinstance(route, FilmRoute)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("dearest", "'dearest' is no route"),
        ({"pictures": {}}, "wrong at pictures"),
        ({"stills": {"wish": "nice"}}, "wrong at stills.wish"),
        ({"wish": "best"}, "names no part of the film"),
    ],
)
def test_what_is_no_route_is_said(told, said):
    with pytest.raises(InvalidInputError, match=said):
        read_route(told)


def test_a_file_that_is_not_there_or_no_toml_is_named(tmp_path):
    with pytest.raises(InvalidInputError, match="neither a word nor a file"):
        load_route(str(tmp_path / "nowhere.toml"))
    broken = tmp_path / "route.toml"
    broken.write_text("[stills")
    with pytest.raises(InvalidInputError, match=r"route\.toml"):
        load_route(str(broken))
