"""Where people look: at each other, at who speaks, and into the lens of a point of view."""

from dataclasses import replace

import pytest

from reelwright.film.breakdown.model import Setting, ShotKind, Size, TimeOfDay
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.sketch.eyelines import eyeline
from reelwright.providers.sketch.tableau import composed

PLACE = Place("EXT. BEACH - DAY", Setting.EXT, "BEACH", TimeOfDay.DAY)
ANNA = Figure("ANNA", Look(), facing=1)
BEN = Figure("BEN", Look(), facing=-1, role="other")


def looks(*figures: Figure, kind: ShotKind = ShotKind.DIALOGUE, size: Size = Size.MEDIUM):
    picture = Picture(1280, 720, PLACE, Framing(kind, size), figures)
    composition = composed(picture)
    return {one.figure.name: eyeline(one, picture, composition) for one in composition.cast}


@pytest.mark.parametrize("size", [Size.WIDE, Size.MEDIUM])
def test_two_people_look_at_each_other(size):
    gaze = looks(ANNA, BEN, size=size)
    assert gaze["ANNA"] > 0.5
    assert gaze["BEN"] < -0.5


def test_listeners_look_at_who_speaks():
    third = replace(BEN, name="CARL")
    speaking = replace(ANNA, speaking=True)
    picture = Picture(1280, 720, PLACE, Framing(size=Size.FULL), (speaking, BEN, third))
    composition = composed(picture)
    speaker = next(one for one in composition.cast if one.figure.speaking)
    for one in composition.cast:
        if one is not speaker:
            assert eyeline(one, picture, composition) * (speaker.x - one.x) > 0


@pytest.mark.parametrize("facing", [1, -1])
def test_one_alone_looks_to_a_partner_beyond_the_frame(facing):
    assert looks(replace(ANNA, facing=facing))["ANNA"] * facing > 0.5


@pytest.mark.parametrize("facing", [1, -1])
def test_who_is_seen_through_someones_eyes_looks_into_the_lens(facing):
    gaze = looks(replace(ANNA, facing=facing), kind=ShotKind.POV)["ANNA"]
    assert -0.3 < gaze * facing < 0.05
