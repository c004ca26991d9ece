"""What comes is looked at before it is accepted."""

import io

import pytest
from PIL import Image

from reelwright.generation.submissions.inspecting import inspect
from reelwright.providers.contract import Outcome, Product
from reelwright.providers.errors import UnusableError
from reelwright.providers.prompts import ImageRequest, MusicRequest, VideoRequest
from reelwright.testing.fakes.media import clip, picture, sound

PICTURE = ImageRequest("a pier")
SHOT = VideoRequest("a pier", 4.0)


@pytest.fixture
def came(tmp_path):
    def make(content, media_type):
        path = tmp_path / "product"
        path.write_bytes(content)
        return Outcome((Product(path, media_type),))

    return make


def _flat(colour):
    file = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, "png")
    return file.getvalue()


def test_true_media_are_accepted(came):
    assert inspect(PICTURE, came(picture(), "image/png")) == []
    assert inspect(SHOT, came(clip(4.0), "video/mp4")) == []
    assert inspect(MusicRequest("slow", 1.0), came(sound(1.0), "audio/wav")) == []


@pytest.mark.parametrize(
    ("request_", "content", "media_type", "word"),
    [
        (PICTURE, b"", "image/png", "empty"),
        (PICTURE, b"<html>", "image/png", "does not open"),
        (PICTURE, _flat("black"), "image/png", "black"),
        (SHOT, picture()[:100], "video/mp4", "does not open"),
        (SHOT, clip(1.0), "video/mp4", "1.0 s long"),
        (MusicRequest("slow", 1.0), b"RIFF", "audio/wav", "does not open"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(came, request_, content, media_type, word):
    with pytest.raises(UnusableError, match=word):
        inspect(request_, came(content, media_type))


def test_nothing_at_all_is_refused():
    with pytest.raises(UnusableError, match="nothing"):
        inspect(PICTURE, Outcome(()))


def test_what_is_odd_is_said_and_kept(came):
    assert inspect(PICTURE, came(_flat("white"), "image/png")) == ["the picture is of one colour"]
