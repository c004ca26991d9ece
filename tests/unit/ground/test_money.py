"""Money is whole millionths, read and written exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.money import MOST, ceiled, read_decimal, spelled


@pytest.mark.parametrize(
    ("micros", "text"),
    [(0, "0.00"), (1, "0.000001"), (2_500_000, "2.50"), (1_234_560_000, "1234.56")],
)
def test_an_amount_is_spelled_with_as_many_places_as_it_has(micros, text):
    assert spelled(micros, "USD") == f"{text} USD"


@given(st.integers(0, MOST))
def test_what_is_spelled_is_read_back_exactly(micros):
    assert ceiled(read_decimal(spelled(micros, "USD").removesuffix(" USD"))) == micros


def test_what_is_finer_than_a_millionth_is_rounded_up():
    assert ceiled(Decimal("0.0000011")) == 2


@pytest.mark.parametrize("text", ["", "1,5", "$1", "inf", "NaN", "1e99"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidInputError):
        read_decimal(text)
