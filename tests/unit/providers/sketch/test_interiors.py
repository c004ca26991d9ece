"""Every interior is drawn in every light, and a broken or empty picture fails."""

import random
from functools import cache

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.picture import Place
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.sets.interiors.table import INTERIORS
from reelwright.providers.sketch.stage import SetDesign, Stage

NAMES = [design.name for design in INTERIORS]
WINDOWLESS = ("spaceship", "theatre", "elevator")
every_set = pytest.mark.parametrize("design", INTERIORS, ids=NAMES)


def stage_of(
    design: SetDesign,
    time: TimeOfDay = TimeOfDay.DAY,
    weather: Weather = Weather.CLEAR,
    *,
    variant: int = 0,
    width: float = 1280.0,
) -> Stage:
    place = Place(f"INT. {design.name}", Setting.INT, design.name, time, weather)
    rng = random.Random(7 + variant)
    stage = Stage(place, width, light_of(place), palette_of(place), rng, variant)
    design.build(stage)
    return stage


def drawn(stage: Stage) -> np.ndarray:
    """The stage's layers over each other, 160 x 90, as brightness 0 to 255."""
    surface = skia.Surface(160, 90)
    canvas = surface.getCanvas()
    canvas.clear(0xFFFF00FF)
    canvas.scale(0.125, 0.125)
    canvas.translate(640, 0)
    for layer in stage.layers:
        glow = skia.Paint(BlendMode=skia.BlendMode.kScreen)
        canvas.saveLayer(None, glow) if layer.glow else canvas.save()
        layer.draw(canvas)
        canvas.restore()
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, :3].astype(int)


@cache
def seen(
    design: SetDesign,
    time: TimeOfDay = TimeOfDay.DAY,
    weather: Weather = Weather.CLEAR,
    variant: int = 0,
) -> np.ndarray:
    """The picture of a set, drawn once for all tests that look at it."""
    return drawn(stage_of(design, time, weather, variant=variant))


def grey(picture: np.ndarray) -> np.ndarray:
    return picture @ np.array([0.2126, 0.7152, 0.0722])


@every_set
@pytest.mark.parametrize("time", list(TimeOfDay))
def test_a_set_is_a_whole_picture_with_contrast_at_every_hour(design, time):
    picture = seen(design, time)
    holes = (picture == (255, 0, 255)).all(axis=2)
    assert not holes.any(), "the set leaves part of the frame undrawn"
    values = grey(picture)
    assert values.std() > 7
    assert np.percentile(values, 98) - np.percentile(values, 2) > 40


@every_set
def test_a_set_can_be_drawn_in_every_weather(design):
    clear = seen(design)
    for weather in (Weather.SNOW, Weather.STORM):
        picture = seen(design, weather=weather)
        assert grey(picture).std() > 7
        assert (picture != clear).any() or design.name in WINDOWLESS


@every_set
def test_night_is_darker_than_day_behind_the_figures(design):
    day = grey(seen(design)).mean()
    night = grey(seen(design, TimeOfDay.NIGHT)).mean()
    assert night < day - 1


@every_set
def test_a_set_has_depth_and_places_for_figures_and_things(design):
    stage = stage_of(design)
    depths = {round(layer.depth, 2) for layer in stage.layers if not layer.glow}
    assert len(depths) >= 4
    assert min(depths) < 0.8
    assert max(depths) > 1
    assert len(stage.marks) >= 3
    assert len(stage.spots) >= 2
    for mark in stage.marks:
        assert abs(mark.x) < 640
        assert 300 < mark.y < 1000
        assert 150 < mark.height < 700
    assert sum(abs(mark.x) < 260 for mark in stage.marks) >= 2, "narrow frames must show figures"
    assert [layer.depth for layer in stage.layers] == sorted(layer.depth for layer in stage.layers)


@every_set
def test_the_same_seed_draws_the_same_pixels(design):
    stage = stage_of(design)
    once = drawn(stage)
    assert (once == drawn(stage)).all(), "a layer must not depend on what was drawn before"
    assert (once == seen(design)).all()


@every_set
def test_variants_of_a_set_differ(design):
    first, second, third = (seen(design, variant=v) for v in (0, 1, 2))
    for one, two in ((first, second), (second, third), (first, third)):
        assert (abs(one - two).max(axis=2) > 12).mean() > 0.004


@pytest.mark.parametrize("width", [405.0, 1720.0])
@every_set
def test_a_set_fills_every_aspect(design, width):
    stage = stage_of(design, width=width)
    surface = skia.Surface(int(width / 10), 72)
    canvas = surface.getCanvas()
    canvas.clear(0xFFFF00FF)
    canvas.scale(0.1, 0.1)
    canvas.translate(width / 2, 0)
    for layer in stage.layers:
        if not layer.glow:
            layer.draw(canvas)
    picture = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, :3]
    assert not (picture == (255, 0, 255)).all(axis=2).any()


def test_names_and_words_of_sets_are_unique_and_lower_case():
    words = [word for design in INTERIORS for word in design.words]
    assert len(set(NAMES)) == len(NAMES)
    assert sorted(w for w in words if words.count(w) > 1) == []
    assert all(word == word.lower().strip() for word in words)
    assert all(design.air for design in INTERIORS)
