"""Finished pictures: who and where must read at a glance, in every hour and aspect."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from reelwright.film.breakdown.model import Move, Setting, Size, TimeOfDay, Weather
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.drawings import MotionRequest, StillRequest
from reelwright.providers.sketch.motion import Shot
from reelwright.providers.sketch.still import drawn, make_still

ANNA = Figure("ANNA", Look(sex="woman", hair="bob", colour="crimson"), facing=1)
PLACES = [
    Place("EXT. BEACH", Setting.EXT, "BEACH", TimeOfDay.DAY),
    Place("INT. BAR", Setting.INT, "BAR", TimeOfDay.DAY),
    Place("EXT. STREET", Setting.EXT, "STREET", TimeOfDay.DAY, Weather.RAIN),
]


def _grey(picture: Picture) -> np.ndarray:
    image = Image.fromarray(np.array(drawn(picture))[:, :, 2::-1])
    return np.asarray(image.convert("L").resize((96, 54), Image.Resampling.BOX)).astype(int)


def _wide_grey(picture: Picture) -> np.ndarray:
    image = Image.fromarray(np.array(drawn(picture))[:, :, 2::-1])
    return np.asarray(image.convert("L")).astype(int)


@pytest.mark.parametrize("time", TimeOfDay)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.location)
def test_a_figure_reads_against_the_place_in_grey_at_96_pixels(place, time):
    picture = Picture(
        384, 216, replace(place, time_of_day=time), Framing(size=Size.MEDIUM_CLOSE), (ANNA,)
    )
    ghost = replace(
        picture, figures=(replace(ANNA, role="shoulder"),)
    )  # the same view, nobody in it
    apart = np.abs(_grey(picture) - _grey(ghost))[:, 20:60]
    assert np.percentile(apart, 75) > 14


def test_a_still_is_a_jpeg_of_the_asked_size_and_always_the_same(tmp_path):
    request = StillRequest(Picture(320, 180, PLACES[0], Framing(size=Size.CLOSE), (ANNA,)))
    product = make_still(request, tmp_path)
    first = product.path.read_bytes()
    assert product.media_type == "image/jpeg"
    with Image.open(product.path) as image:
        assert image.size == (320, 180)
    assert make_still(request, tmp_path).path.read_bytes() == first


def test_an_insert_shows_its_thing_and_nobody():
    framing = Framing(size=Size.INSERT)
    picture = Picture(320, 180, PLACES[1], framing, (ANNA,), props=("letter",))
    nobody = replace(picture, figures=())
    assert np.array_equal(np.array(drawn(picture)), np.array(drawn(nobody)))
    assert not np.array_equal(
        np.array(drawn(picture)), np.array(drawn(replace(picture, props=("key",))))
    )


@pytest.mark.parametrize("at", [(320, 180), (180, 180), (102, 180)])
@pytest.mark.parametrize("place", PLACES[:2], ids=lambda place: place.location)
def test_what_cannot_stand_lies_in_the_middle_of_an_insert(place, at):
    key, letter = (
        np.array(drawn(Picture(at[0], at[1], place, Framing(size=Size.INSERT), props=(word,))))
        for word in ("keys", "letter")
    )
    apart = np.argwhere(np.abs(key.astype(int) - letter).max(axis=2) > 12)
    middle = (apart.min(axis=0) + apart.max(axis=0)) / 2
    assert abs(middle[0] - 90) < 14
    assert abs(middle[1] - at[0] / 2) < 14
    edge = np.abs(key[:, [0, -1]].astype(int) - letter[:, [0, -1]])
    assert edge.max() < 6, "all of it is in the frame"


@pytest.mark.parametrize("place", PLACES[:2], ids=lambda place: place.location)
def test_an_insert_of_something_unknown_is_a_sharp_detail_of_the_place(place):
    picture = Picture(320, 180, place, Framing(size=Size.INSERT), props=("gizmo",))
    soft = replace(picture, framing=Framing(size=Size.CLOSE), figures=(ANNA,))
    fine = [np.abs(np.diff(_wide_grey(one), axis=1))[:, :60].max() for one in (picture, soft)]
    assert fine[0] > fine[1]


def test_a_crowd_is_seen():
    empty = Picture(320, 180, PLACES[0], Framing(size=Size.WIDE))
    full = replace(empty, crowd=20)
    assert (np.abs(np.array(drawn(full)).astype(int) - np.array(drawn(empty))) > 20).mean() > 0.005


@pytest.mark.parametrize("at", [(320, 180), (430, 180), (180, 180), (102, 180)])
@pytest.mark.parametrize("move", [Move.PAN_LEFT, Move.TRACK_RIGHT, Move.CRANE_UP, Move.TILT_DOWN])
def test_no_move_shows_the_edge_of_the_set_in_any_aspect(at, move):
    picture = Picture(at[0], at[1], PLACES[0], Framing(size=Size.WIDE, move=move))
    shot = Shot(MotionRequest(picture, 100))
    for number in (0, 99):
        luma = shot.frame(number).to_ndarray()[: at[1], : at[0]]
        border = np.concatenate([luma[0], luma[-1], luma[:, 0], luma[:, -1]])
        assert border.min() > 17
