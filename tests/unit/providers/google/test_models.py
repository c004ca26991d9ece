"""The rows of Google's models: what each costs, and what came in the place of those that are gone."""

import datetime as dt
from decimal import Decimal

import pytest

from reelwright.ground.errors import InvalidInputError
from reelwright.providers.catalogue import Recall, find_model
from reelwright.providers.google.provider import Google
from reelwright.providers.measuring import price_range
from reelwright.providers.prompts import ImageRequest, MusicRequest, VideoRequest

TODAY = dt.date(2026, 11, 29)
ROWS = {one.id.removeprefix("google/"): one for one in Google(None).models()}  # pyrefly: ignore[bad-argument-type]


@pytest.mark.parametrize(
    ("gone", "instead"),
    [
        ("imagen-4.0", "gemini-3.1-flash-image"),
        ("gemini-2.5-pro", "gemini-4-argon"),
        ("gemini-2.5-flash", "gemini-3.8-flash"),
        ("gemini-2.5-flash-image", "gemini-3.1-flash-image"),
        ("veo-3.1-preview", "gemini-omni-1.1-flash"),
        ("veo-3.1-fast-preview", "gemini-omni-1.1-flash"),
    ],
)
def test_what_is_gone_names_what_came_instead(gone, instead):
    with pytest.raises(InvalidInputError, match=instead):
        find_model(ROWS.values(), f"google/{gone}", TODAY)


@pytest.mark.parametrize(
    ("model", "request_", "dollars"),
    [
        ("gemini-omni-1.1-flash/text-to-video", VideoRequest("x", 8), "0.80"),
        ("gemini-omni-1.2-flash/text-to-video", VideoRequest("x", 8), None),
        ("veo-3.1-lite/text-to-video", VideoRequest("x", 8), "0.40"),
        ("veo-3.1-lite/text-to-video", VideoRequest("x", 8, resolution="1080p"), "0.64"),
        ("gemini-3-pro-image/text-to-image", ImageRequest("x"), "0.134"),
        ("lyria-3.5", MusicRequest("x", 60), "0.08"),
    ],
)
def test_a_price_is_known_before_or_unknown(model, request_, dollars):
    micros = None if dollars is None else int(Decimal(dollars) * 1_000_000)
    assert price_range(ROWS[model], request_) == (micros, micros)


def test_nobody_can_find_a_lost_call_again_by_asking():
    assert {one.recall for one in ROWS.values()} == {Recall.NONE}
