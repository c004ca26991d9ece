import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.timecode import (
    RATES,
    is_drop_frame,
    name_rate,
    parse_rate,
    parse_timecode,
    timecode,
)
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

ANY_RATE = st.sampled_from(list(RATES.values()))


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("24", Rate(24, 1)),
        (" 25 ", Rate(25, 1)),
        ("25.0", Rate(25, 1)),
        ("23.976", Rate(24000, 1001)),
        ("23.98", Rate(24000, 1001)),
        ("24000/1001", Rate(24000, 1001)),
        ("29.97", Rate(30000, 1001)),
        ("59.94", Rate(60000, 1001)),
        ("60", Rate(60, 1)),
    ],
)
def test_a_rate_is_read_as_people_write_it(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["", "fast", "0", "-24", "24/0", "1e3", "nan", "12", "48.5", "24.1"]
)
def test_an_impossible_rate_is_refused_with_those_there_are(text):
    with pytest.raises(InvalidInputError) as caught:
        parse_rate(text)
    assert "23.976, 24, 25" in str(caught.value)


@settings(deadline=None)
@given(ANY_RATE)
def test_a_rate_survives_its_own_name(rate):
    assert parse_rate(name_rate(rate)) == rate


@settings(deadline=None)
@given(ANY_RATE, st.integers(0, 24 * 3600 * 59))
def test_timecode_counts_back_to_the_same_frame(rate, frame):
    assert parse_timecode(timecode(frame, rate), rate) == frame


@settings(deadline=None)
@given(ANY_RATE, st.integers(0, 3600 * 24 * 20))
def test_timecode_is_what_the_trade_library_counts(rate, frame):
    time = otio.opentime.RationalTime(frame, rate.num / rate.den)
    assert timecode(frame, rate) == time.to_timecode()


def test_drop_frame_skips_two_numbers_at_each_minute_but_the_tenth():
    rate = RATES["29.97"]
    assert timecode(1799, rate) == "00:00:59;29"
    assert timecode(1800, rate) == "00:01:00;02"
    assert timecode(17982, rate) == "00:10:00;00"
    assert [name for name, one in RATES.items() if is_drop_frame(one)] == ["29.97", "59.94"]


@pytest.mark.parametrize("text", ["", "12", "00:00:00:24", "00:60:00:00", "aa:bb:cc:dd"])
def test_what_is_no_timecode_at_this_rate_is_refused(text):
    with pytest.raises(InvalidInputError):
        parse_timecode(text, RATES["24"])
