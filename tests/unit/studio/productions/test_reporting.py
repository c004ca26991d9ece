"""A film's progress as its job tells it: one fraction that only grows, stages with their counts."""

from itertools import pairwise

from reelwright.studio.productions.reporting import JobProgress


def _now(act, *told):
    act(*told)


class _Job:
    def __init__(self):
        self.told = []

    def update(self, fraction, message, data):
        self.told.append((fraction, message, data))


def _whole_film():
    job = _Job()
    progress = JobProgress(job.update, _now)
    for stage, total in (("voices", 3), ("sound", 2), ("shots", 5), ("cut", 2)):
        progress.begin(stage, total)
        for n in range(total):
            progress.advance(stage, note=f"number {n}")
    return job.told


def test_the_fraction_only_grows_and_ends_at_one():
    fractions = [fraction for fraction, _, _ in _whole_film()]
    assert all(before <= after for before, after in pairwise(fractions))
    assert fractions[0] == 0.0
    assert abs(fractions[-1] - 1.0) < 1e-9


def test_stages_are_told_with_what_is_done_of_how_much():
    _, message, data = _whole_film()[-1]
    assert message == "cut: number 1"
    assert data["stages"]["shots"] == [5.0, 5]
    assert data["note"] == "number 1"


def test_a_stage_with_nothing_to_do_counts_as_done():
    job = _Job()
    progress = JobProgress(job.update, _now)
    progress.begin("voices", 0)
    assert job.told[-1][0] > 0


def test_warnings_travel_with_the_next_step():
    job = _Job()
    progress = JobProgress(job.update, _now)
    progress.warn("no font for this")
    progress.begin("shots", 1)
    assert job.told[-1][2]["warnings"] == ["no font for this"]
