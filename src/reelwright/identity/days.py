"""A person's day: it begins when it begins where they live."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_LONGEST = timedelta(hours=50)
"""No date lasts longer: 25 hours, and 49 where the date line was crossed."""
_LEAST = timedelta(microseconds=1)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; of a name that this machine does not know, the world's."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_of(zone: str, moment: datetime) -> date:
    """The date somebody's calendar shows at a moment."""
    return moment.astimezone(zone_of(zone)).date()


def next_day(zone: str, moment: datetime) -> datetime:
    """When, in UTC, their calendar turns from the date of `moment` to a later one.

    Found by looking, not by adding 24 hours: days have 23 to 25 hours, some begin at one o'clock
    because midnight is left out, and a few dates never were at all.
    """
    known = zone_of(zone)
    today = moment.astimezone(known).date()
    early = moment.astimezone(UTC)
    late = early + _LONGEST
    while late - early > _LEAST:
        middle = early + (late - early) / 2
        if middle.astimezone(known).date() <= today:
            early = middle
        else:
            late = middle
    return late
