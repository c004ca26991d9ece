"""Every prop is a readable thing in every light; words find the right one."""

import random

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, TimeOfDay
from reelwright.film.picture import Place
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.props.table import PROPS, choose_prop
from reelwright.providers.sketch.stage import PropDesign

every_prop = pytest.mark.parametrize("design", PROPS, ids=[design.name for design in PROPS])


def drawn(design: PropDesign, time: TimeOfDay = TimeOfDay.DAY, side: int = 1) -> np.ndarray:
    """The prop alone on nothing, 120 x 120 pixels with 10 around its box: red, green, blue, alpha."""
    place = Place("INT. ROOM", Setting.INT, "room", time)
    surface = skia.Surface(120, 120)
    canvas = surface.getCanvas()
    canvas.translate(60, 110)
    design.draw(canvas, light_of(place, side), palette_of(place), random.Random(5))
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)


@every_prop
@pytest.mark.parametrize("time", [TimeOfDay.DAY, TimeOfDay.GOLDEN, TimeOfDay.NIGHT])
def test_a_prop_is_seen_and_has_contrast(design, time):
    picture = drawn(design, time)
    body = picture[:, :, 3] > 200
    assert body.mean() > 0.03
    values = (picture[:, :, :3] @ np.array([0.2126, 0.7152, 0.0722]))[body]
    assert np.percentile(values, 97) - np.percentile(values, 3) > 30


@every_prop
def test_a_prop_fills_its_box_and_stands_on_the_ground(design):
    body = drawn(design)[:, :, 3] > 200
    rows, columns = np.flatnonzero(body.any(axis=1)), np.flatnonzero(body.any(axis=0))
    assert max(rows[-1] - rows[0], columns[-1] - columns[0]) > 70
    assert 100 <= rows[-1] <= 116, "it must touch the line it stands on"
    assert rows[0] >= 5
    assert columns[0] >= 5
    assert columns[-1] <= 115


@every_prop
def test_the_key_from_the_other_side_changes_a_prop(design):
    assert (abs(drawn(design) - drawn(design, side=-1)) > 6).any()


@every_prop
def test_a_prop_is_drawn_the_same_every_time(design):
    assert (drawn(design) == drawn(design)).all()


def test_there_is_a_prop_for_every_word_of_the_list():
    listed = (
        "phone gun letter cup glass bottle knife keys book photograph lamp candle suitcase car "
        "bicycle dog cat flowers money clock watch computer television door bed table chair radio "
        "umbrella camera map ring sword hat newspaper box cake guitar lantern rope bag bird"
    )
    for word in listed.split():
        design = choose_prop(word)
        assert design is not None, word
        assert word in design.words


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("GUN", "gun"),
        ("a brass table lamp", "lamp"),
        ("her old LETTERS", "letter"),
        ("wine glasses", "wine glass"),
        ("a glass of whisky", "glass"),
        ("the car keys", "keys"),
        ("knives", "knife"),
        ("cell phone", "mobile"),
        ("a book of matches", "candle"),
        ("BIRTHDAY CAKE", "cake"),
    ],
)
def test_a_phrase_finds_its_prop(phrase, name):
    design = choose_prop(phrase)
    assert design is not None
    assert design.name == name


@pytest.mark.parametrize("phrase", ["zebra", "", "carpet", "scarf", "!?"])
def test_a_word_without_a_prop_finds_none(phrase):
    assert choose_prop(phrase) is None


def test_words_of_props_are_unique():
    words = [word for design in PROPS for word in design.words]
    assert sorted(w for w in words if words.count(w) > 1) == []
