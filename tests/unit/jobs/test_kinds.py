"""Kinds of jobs: their parameters, and what makes two requests equal."""

from dataclasses import replace

import pytest
from pydantic import BaseModel

from reelwright.ground.errors import InvalidInputError
from reelwright.jobs.job import NewJob
from reelwright.jobs.kinds import QUEUE, JobKind, JobKinds
from reelwright.jobs.patience import backoff
from reelwright.jobs.settings import JobSettings


class Frames(BaseModel):
    frames: int = 1


async def _run(_work):
    return None


PLAIN = JobKind(name="shot", params=Frames, run=_run)
JOINING = JobKind(name="still", params=Frames, run=_run, joins=True, queue="stills")


def test_parameters_are_kept_with_their_defaults():
    assert PLAIN.check({}) == {"frames": 1}


def test_wrong_parameters_are_named_and_their_values_are_not():
    with pytest.raises(InvalidInputError) as caught:
        PLAIN.check({"frames": "hunter2"})
    assert "frames" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_equal_requests_join_where_the_kind_says_so():
    one, other = NewJob(kind="still"), NewJob(kind="still", priority=0)
    assert JOINING.key(one, {"frames": 1}) == JOINING.key(other, {"frames": 1})
    assert JOINING.key(one, {"frames": 1}) != JOINING.key(one, {"frames": 2})
    assert PLAIN.key(one, {"frames": 1}) is None
    assert PLAIN.key(NewJob(kind="shot", join_key="k"), {}) == "k"


def test_kinds_are_found_by_name():
    kinds = JobKinds([PLAIN, JOINING])
    assert kinds["shot"] is PLAIN
    assert "dance" not in kinds
    assert kinds.queues() == {QUEUE, "stills"}
    assert kinds.queue_of("dance") == QUEUE
    with pytest.raises(InvalidInputError):
        kinds["dance"]


def test_a_worker_takes_more_of_what_mostly_waits():
    waiting = replace(JOINING, name="wait", at_once=500)
    kinds = JobKinds([PLAIN, JOINING, waiting])
    assert kinds.at_once(QUEUE, 100) == 100
    assert kinds.at_once("stills", 100) == 500


def test_pauses_grow_to_a_bound():
    settings = JobSettings()
    pauses = [backoff(n, settings).total_seconds() for n in range(60)]
    assert pauses == sorted(pauses)
    assert pauses[0] == settings.backoff_s
    assert pauses[-1] == settings.longest_backoff_s
