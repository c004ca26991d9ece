"""What Postgres and the pool say is told by state and type, never by words."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import exc

from reelwright.engines.database.failures import (
    CollisionError,
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseUnavailableError,
    TookTooLongError,
    may_pass,
    translated,
)
from reelwright.ground.errors import ConflictError, Kind


def wrapped(cause):
    return exc.DBAPIError("SELECT 1", {}, cause)


@pytest.mark.parametrize(
    ("cause", "ours"),
    [
        (errors.SerializationFailure(), CollisionError),
        (errors.DeadlockDetected(), CollisionError),
        (errors.QueryCanceled(), TookTooLongError),
        (errors.LockNotAvailable(), TookTooLongError),
        (errors.AdminShutdown(), DatabaseUnavailableError),
        (errors.CannotConnectNow(), DatabaseUnavailableError),
        (errors.IdleInTransactionSessionTimeout(), DatabaseUnavailableError),
        (errors.ConnectionFailure(), DatabaseUnavailableError),
        (psycopg.OperationalError("connection refused"), DatabaseUnavailableError),
        (errors.TooManyConnections(), DatabaseBusyError),
        (errors.DiskFull(), DatabaseFullError),
    ],
)
def test_each_trouble_has_its_error_and_all_are_unavailable(cause, ours):
    for error in (cause, wrapped(cause)):
        found = translated(error)
        assert type(found) is ours
        assert found.kind is Kind.UNAVAILABLE
        assert found.way_out


def test_a_pool_without_a_free_connection_is_busy():
    assert isinstance(translated(exc.TimeoutError()), DatabaseBusyError)


@pytest.mark.parametrize(
    "error",
    [errors.UniqueViolation(), errors.CheckViolation(), errors.UndefinedTable(), KeyError()],
)
def test_what_only_the_caller_understands_is_left_alone(error):
    assert translated(error) is None
    assert not may_pass(error)


def test_a_commit_whose_answer_was_lost_is_in_doubt():
    found = translated(psycopg.OperationalError("gone"), committing=True)
    assert isinstance(found, DatabaseUnavailableError)
    assert found.in_doubt


def test_only_what_a_moment_may_heal_is_tried_again():
    assert may_pass(CollisionError("x"))
    assert may_pass(wrapped(errors.DeadlockDetected()))
    assert not may_pass(TookTooLongError("x"))
    assert not may_pass(ConflictError("x"))


def test_a_message_never_holds_what_the_driver_said():
    found = translated(psycopg.OperationalError('password "geheim" for host'))
    assert "geheim" not in str(found)
