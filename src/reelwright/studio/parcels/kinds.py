"""Jobs on projects' files: long, mostly waiting for the disk, and asked for at doors of their own."""

from datetime import timedelta

from pydantic import BaseModel

from reelwright.jobs.kinds import JobKind, Release, Runner

_QUEUE = "parcels"
_AT_ONCE = 2
_RETRIES = 2
_TIME_LIMIT = timedelta(hours=12)


def parcel_kind(
    name: str,
    params: type[BaseModel],
    run: Runner,
    *,
    joins: bool = False,
    release: Release | None = None,
) -> JobKind:
    """A kind of them, as jobs know it."""
    return JobKind(
        name=name,
        params=params,
        run=run,
        release=release,
        queue=_QUEUE,
        at_once=_AT_ONCE,
        joins=joins,
        makes_files=lambda _: True,
        private=True,
        retries=_RETRIES,
        time_limit=_TIME_LIMIT,
    )
