"""Every exterior, drawn small: in every light and weather it is a picture, and always the same one."""

import random
from itertools import product

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.picture import Place
from reelwright.ground.digests import draw
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.sets.exteriors.table import EXTERIORS
from reelwright.providers.sketch.sets.scenery import ground
from reelwright.providers.sketch.sets.scenery.brush import Brush, ramp
from reelwright.providers.sketch.sets.scenery.street import ASPHALT
from reelwright.providers.sketch.stage import FRAME_HEIGHT, SetDesign, Stage

LIGHTS = list(product(TimeOfDay, Weather))
WIDTHS = {"16:9": 1280.0, "2.39:1": 1720.0, "1:1": 720.0, "9:16": 405.0}
HEIGHT = 90


def stage_of(
    design: SetDesign,
    time: TimeOfDay = TimeOfDay.DAY,
    weather: Weather = Weather.CLEAR,
    *,
    variant: int = 0,
    side: int = 1,
    width: float = 1280.0,
) -> Stage:
    place = Place(f"EXT. {design.name}", Setting.EXT, design.name, time, weather)
    stage = Stage(
        place,
        width,
        light_of(place, side),
        palette_of(place),
        random.Random(draw(design.name, variant)),
        variant,
    )
    design.build(stage)
    return stage


def pixels(stage: Stage, height: int = HEIGHT) -> np.ndarray:
    scale = height / FRAME_HEIGHT
    surface = skia.Surface(int(stage.width * scale), height)
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    canvas.translate(stage.width / 2, 0)
    for layer in stage.layers:
        if layer.glow:
            canvas.saveLayer(None, skia.Paint(BlendMode=skia.BlendMode.kScreen))
        layer.draw(canvas)
        if layer.glow:
            canvas.restore()
    return surface.makeImageSnapshot().toarray()


@pytest.mark.parametrize("design", EXTERIORS, ids=lambda d: d.name)
def test_every_exterior_is_a_full_picture_with_contrast_in_every_light(design):
    # Each set sees every hour and every weather; all pairs together are seen by all sets in turn.
    turn = EXTERIORS.index(design)
    times, weathers = list(TimeOfDay), list(Weather)
    for i, time in enumerate(times):
        weather = weathers[(i + turn) % len(weathers)]
        picture = pixels(stage_of(design, time, weather, variant=i), 45)
        assert picture[..., 3].min() == 255, f"{time} {weather}: a hole"
        grey = picture[..., :3].astype(float) @ (0.07, 0.72, 0.21)
        assert grey.std() > (7 if weather is Weather.FOG else 9), f"{time} {weather}: no contrast"
        assert 14 < grey.mean() < 225, f"{time} {weather}: too dark or too bright"


def test_all_hours_and_weathers_are_seen():
    seen = {
        (i, (i + turn) % len(Weather))
        for turn in range(len(EXTERIORS))
        for i in range(len(TimeOfDay))
    }
    assert len(seen) == len(LIGHTS)


@pytest.mark.parametrize("design", EXTERIORS, ids=lambda d: d.name)
def test_every_exterior_has_depth_and_marks_on_the_ground_inside_the_frame(design):
    stage = stage_of(design)
    assert len({layer.depth for layer in stage.layers}) >= 5
    assert stage.layers[0].depth == 0
    assert any(layer.depth > 1 for layer in stage.layers)
    assert 3 <= len(stage.marks) <= 6
    for mark in stage.marks:
        assert abs(mark.x) < 400
        assert stage.horizon < mark.y < FRAME_HEIGHT
        assert mark.y - mark.height > 0
    assert sum(abs(mark.x) < 202 for mark in stage.marks) >= 3  # a tall frame shows these
    assert stage.spots


@pytest.mark.parametrize("design", EXTERIORS, ids=lambda d: d.name)
def test_the_same_seed_gives_the_same_pixels_and_another_variant_others(design):
    one = stage_of(design)
    first = pixels(one, 45)
    assert np.array_equal(first, pixels(one, 45))
    assert np.array_equal(first, pixels(stage_of(design), 45))
    assert not np.array_equal(first, pixels(stage_of(design, variant=1), 45))


@pytest.mark.parametrize("shape", WIDTHS)
def test_an_exterior_fills_frames_of_every_shape(shape):
    for design in EXTERIORS[:6]:
        picture = pixels(stage_of(design, width=WIDTHS[shape]), 45)
        assert picture[..., 3].min() == 255


def test_light_from_the_other_side_changes_the_picture():
    for design in EXTERIORS[:8]:
        assert not np.array_equal(
            pixels(stage_of(design, side=1), 45), pixels(stage_of(design, side=-1), 45)
        )


def test_lamps_glow_only_when_they_are_lit():
    for design in EXTERIORS:
        if design.name not in {"space", "camp", "forest", "jungle"}:
            assert not any(layer.glow for layer in stage_of(design).layers), design.name
    assert any(layer.glow for layer in stage_of(EXTERIORS[0], TimeOfDay.NIGHT).layers)


@pytest.mark.parametrize("time", [TimeOfDay.DAY, TimeOfDay.DUSK, TimeOfDay.NIGHT])
def test_a_puddle_is_lighter_than_its_ground_or_it_would_be_a_shadow_of_nothing(time):
    stage = stage_of(EXTERIORS[0], time, Weather.RAIN)
    surface = skia.Surface(1280, 720)
    canvas = surface.getCanvas()
    canvas.translate(640, 0)
    brush = Brush(canvas, stage, 0.9, random.Random(1))
    ground.plane(brush, 430, ASPHALT)
    dry = surface.makeImageSnapshot().toarray().astype(int)
    ground.puddles(brush, 460, 720)
    wet = surface.makeImageSnapshot().toarray().astype(int)
    changed = np.abs(wet - dry).sum(axis=2) > 6
    assert changed.mean() > 0.005
    assert ((wet - dry)[..., :3].sum(axis=2)[changed] > 0).mean() > 0.98


def test_in_a_dark_storm_the_sky_is_palest_low_down():
    sky = stage_of(EXTERIORS[0], TimeOfDay.NIGHT, Weather.STORM).layers[0]
    surface = skia.Surface(64, 36)
    canvas = surface.getCanvas()
    canvas.scale(0.05, 0.05)
    canvas.translate(640, 0)
    sky.draw(canvas)
    rows = surface.makeImageSnapshot().toarray()[..., :3].mean(axis=(1, 2))
    assert rows[20] > 1.5 * rows[:12].mean()


def test_names_and_words_of_exteriors_are_not_used_twice():
    names = [design.name for design in EXTERIORS]
    words = [word for design in EXTERIORS for word in design.words]
    assert len(set(names)) == len(names)
    assert sorted(set(words)) == sorted(words)
    assert all(word == word.lower() for word in words)


def test_a_ramp_is_the_gradient_it_stands_for():
    surface = skia.Surface(4, 100)
    paint = skia.Paint(Shader=ramp(0, 100, [0xFF000000, 0xFFFFFFFF]))
    surface.getCanvas().drawRect(skia.Rect(0, 0, 4, 100), paint)
    column = surface.makeImageSnapshot().toarray()[:, 1, 0].astype(int)
    assert np.all(np.diff(column) >= 0)
    assert abs(column - np.linspace(0, 255, 100)).max() < 6
