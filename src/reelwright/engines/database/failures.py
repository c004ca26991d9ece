"""What can go wrong between us and Postgres, told by SQLSTATE and type, never by message text."""

from typing import ClassVar

import psycopg
from sqlalchemy import exc

from reelwright.ground.errors import DeniedError, Kind, ReelwrightError

_STATUS = "`reelwright db status` shows what is wrong"


class DatabaseUnavailableError(ReelwrightError):
    """Postgres cannot be reached, or the connection was lost.

    `in_doubt`: it was lost during the commit, so whether the work was kept is not known.
    """

    code = "database_unavailable"
    kind = Kind.UNAVAILABLE

    def __init__(self, message: str, *, way_out: str | None = None, in_doubt: bool = False) -> None:
        super().__init__(message, way_out=way_out)
        self.in_doubt = in_doubt


class DatabaseBusyError(ReelwrightError):
    """No connection became free in time, here or at the server."""

    code = "database_busy"
    kind = Kind.UNAVAILABLE


class TookTooLongError(ReelwrightError):
    """A statement, or its wait for a lock, passed its time limit."""

    code = "statement_timeout"
    kind = Kind.UNAVAILABLE


class CollisionError(ReelwrightError):
    """Two transactions got in each other's way, and this one was undone."""

    code = "database_collision"
    kind = Kind.UNAVAILABLE


class DatabaseFullError(ReelwrightError):
    """The server's disk or memory is used up."""

    code = "database_full"
    kind = Kind.UNAVAILABLE


class RightsError(DeniedError):
    """Row-level security let nobody do this who asks: the last wall, behind the services' own checks."""

    code = "denied"


class AbortedTransactionError(ReelwrightError):
    """A statement failed, its error was swallowed, and a commit was asked for: a fault of ours."""

    code: ClassVar[str] = "aborted_transaction"


_LOST = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
_COLLISIONS = frozenset({"40001", "40P01"})


def translated(error: BaseException, *, committing: bool = False) -> ReelwrightError | None:
    """Our error for one of SQLAlchemy's or psycopg's; None where the caller knows better.

    Constraint violations stay what they are: only who wrote the statement knows what they mean.
    """
    if isinstance(error, exc.TimeoutError):
        return DatabaseBusyError(
            "all database connections are in use",
            way_out="try again; if it stays, raise REELWRIGHT_DATABASE__POOL_SIZE",
        )
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate
    if state == "53300":
        return DatabaseBusyError(
            "the database server has no connection free",
            way_out="raise its max_connections, or lower our pool sizes",
        )
    if _is_lost(cause, state, invalid=getattr(error, "connection_invalidated", False)):
        told = "the database was lost" if committing else "the database cannot be reached"
        return DatabaseUnavailableError(told, way_out=_STATUS, in_doubt=committing)
    return _by_state(state)


def _is_lost(cause: psycopg.Error, state: str | None, *, invalid: bool) -> bool:
    if state is None:
        return invalid or isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    return state.startswith("08") or state in _LOST


def _by_state(state: str | None) -> ReelwrightError | None:
    if state in _COLLISIONS:
        return CollisionError("the change met another one", way_out="try again")
    if state == "42501":
        return RightsError("you may not do this here", way_out="ask the owner for more")
    if state == "57014":
        return TookTooLongError("the database took too long to answer", way_out="try again later")
    if state == "55P03":
        return TookTooLongError("another change holds what this one needs", way_out="try again")
    if state is not None and state.startswith("53"):
        return DatabaseFullError(
            "the database server has no disk space or memory left", way_out="free some"
        )
    return None


def may_pass(error: BaseException) -> bool:
    """Whether the same idempotent work may go through a moment later."""
    ours = error if isinstance(error, ReelwrightError) else translated(error)
    return isinstance(ours, CollisionError | DatabaseUnavailableError | DatabaseBusyError)
