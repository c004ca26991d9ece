"""What depends on what within a batch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import JobId
from reelwright.jobs.graph import in_order

IDS = [JobId(f"job_{n}") for n in range(8)]
edges = st.sets(st.tuples(st.sampled_from(range(8)), st.sampled_from(range(8))))


def _parents(pairs):
    return {one: [IDS[b] for a, b in pairs if IDS[a] == one] for one in IDS}


@given(edges)
def test_a_graph_without_circles_is_put_in_order(pairs):
    parents = _parents({(a, b) for a, b in pairs if a > b})
    order = in_order(parents)
    assert sorted(order) == sorted(IDS)
    for job, theirs in parents.items():
        assert all(order.index(one) < order.index(job) for one in theirs)


@given(edges, st.permutations(range(8)), st.integers(1, 8))
def test_every_circle_is_refused(pairs, order, length):
    circle = {(order[n], order[(n + 1) % length]) for n in range(length)}
    with pytest.raises(InvalidInputError):
        in_order(_parents(pairs | circle))


def test_what_is_outside_the_batch_makes_no_circle():
    assert in_order({IDS[0]: [JobId("job_elsewhere")]}) == [IDS[0]]
