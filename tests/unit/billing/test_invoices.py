"""An invoice and the ledger differ where they differ, to the millionth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.billing.invoices import Recorded, compare, read_invoice
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import HoldId


def test_lines_of_one_call_are_added_before_they_are_rounded_up():
    lines = [
        "Amount, Remote_ID ,currency,note",
        "0.0000004,a,USD,x",
        "0.0000004,a,USD,x",
        "1.25,b,USD,",
        "9,b,EUR,",
        '"-0.25",b,USD,a credit',
    ]
    assert read_invoice(lines, "USD") == {"a": 1, "b": 1_000_000}
    assert read_invoice(["\ufeffremote_id,amount", "a,0.1"], "USD") == {"a": 100_000}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "first line"),
        (["id,amount", "a,1"], "first line"),
        (["remote_id,amount", "a,1", "b,1.000.000"], "line 3"),
        (["remote_id,amount", "a,NaN"], "line 2"),
        (["remote_id,amount", "a,1e30"], "line 2"),
        (["remote_id,amount", ",1"], "line 2"),
        (["remote_id,amount", "a"], "line 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(lines, told):
    with pytest.raises(InvalidInputError, match=told):
        read_invoice(lines, "USD")


def recorded(remote_id, micros):
    return Recorded(HoldId.new(), remote_id, micros)


def test_each_call_stands_where_it_belongs():
    ours = [
        recorded("same", 5),
        recorded("twice", 2),
        recorded("twice", 3),
        recorded("off", 7),
        recorded("open", None),
        recorded("unbilled", 9),
        recorded("free", 0),
        recorded(None, 4),
    ]
    billed = {"same": 5, "twice": 5, "off": 8, "open": 3, "unheard": 6}
    found = compare(billed, ours, "USD")
    assert [one.remote_id for one in found.matched] == ["same", "twice"]
    assert [(one.billed, one.recorded) for one in found.differing] == [(8, 7)]
    assert [one.remote_id for one in found.missing_here] == ["open", "unheard"]
    assert found.missing_here[0].holds == (ours[4].hold,)
    assert [one.remote_id for one in found.missing_there] == [None, "unbilled"]
    assert (found.billed, found.recorded, found.agrees) == (27, 30, False)


AMOUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9))


@given(AMOUNTS, AMOUNTS)
def test_the_differences_explain_the_difference(billed, spent):
    found = compare(billed, [recorded(name, micros) for name, micros in spent.items()], "USD")
    lines = [*found.differing, *found.missing_here, *found.missing_there]
    assert sum((one.billed or 0) - (one.recorded or 0) for one in lines) == (
        found.billed - found.recorded
    )
    assert {one.remote_id for one in (*lines, *found.matched)} >= set(billed)
    assert compare(billed, [recorded(*one) for one in billed.items()], "USD").agrees
