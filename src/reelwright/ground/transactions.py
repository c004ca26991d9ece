"""The mark of an open transaction, and the refusal to leave the database while it is there.

A provider's call takes seconds to minutes; a transaction that waits for it holds locks and a
connection all that time. So the outgoing HTTP client, storage and encoders ask here first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from reelwright.ground.errors import ReelwrightError

_open: ContextVar[bool] = ContextVar("transaction_open", default=False)


class InsideTransactionError(ReelwrightError):
    """Something slow was tried while a transaction was open: a fault of ours."""

    code = "inside_transaction"


@contextmanager
def transaction_mark() -> Iterator[None]:
    """Mark this task as inside a transaction; refuses to be nested."""
    if _open.get():
        raise InsideTransactionError("a transaction was opened inside another")
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def forbid_in_transaction(what: str) -> None:
    """Raise InsideTransactionError when a transaction is open in this task; 50 ns otherwise."""
    if _open.get():
        raise InsideTransactionError(f"{what} was tried inside a transaction")
