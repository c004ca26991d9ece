"""Prices of requests that are billed by what they hold."""

from decimal import Decimal

from reelwright.engines.http.client import Http
from reelwright.providers.openai.provider import OpenAI
from reelwright.providers.prices import Unit

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


def test_what_a_picture_costs_is_unknown_before_it_is_there():
    price = ROWS["openai/gpt-image-2/text-to-image"].price
    assert price.of({Unit.CALL: Decimal(1), Unit.IMAGE: Decimal(1)}) is None
