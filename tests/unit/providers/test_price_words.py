"""Prices in words and as JSON."""

import datetime as dt
from decimal import Decimal

import pytest

from reelwright.providers.price_words import in_words, written_price
from reelwright.providers.prices import FREE, UNKNOWN, Price, PricePart, Unit


def part(unit, amount, **more):
    return PricePart(unit, Decimal(amount), **more)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (UNKNOWN, "unknown"),
        (FREE, "free"),
        (Price((part(Unit.MEGAPIXEL, "0.0250"),)), "0.025 USD a megapixel"),
        (Price((part(Unit.IMAGE, "0.04"),), currency="EUR"), "0.04 EUR an image"),
        (Price((part(Unit.CHARACTER, "0.18", per=1000),)), "0.18 USD a thousand characters"),
        (
            Price(
                (
                    part(Unit.SECOND, "0.23", when={"resolution": "1080p"}),
                    part(Unit.SECOND, "0.05", when={"resolution": "360p"}),
                )
            ),
            "0.05 to 0.23 USD a second",
        ),
        (
            Price(
                (
                    part(Unit.INPUT_TOKEN, "3", per=1_000_000),
                    part(Unit.OUTPUT_TOKEN, "15", per=1_000_000),
                )
            ),
            "3 USD a million input tokens + 15 USD a million output tokens",
        ),
    ],
)
def test_a_price_is_said_in_words(price, words):
    assert in_words(price) == words


def test_a_price_as_json_keeps_its_amounts_exact_and_says_who_said_so():
    when = {"sound": "no"}
    price = Price((part(Unit.SECOND, "0.10", when=when, up_to=9),), dt.date(2026, 8, 10), "a list")
    assert written_price(price) == {
        "parts": [
            {
                "unit": "second",
                "amount": "0.10",
                "per": 1,
                "when": {"sound": "no"},
                "above": None,
                "up_to": 9,
            }
        ],
        "as_of": "2026-08-10",
        "source": "a list",
        "currency": "USD",
    }
