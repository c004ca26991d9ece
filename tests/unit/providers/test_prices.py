"""Prices of requests that are billed by what they hold."""

from decimal import Decimal
from pathlib import Path

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.measuring import expected, price_range
from reelwright.providers.openai.images import size_for
from reelwright.providers.openai.provider import OpenAI
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import ImageRequest, Media

ROWS = {model.id: model for model in OpenAI(Http()).models()}
TOKENS = Unit.INPUT_TOKEN, Unit.OUTPUT_TOKEN


def used(read, written):
    return dict(zip(TOKENS, map(Decimal, (read, written)), strict=True))


def test_a_long_request_is_billed_whole_at_the_long_rate():
    price = ROWS["openai/gpt-6-luna"].price
    assert price.of(used(100_000, 1_000)) == 10_000 + 500
    assert price.of(used(272_000, 0)) == 27_200
    assert price.of(used(272_001, 1_000_000)) == 54_401 + 750_000


def test_pictures_handed_along_have_a_price_of_their_own():
    price = ROWS["openai/gpt-image-2/image-to-image"].price
    tokens = used(1000, 10_000) | {Unit.INPUT_IMAGE_TOKEN: Decimal(1000)}
    assert price.of(tokens) == 5_000 + 8_000 + 300_000


# What OpenAI's calculator says, as people have read it off: size, our quality, tokens.
CALCULATED = [
    ((1024, 1024), "high", 7024),
    ((1536, 1024), "high", 5488),
    ((1792, 1024), "high", 5063),
    ((3584, 2048), "high", 12329),
    ((960, 720), "draft", 130),
    ((976, 704), "draft", 129),
]


@pytest.mark.parametrize(("size", "quality", "tokens"), CALCULATED)
def test_what_a_picture_costs_lies_within_the_range_said_before_it_is_there(size, quality, tokens):
    model = ROWS["openai/gpt-image-2/text-to-image"]
    least, most = expected(model, ImageRequest("a pier", *size, quality=quality))
    assert least[Unit.OUTPUT_TOKEN] <= tokens <= most[Unit.OUTPUT_TOKEN]
    assert most[Unit.OUTPUT_TOKEN] <= tokens * Decimal("1.25")
    low, high = price_range(model, ImageRequest("a pier", *size, quality=quality))
    assert low is not None
    assert high is not None
    assert low <= tokens * 30 + 8 * 5 <= high


def test_a_size_that_is_none_of_the_models_is_within_the_range_as_well():
    model = ROWS["openai/gpt-image-2/text-to-image"]
    for width, height in ((16, 16), (9000, 100), (1280, 720), (1921, 803)):
        asked = ImageRequest("a pier", width, height)
        drawn = size_for(model, width, height)
        exact = expected(model, ImageRequest("a pier", *drawn))
        least, most = expected(model, asked)
        middle = (exact[0][Unit.OUTPUT_TOKEN] + exact[1][Unit.OUTPUT_TOKEN]) / 2
        assert least[Unit.OUTPUT_TOKEN] <= middle <= most[Unit.OUTPUT_TOKEN]


def test_what_a_picture_costs_is_unknown_where_nobody_tells_its_tokens():
    drawn_after = ROWS["openai/gpt-image-2/image-to-image"]
    other = Media(Path("a.png"), "image/png", "0" * 64)
    assert price_range(drawn_after, ImageRequest("a pier", references=(other,))) == (None, None)
    newer = ROWS["openai/gpt-image-2.5-flare/text-to-image"]
    assert price_range(newer, ImageRequest("a pier")) == (None, None)
