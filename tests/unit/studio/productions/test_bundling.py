"""Batches are bundled so that calls are few, and all workers end together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.recipes import Recipe
from reelwright.studio.productions.sharing import bundle
from reelwright.studio.workshop import Order

_NOTHING: Any = None
OPERATIONS = st.lists(st.sampled_from(["motion", "voice", "mix"]), max_size=300)


def _batches(operations):
    return [
        [Order("sketch", "m", _NOTHING, Recipe(operation, "m", "1", {"n": n}))]
        for n, operation in enumerate(operations)
    ]


@given(OPERATIONS, st.integers(1, 32))
def test_every_product_is_in_exactly_one_bundle_and_in_its_order(operations, workers):
    batches = _batches(operations)
    bundles = bundle(batches, workers)
    assert [one for some in bundles for one in some] == [batch[0].digest for batch in batches]
    assert all(bundles)


@given(st.integers(1, 300), st.integers(1, 32))
def test_bundles_of_shots_do_not_grow_towards_the_end(count, workers):
    sizes = [len(some) for some in bundle(_batches(["motion"] * count), workers)]
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True)
    assert max(sizes) <= 6


def test_two_hundred_shots_on_two_cores_are_some_fifty_calls():
    assert 35 <= len(bundle(_batches(["motion"] * 200), 2)) <= 80


def test_quick_products_travel_in_company():
    assert len(bundle(_batches(["voice"] * 200), 2)) <= 25
