"""A person's day begins when it begins where they live."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.identity.days import day_of, next_day

ZONES = sorted(available_timezones() - {"localtime"})
EARLY, LATE = datetime(1950, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
moments = st.floats(0, 1).map(lambda part: EARLY + part * (LATE - EARLY))


@given(st.sampled_from(ZONES), moments)
def test_the_next_day_is_where_the_calendar_turns(zone, moment):
    turns = next_day(zone, moment)
    assert moment < turns <= moment + timedelta(hours=50)
    before = turns - timedelta(microseconds=1)
    assert day_of(zone, before) <= day_of(zone, moment) < day_of(zone, turns)


@pytest.mark.parametrize(
    ("zone", "moment", "turns"),
    [
        ("Europe/Berlin", "2026-03-29T00:30", "2026-03-29T22:00"),  # a day of 23 hours
        ("Europe/Berlin", "2026-10-25T00:30", "2026-10-25T23:00"),  # of 25
        ("Africa/Cairo", "2026-04-23T20:00", "2026-04-23T22:00"),  # the next begins at one
        ("Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00"),  # the next but one comes next
        ("Nowhere/Land", "2026-01-01T05:00", "2026-01-02T00:00"),  # the world's, then
    ],
)
def test_days_that_are_unlike_others_end_when_they_end(zone, moment, turns):
    found = next_day(zone, datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(turns).replace(tzinfo=UTC)
