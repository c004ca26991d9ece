"""Answers go out at even moments, however long the work before them took."""

import pytest

from reelwright.identity.evenness import Evenly

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("worked", "answered"), [(0.0, 0.0), (0.02, 0.5), (0.49, 0.5), (0.5, 0.5), (0.51, 1.0)]
)
async def test_an_answer_waits_for_the_next_even_moment(worked, answered):
    moments = [100.0]

    async def sleep(seconds):
        moments.append(moments[-1] + seconds)

    evenly = Evenly(0.5, lambda: moments[-1], sleep)
    moments.append(100.0 + worked)
    await evenly.wait()
    assert moments[-1] - 100.0 == pytest.approx(answered)
