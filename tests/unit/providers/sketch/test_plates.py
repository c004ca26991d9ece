"""Plates: cropped, cut and blurred without changing the picture."""

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.ink import paint
from reelwright.providers.sketch.plates import NEAREST, Piece, Plate, Raster, flatten

RASTER = Raster(320, 180)


def _dot(x: float, y: float, r: float, color: int = 0xFFFFFFFF):
    return lambda canvas: canvas.drawCircle(x, y, r, paint(color))


def _pixels(*plates: Plate | None) -> np.ndarray:
    memory = np.zeros((180, 320, 4), np.uint8)
    info = skia.ImageInfo.Make(320, 180, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, memory, 320 * 4)
    for plate in plates:
        if plate is not None:
            plate.lay(surface.getCanvas(), moving=False)
    return memory.astype(int)


def test_a_plate_is_cropped_to_what_is_drawn():
    plate = flatten([Piece(1.0, _dot(0, 360, 40))], RASTER)
    assert plate is not None
    box = plate.box
    assert (box.width(), box.height()) == (20, 20)
    assert (box.left(), box.top()) == (150, 80)


def test_an_empty_piece_makes_no_plate():
    assert flatten([Piece(1.0, lambda canvas: None)], RASTER) is None


def test_two_far_things_are_two_patches_and_look_the_same():
    pieces = [Piece(1.0, _dot(-500, 200, 60)), Piece(1.0, _dot(500, 500, 60))]
    together = flatten(pieces, RASTER)
    assert together is not None
    assert len(together.patches) == 2
    apart = [flatten([piece], RASTER) for piece in pieces]
    assert np.array_equal(_pixels(together), _pixels(*apart))


def test_a_blur_at_a_fraction_of_the_size_is_the_same_blur():
    def truth(canvas: skia.Canvas) -> None:
        blur = skia.ImageFilters.Blur(20, 20)
        canvas.saveLayer(None, skia.Paint(ImageFilter=blur))
        _dot(0, 360, 120)(canvas)
        canvas.restore()

    quick = _pixels(flatten([Piece(1.0, _dot(0, 360, 120), blur=20)], RASTER))
    assert np.abs(quick - _pixels(flatten([Piece(1.0, truth)], RASTER))).max() < 16


def test_light_blooms_around_a_lamp_and_nowhere_else():
    dark = Piece(0.0, lambda canvas: canvas.drawColor(0xFF101010))
    lamp = Piece(0.9, _dot(-300, 300, 16, 0xFFFFE0A0), glow=True)
    before, after = (_pixels(flatten(p, RASTER, opaque=True)) for p in ([dark], [dark, lamp]))
    gained = (after - before)[:, :, :3].sum(axis=2)
    assert gained[75, 85] > 400
    assert gained[75, 95] > 0
    assert np.abs(gained[:, 160:]).max() == 0


@pytest.mark.parametrize("shift", [0.0, 0.5, 7.3])
def test_sliding_by_halves_stays_within_half_a_pixel_of_filtering(shift):
    plate = flatten([Piece(1.0, _dot(0, 360, 100))], RASTER)
    assert plate is not None
    memory = np.zeros((180, 320, 4), np.uint8)
    surface = skia.Surface(memory)
    surface.getCanvas().translate(shift, 0)
    plate.lay(surface.getCanvas(), moving=True)
    columns = np.flatnonzero(memory[90, :, 3] > 127)
    assert abs((columns[0] + columns[-1] + 1) / 2 - (160 + shift)) <= 0.51


@pytest.mark.parametrize("at", [(0.0, 0.0), (0.5, 0.0), (-3.3, 7.8), (12.26, -0.74)])
def test_what_only_slides_looks_as_if_picked_from_the_double(at):
    plate = flatten([Piece(1.0, _dot(0, 360, 100))], RASTER)
    assert plate is not None
    (patch,) = plate.patches
    slid, picked = np.zeros((180, 320, 4), np.uint8), np.zeros((180, 320, 4), np.uint8)
    canvas = skia.Surface(slid).getCanvas()
    canvas.translate(*at)
    plate.lay(canvas, moving=True)
    canvas = skia.Surface(picked).getCanvas()
    canvas.translate(patch.x + at[0], patch.y + at[1])
    canvas.scale(0.5, 0.5)
    canvas.drawImage(patch.doubled, 0, 0, NEAREST)
    assert slid.any()
    assert np.abs(slid.astype(int) - picked).max() <= 2


@pytest.mark.parametrize("sway", [-3, 1, 4])
def test_who_leans_stands_on_their_feet_and_moves_their_head(sway):
    plate = flatten(
        [Piece(1.0, lambda c: c.drawRect(skia.Rect(-40, 80, 40, 640), paint(0xFFFFFFFF)))], RASTER
    )
    assert plate is not None
    pixels = np.zeros((180, 320, 4), np.uint8)
    plate.lean(skia.Surface(pixels).getCanvas(), sway, foot=160, span=140)
    rows = [np.flatnonzero(row > 127) for row in pixels[:, :, 3]]
    middles = [(row[0] + row[-1] + 1) / 2 for row in rows if row.size]
    assert len(middles) == 140  # no row is torn out between two bands
    assert abs(middles[-1] - 160) <= 0.5
    assert abs(middles[0] - (160 + sway / 2)) <= 0.5
    assert np.all(np.diff(middles) * np.sign(sway) <= 0)


def test_the_grade_darkens_corners_and_leaves_the_middle():
    light = np.full((180, 320, 4), 200, np.uint8)
    surface = skia.Surface(light)
    surface.getCanvas().drawImage(grade(320, 180), 0, 0)
    assert light[:6, :6, :3].mean() < 170
    assert light[80:100, 150:170, :3].mean() == pytest.approx(200, abs=3)


def test_grain_is_fine_and_always_the_same():
    grade.cache_clear()
    one = np.array(grade(320, 180))
    grade.cache_clear()
    assert np.array_equal(one, np.array(grade(320, 180)))
    assert 0.5 < one[60:120, 120:200, :3].std() < 4
