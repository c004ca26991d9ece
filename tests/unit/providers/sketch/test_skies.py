"""Skies, weather, palettes and cards: every hour and weather drawn, and unlike each other."""

import itertools
import random

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, ShotKind, TimeOfDay, Weather
from reelwright.film.picture import Framing, Picture, Place
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.ink import rgb
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.plates import Raster
from reelwright.providers.sketch.sky import draw_sky, sun_of
from reelwright.providers.sketch.stage import Palette
from reelwright.providers.sketch.still import drawn
from reelwright.providers.sketch.weather import weather_cels


def _place(time: TimeOfDay, weather: Weather = Weather.CLEAR, location: str = "FIELD") -> Place:
    return Place(f"EXT. {location}", Setting.EXT, location, time, weather)


def _sky(time: TimeOfDay, weather: Weather = Weather.CLEAR, side: int = 1) -> np.ndarray:
    pixels = np.zeros((90, 160, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    canvas.scale(0.125, 0.125)
    box = skia.Rect(0, 0, 1280, 720)
    light = light_of(_place(time, weather), side)
    draw_sky(canvas, light, box, random.Random(4), horizon=600)
    return pixels[:, :, :3].astype(int)


@pytest.mark.parametrize("time", TimeOfDay)
@pytest.mark.parametrize("weather", Weather)
def test_every_sky_is_whole_and_palest_at_the_horizon(time, weather):
    sky = _sky(time, weather)
    assert sky.min() >= 0
    assert sky.std() > 2
    assert sky[70:75].mean() > sky[:5].mean()


def test_no_two_skies_are_alike():
    skies = [_sky(t, w) for t in TimeOfDay for w in Weather]
    for one, other in itertools.combinations(skies, 2):
        assert np.abs(one - other).mean() > 2


@pytest.mark.parametrize("side", [-1, 1])
def test_the_sun_stands_on_the_side_the_key_light_comes_from(side):
    sky = _sky(TimeOfDay.GOLDEN, side=side).sum(axis=2)
    left, right = sky[:70, :60].max(), sky[:70, 100:].max()
    assert (right - left) * side > 0


def test_the_higher_the_key_the_higher_the_sun():
    box = skia.Rect(0, 0, 1280, 720)
    heights = [
        sun_of(light_of(_place(t)), box, 600)[1]
        for t in (TimeOfDay.DAY, TimeOfDay.MORNING, TimeOfDay.GOLDEN)
    ]
    assert heights == sorted(heights)


def test_rain_loops_without_a_seam_and_moves_on_twos():
    place = _place(TimeOfDay.DAY, Weather.RAIN)
    _, (near,) = weather_cels(place, light_of(place), Raster(320, 180), Rate())
    states = [near.state(frame) for frame in range(-4, 40)]
    assert all(a == b for a, b in zip(states[::2], states[1::2], strict=True))
    assert all(a != b for a, b in itertools.pairwise(states[::2]))
    assert all(isinstance(s, tuple) and 0 <= s[0] < 320 and 0 <= s[1] < 180 for s in states)


@pytest.mark.parametrize("weather", [Weather.CLEAR, Weather.CLOUD, Weather.FOG])
def test_nothing_falls_from_a_dry_sky(weather):
    place = _place(TimeOfDay.DAY, weather)
    assert weather_cels(place, light_of(place), Raster(320, 180), Rate()) == ([], [])


def test_it_does_not_rain_in_a_room():
    place = Place("INT. ROOM", Setting.INT, "ROOM", TimeOfDay.DAY, Weather.RAIN)
    assert weather_cels(place, light_of(place), Raster(320, 180), Rate()) == ([], [])


def test_a_palette_is_the_scenes_own():
    noon = _place(TimeOfDay.DAY)
    assert palette_of(noon, "sad") == palette_of(noon, "sad")
    assert palette_of(noon, "sad") != palette_of(noon, "joyful")
    assert palette_of(noon) != palette_of(_place(TimeOfDay.NIGHT))


def test_neighbouring_places_have_unlike_palettes():
    names = ("KITCHEN", "STREET", "BEACH", "OFFICE", "FOREST", "BAR")
    palettes = [palette_of(_place(TimeOfDay.DAY, location=name)) for name in names]
    for one, other in itertools.pairwise(palettes):
        apart = sum(
            abs(a - b)
            for first, second in zip(_tones(one), _tones(other), strict=True)
            for a, b in zip(rgb(first), rgb(second), strict=True)
        )
        assert apart > 40


def _tones(palette: Palette) -> tuple[int, int, int]:
    return palette.dominant, palette.secondary, palette.accent


def test_the_accent_calls_louder_than_the_rest():
    for name in ("KITCHEN", "STREET", "BEACH", "OFFICE"):
        palette = palette_of(_place(TimeOfDay.DAY, location=name))
        chroma = [
            max(rgb(c)) - min(rgb(c)) for c in (palette.dominant, palette.secondary, palette.accent)
        ]
        assert chroma[2] == max(chroma)


@pytest.mark.parametrize("at", [(640, 360), (200, 360), (360, 360), (860, 360)])
def test_a_title_stays_inside_the_frame_in_every_aspect(at):
    place = _place(TimeOfDay.DUSK)
    title = "An Extraordinarily Long Title About Everybody and Incomprehensibilities"
    lines = (title, "Written by Somebody")
    picture = Picture(at[0], at[1], place, Framing(kind=ShotKind.TITLE), lines=lines)
    bare = Picture(at[0], at[1], place, Framing(kind=ShotKind.TITLE), lines=("",))
    ink = np.abs(np.array(drawn(picture)).astype(int) - np.array(drawn(bare))).sum(axis=2) > 60
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert rows[0] > 0.05 * at[1]
    assert rows[-1] < 0.80 * at[1]
    assert columns[0] >= 0.05 * at[0]
    assert columns[-1] <= 0.95 * at[0]
