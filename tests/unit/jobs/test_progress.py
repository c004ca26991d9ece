"""Progress, as a process tells and hears it."""

import math
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.jobs.progress import LONGEST_HISTORY, ProgressState, ProgressTracker
from support.clocks import HandClock


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def tracker(clock):
    return ProgressTracker(clock)


def test_who_subscribes_late_hears_everything_once_and_in_order(tracker):
    heard: list = []
    tracker.update("film", 0.1, "reading")
    tracker.update("film", 0.2, "drawing", {"shot": 3})
    unsubscribe = tracker.subscribe("film", heard.append)
    tracker.complete("film")
    unsubscribe()
    unsubscribe()
    tracker.update("film", 0.5)
    assert [one.fraction for one in heard] == [0.1, 0.2, 1]
    assert heard[1].data == {"shot": 3}
    assert heard[-1].state is ProgressState.COMPLETED


def test_a_failure_keeps_how_far_it_came(tracker):
    tracker.update("film", 0.4)
    tracker.error("film", ValueError("no light"))
    last = tracker.get_progress("film")
    assert last is not None
    assert (last.fraction, last.state, last.message) == (0.4, ProgressState.FAILED, "no light")


def test_a_failure_out_of_nothing_is_told_too(tracker):
    tracker.error("film", "gone")
    last = tracker.get_progress("film")
    assert last is not None
    assert last.fraction == 0


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_fraction_is_always_one(fraction):
    tracker = ProgressTracker(HandClock())
    tracker.update("film", fraction)
    shown = tracker.get_progress("film")
    assert shown is not None
    assert 0 <= shown.fraction <= 1
    assert not math.isnan(shown.fraction)


def test_history_is_bounded(tracker):
    for n in range(LONGEST_HISTORY * 3):
        tracker.update("film", n / 1000)
    heard: list = []
    tracker.subscribe("film", heard.append)
    assert len(heard) == LONGEST_HISTORY


def test_what_has_ended_is_forgotten_after_a_minute(tracker, clock):
    tracker.complete("film")
    tracker.update("other", 0.5)
    clock.pass_time(59)
    assert tracker.get_progress("film") is not None
    clock.pass_time(2)
    assert tracker.get_progress("film") is None
    assert tracker.get_progress("other") is not None


def test_it_never_knows_more_than_it_may():
    tracker = ProgressTracker(HandClock(), at_most=10)
    for n in range(50):
        tracker.update(f"film {n}", 0.5)
    assert sum(tracker.get_progress(f"film {n}") is not None for n in range(50)) <= 11


def test_a_listener_that_raises_stops_nobody(tracker):
    heard: list = []

    def broken(_update):
        raise RuntimeError

    tracker.subscribe("film", broken)
    tracker.subscribe("film", heard.append)
    tracker.update("film", 0.3)
    tracker.update("film", 0.4)
    assert len(heard) == 2


def test_a_listener_may_ask_the_tracker(tracker):
    heard: list = []
    tracker.subscribe("film", lambda one: heard.append(tracker.get_progress(one.operation_id)))
    tracker.update("film", 0.3)
    assert heard[0].fraction == 0.3


def test_many_threads_may_tell_and_hear(tracker):
    heard: list = []

    def tell():
        for _ in range(200):
            tracker.update("film", 0.5)
            tracker.subscribe("film", lambda _: None)()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    tracker.subscribe("film", heard.append)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 800


def test_a_bound_tracker_tells_of_its_operation(tracker):
    tracker.bound("film").update(0.7, "mixing")
    last = tracker.get_progress("film")
    assert last is not None
    assert last.message == "mixing"
