"""Views and framings: depth by depth, size by size, in every aspect."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Acting, Angle, Setting, Size, TimeOfDay
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.sketch.blocking import Build
from reelwright.providers.sketch.framing import RULES, compose
from reelwright.providers.sketch.stage import Stage
from reelwright.providers.sketch.tableau import composed, stage_of
from reelwright.providers.sketch.view import View, whole

PLACE = Place("EXT. BEACH - DAY", Setting.EXT, "BEACH", TimeOfDay.DAY)
ANNA, BEN = Figure("ANNA", Look(), facing=1), Figure("BEN", Look(), facing=-1)
ASPECTS = [(1280, 720), (1720, 720), (720, 720), (406, 720)]
TIGHT = [Size.FULL, Size.MEDIUM, Size.MEDIUM_CLOSE, Size.CLOSE]


def _stage(width: float = 1280) -> Stage:
    return stage_of(PLACE, "neutral", width)


def _composed(size: Size, *figures: Figure, at: tuple[int, int] = (1280, 720), **framing: Any):
    return composed(Picture(at[0], at[1], PLACE, Framing(size=size, **framing), figures))


def _seen(view: View, depth: float, x: float, y: float) -> tuple[float, float]:
    matrix = view.matrix(depth)
    assert matrix is not None
    point = matrix.mapXY(x, y)
    return point.x(), point.y()


def test_the_whole_view_shows_the_set_as_it_was_composed():
    view = whole(430)
    assert {_seen(view, depth, 120, 500) for depth in (0, 0.3, 1, 1.4)} == {(120, 500)}


@given(st.floats(1.0, 1.8), st.floats(1.9, 12.0), st.floats(0.0, 0.99))
def test_what_is_nearer_grows_more(lens, near, depth):
    view = View(0, 430, 0, 430, 430, lens=lens, near=near)
    assert view.zoom(0) == pytest.approx(lens)
    assert view.zoom(1) == pytest.approx(near)
    assert (view.zoom(depth) or 0) <= (view.zoom(depth + 0.01) or 0)


def test_what_the_camera_has_passed_is_not_drawn():
    view = View(0, 430, 0, 430, 430, lens=1.5, near=9.0)
    assert view.matrix(1.3) is None


def test_a_mirrored_view_swaps_left_and_right():
    view = View(0, 430, 0, 430, 430)
    assert _seen(view, 1, 100, 300) == _seen(replace(view, mirrored=True), 1, -100, 300)


@pytest.mark.parametrize("at", ASPECTS)
@pytest.mark.parametrize("size", TIGHT)
def test_eyes_lie_on_the_upper_third(size, at):
    one = _composed(size, ANNA, at=at).cast[0]
    eyes = one.y - 0.93 * one.height
    assert 150 < eyes < 290


def test_a_tighter_size_shows_a_larger_figure():
    heights = [_composed(size, ANNA).cast[0].height for size in TIGHT]
    assert all(b > 1.3 * a for a, b in itertools.pairwise(heights))
    assert list(RULES) == sorted(RULES, key=lambda size: list(Size).index(size))


def test_a_single_figure_has_room_where_it_looks():
    assert _composed(Size.CLOSE, ANNA).cast[0].x < 0
    assert _composed(Size.CLOSE, BEN).cast[0].x > 0


@pytest.mark.parametrize("size", [Size.WIDE, Size.FULL, Size.MEDIUM])
@pytest.mark.parametrize("order", [(ANNA, BEN), (BEN, ANNA)])
def test_two_figures_look_at_each_other(size, order):
    where = {one.figure.name: one.x for one in _composed(size, *order).cast}
    assert where["ANNA"] < where["BEN"]


@pytest.mark.parametrize("at", ASPECTS)
@pytest.mark.parametrize("size", [Size.EXTREME_WIDE, *TIGHT, Size.WIDE])
def test_everyone_is_in_frame_in_every_aspect(size, at):
    half = 720 * at[0] / at[1] / 2
    for one in _composed(size, ANNA, BEN, at=at).cast:
        assert abs(one.x) < half


@pytest.mark.parametrize("at", ASPECTS)
def test_over_the_shoulder_keeps_the_face_free(at):
    shoulder = replace(BEN, role="shoulder")
    cast = _composed(Size.MEDIUM_CLOSE, ANNA, shoulder, at=at, angle=Angle.OVER_SHOULDER).cast
    subject, near = cast[0], cast[-1]
    assert near.figure.role == "shoulder"
    assert near.height > subject.height
    assert near.depth > 1
    assert subject.x < 0 < near.x - 0.075 * near.height


def test_the_reverse_shot_shows_the_other_half():
    here = composed(Picture(1280, 720, PLACE, Framing(size=Size.CLOSE), (ANNA,)))
    there = composed(Picture(1280, 720, PLACE, Framing(size=Size.CLOSE), (ANNA,), side=-1))
    assert here.view.mirrored is not there.view.mirrored


def test_low_shows_more_sky_and_high_more_ground():
    horizon = {
        angle: _composed(Size.WIDE, ANNA, angle=angle).view.horizon_at
        for angle in (Angle.LOW, Angle.EYE, Angle.HIGH)
    }
    assert horizon[Angle.HIGH] < horizon[Angle.EYE] < horizon[Angle.LOW]


def test_more_figures_than_marks_still_stand_apart():
    crowd = tuple(replace(ANNA, name=f"EXTRA {i}") for i in range(9))
    stage = _stage()
    picture = Picture(1280, 720, PLACE, Framing(size=Size.WIDE), crowd)
    xs = [round(one.x) for one in compose(picture, stage, lambda _: Build(0.93)).cast]
    assert len(xs) == 9
    assert len(set(xs)) >= 7


def test_the_same_place_is_built_alike():
    one, other = _stage(), stage_of.__wrapped__(PLACE, "neutral", 1280)
    assert [(a.depth, a.name) for a in one.layers] == [(b.depth, b.name) for b in other.layers]
    assert one.marks == other.marks


def test_a_sitter_without_a_seat_gets_a_block_to_sit_on():
    sitter = replace(ANNA, acting=Acting(pose="sit"))
    harbour = replace(PLACE, heading="EXT. HARBOUR - DAY", location="HARBOUR")
    one = composed(Picture(1280, 720, harbour, Framing(size=Size.WIDE), (sitter,))).cast[0]
    assert one.stool > 0
    assert one.y < max(mark.y for mark in stage_of(harbour, "neutral", 1280).marks)


def test_everyone_sits_in_a_car():
    car = Place("INT. CAR - DAY", Setting.INT, "CAR", TimeOfDay.DAY)
    cast = composed(Picture(1280, 720, car, Framing(size=Size.WIDE), (ANNA, BEN))).cast
    assert {one.figure.acting.pose for one in cast} == {"sit"}
    assert not any(one.stool for one in cast)


def test_a_child_fills_a_full_shot():
    child = replace(ANNA, look=Look(age="child"))
    assert _composed(Size.FULL, child).cast[0].height > _composed(Size.FULL, ANNA).cast[0].height


def test_the_smallest_of_two_keeps_the_face_in_frame():
    child = replace(BEN, look=Look(age="child"))
    heights = [one.height for one in _composed(Size.MEDIUM, ANNA, child).cast]
    assert max(heights) * 0.33 < 400


def test_nothing_stands_before_a_face():
    view = _composed(Size.CLOSE, ANNA).view
    assert view.matrix(1.01) is None
    assert _composed(Size.FULL, ANNA).view.matrix(1.01) is not None


@pytest.mark.parametrize("size", [Size.WIDE, Size.FULL, Size.MEDIUM])
@pytest.mark.parametrize("room", ["OFFICE", "BAR", "KITCHEN"])
def test_in_an_upright_frame_nothing_stands_before_the_figures_and_all_of_them_are_inside(
    size, room
):
    place = Place(f"INT. {room}", Setting.INT, room, TimeOfDay.DAY)
    seen = composed(Picture(406, 720, place, Framing(size=size), (ANNA, BEN)))
    assert seen.view.matrix(1.2) is None
    assert all(abs(one.x) + 0.1 * one.height < 203 for one in seen.cast)


def test_who_sits_where_there_is_no_seat_sits_as_high_by_night_as_by_day():
    sitter = Figure("A", Look(), acting=Acting(pose="sit"))

    def stool(time: TimeOfDay) -> float:
        place = Place("EXT. FISHING BOAT - SEA", Setting.EXT, "SEA", time)
        (one,) = composed(Picture(1280, 720, place, Framing(size=Size.FULL), (sitter,))).cast
        return one.stool / one.height

    assert 0.1 < stool(TimeOfDay.DAY) < 0.4
    assert stool(TimeOfDay.NIGHT) == pytest.approx(stool(TimeOfDay.DAY), abs=0.01)
