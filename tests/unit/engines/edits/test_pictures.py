"""Pictures are resized, cut, filtered and rewritten; nothing of their history is left."""

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from reelwright.engines.media.edits.catalogue import OPERATIONS
from reelwright.engines.media.edits.filters import Filter, apply
from reelwright.engines.media.edits.params import OperationRefusedError
from reelwright.ground.errors import InvalidInputError
from reelwright.projects.types import OPERATIONS_OF, PROJECT_CONFIGS, operations_of
from support.edits import make


@pytest.fixture
def picture(tmp_path):
    """Red on the left, blue on the right, and the upper half half transparent."""
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[:, :30, 0] = pixels[:, 30:, 2] = 255
    pixels[:, :, 3] = 255
    pixels[:20, :, 3] = 128
    Image.fromarray(pixels).save(tmp_path / "p.png")
    return tmp_path / "p.png"


def looked_at(made):
    with Image.open(made["path"]) as picture:
        return np.asarray(picture), picture.format


def test_pictures_are_resized_and_cut(tmp_path, picture):
    pixels, _ = looked_at(make(tmp_path, "resize", {"width": 30}, picture))
    assert pixels.shape == (20, 30, 4)
    pixels, _ = looked_at(make(tmp_path, "resize", {"width": 60, "height": 60}, picture))
    assert pixels[0, 0, 3] == 0  # a border of nothing, for the picture knows transparency
    pixels, _ = looked_at(
        make(tmp_path, "crop", {"x": 25, "y": 10, "width": 10, "height": 10}, picture)
    )
    assert (pixels[0, 0, 0], pixels[0, 9, 2]) == (255, 255)


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_pictures_are_rewritten_in_other_forms(tmp_path, picture, form):
    made = make(tmp_path, "export", {"format": form, "quality": "high"}, picture)
    pixels, name = looked_at(made)
    assert name == form.upper()
    assert made["media_type"] == f"image/{form}"
    if form == "jpeg":
        assert pixels[5, 5] == pytest.approx([255, 127, 127], abs=12)  # on white


def test_a_picture_comes_upright_and_without_its_history(tmp_path, picture):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    with Image.open(picture) as one:
        one.convert("RGB").save(tmp_path / "e.jpg", exif=exif)
    made = make(tmp_path, "convert", {"format": "jpeg"}, tmp_path / "e.jpg")
    with Image.open(made["path"]) as upright:
        assert upright.size == (40, 60)
        assert not dict(upright.getexif())


def test_filters_do_what_they_say(picture):
    with Image.open(picture) as opened:
        one = opened.convert("RGBA")
    grey = np.asarray(apply(one, [Filter(name="greyscale")]))
    assert (grey[:, :, 0] == grey[:, :, 2]).all()
    assert (grey[:, :, 3] == np.asarray(one)[:, :, 3]).all()
    flipped = np.asarray(apply(one, [Filter(name="flip", direction="horizontal")]))
    assert flipped[30, 0, 2] == 255
    turned = np.asarray(apply(one, [Filter(name="rotate", degrees=90)]))
    assert turned.shape == (60, 40, 4)
    assert turned[0, 0, 0] == 255
    assert turned[0, 0, 3] == 255  # clockwise: what was below is left now
    dark = np.asarray(apply(one, [Filter(name="brightness", amount=-0.5)]))
    assert dark[30, 0, 0] == pytest.approx(127, abs=1)
    soft = np.asarray(apply(one, [Filter(name="blur", amount=3)]))
    assert 60 < soft[30, 30, 0] < 200
    same = apply(one, [Filter(name="invert"), Filter(name="invert")])
    assert (np.asarray(same) == np.asarray(one)).all()


def test_filters_with_wrong_numbers_are_refused(tmp_path, picture):
    for wrong in (
        {"name": "brightness"},
        {"name": "brightness", "amount": 2},
        {"name": "rotate", "amount": 1},
        {"name": "sepia", "degrees": 90},
        {"name": "sharpen", "amount": 50},
        {"name": "flip"},
    ):
        with pytest.raises(OperationRefusedError):
            make(tmp_path, "filter", {"filters": [wrong]}, picture)
    with pytest.raises(ValidationError):
        Filter.model_validate({"name": "rotate", "degrees": 45})
    with pytest.raises(InvalidInputError):
        make(tmp_path, "filter", {"filters": []}, picture)


def test_a_picture_is_no_film(tmp_path, picture):
    with pytest.raises(OperationRefusedError, match="it takes sound or video"):
        make(tmp_path, "trim", {"end": 1}, picture)


def test_the_words_of_project_types_stand_for_operations_that_are_there():
    named = {one for names in OPERATIONS_OF.values() for one in names}
    assert named == set(OPERATIONS)
    words = {word for one in PROJECT_CONFIGS.values() for word in one["supported_operations"]}
    assert words - {"upload", "generate"} == set(OPERATIONS_OF)
    assert "mix" in operations_of("audio-edit")
    assert "mix" not in operations_of("image-edit")
    assert set(operations_of("custom")) == set(OPERATIONS)
