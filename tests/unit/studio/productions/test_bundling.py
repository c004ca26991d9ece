"""Batches are bundled so that calls are few, and all workers end together."""

from hypothesis import given
from hypothesis import strategies as st

from reelwright.studio.productions.sharing import _bundle


@given(st.integers(0, 400), st.integers(1, 32))
def test_every_digest_is_in_exactly_one_bundle_and_in_its_order(count, workers):
    batches = [[f"{n}-still", f"{n}-motion"] for n in range(count)]
    bundles = _bundle(batches, workers)
    assert [one for bundle in bundles for one in bundle] == [one for b in batches for one in b]


@given(st.integers(1, 400), st.integers(1, 32))
def test_bundles_never_grow_towards_the_end(count, workers):
    bundles = _bundle([[str(n)] for n in range(count)], workers)
    sizes = [len(bundle) for bundle in bundles]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1
    assert max(sizes) <= 6


def test_two_hundred_shots_on_two_cores_are_some_fifty_calls():
    bundles = _bundle([[str(n)] for n in range(200)], 2)
    assert 35 <= len(bundles) <= 70
