"""Another worker finds the orders of a batch by planning the film again."""

from typing import Any

import pytest

from reelwright.film.recipes import Recipe
from reelwright.ground.ids import ProductionId
from reelwright.studio.productions.order_books import (
    EnoughError,
    OrderBooks,
    OtherEditionError,
    Prospect,
)
from reelwright.studio.workshop import Delivery, Order

_NOTHING: Any = None


def _order(name):
    return Order("sketch", "m", _NOTHING, Recipe("still", "m", "1", {"name": name}))


def _found(digests):
    return {digest: Delivery(_NOTHING, made=False) for digest in digests}


def test_planning_ends_as_soon_as_the_wanted_orders_have_come_by():
    first, second, third = _order("a"), _order("b"), _order("c")
    book = {}
    prospect = Prospect(book, [second.digest], _found, _found)
    assert len(list(prospect.deliver([[first]]))) == 1
    with pytest.raises(EnoughError):
        list(prospect.deliver([[second], [third]]))
    assert book[second.digest] is second


def test_a_stage_that_cannot_be_found_was_ordered_by_another_edition():
    prospect = Prospect({}, ["of another edition"], lambda _: {}, _found)
    with pytest.raises(OtherEditionError, match="another edition"):
        list(prospect.deliver([[_order("a")]]))


def test_a_process_remembers_the_latest_productions_only():
    books = OrderBooks()
    productions = [ProductionId.new() for _ in range(12)]
    for production in productions:
        books.book(production)["x"] = _order("a")
    assert books.book(productions[-1])
    assert not books.book(productions[0])
