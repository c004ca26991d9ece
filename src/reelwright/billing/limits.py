"""Limits as values: what they are set on, and how much room they leave."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import LimitId, UserId
from reelwright.ground.money import checked_currency, checked_micros

_LONGEST = 200


class Scope(StrEnum):
    """What a limit is set on. Days and months are those of UTC."""

    OPERATION = "operation"  # each single call; the subject is the operation
    PROJECT = "project"
    USER_DAY = "user_day"
    WORKSPACE_MONTH = "workspace_month"  # has no subject
    PRODUCTION = "production"  # a film's tree of jobs; the subject is the job at its root


@dataclass(frozen=True, slots=True)
class NewLimit:
    """At most `micros` for a subject in each period. Without a subject: for each that has none of its own."""

    scope: Scope
    micros: int
    currency: str = "USD"
    subject: str = ""

    def __post_init__(self) -> None:
        checked_micros(self.micros, "a limit")
        checked_currency(self.currency)
        if self.scope is Scope.WORKSPACE_MONTH and self.subject:
            raise InvalidInputError("a limit of the workspace has no subject")
        if len(self.subject) > _LONGEST or not (self.subject or "x").isprintable():
            raise InvalidInputError("this is no subject of a limit", way_out="give an id")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it stands, and who set it when."""

    id: LimitId
    scope: Scope
    subject: str
    micros: int
    currency: str
    set_by: UserId
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A limit, and what counts against it in the period that runs.

    `taken` is held and spent; None for a limit of each single call, or of each subject without its own.
    """

    limit: Limit
    period: str
    taken: int | None

    @property
    def left(self) -> int | None:
        """How much still fits."""
        return None if self.taken is None else max(0, self.limit.micros - self.taken)


@dataclass(frozen=True, slots=True)
class Room:
    """What one limit leaves. `taken` is held and spent; a limit of an operation is never used up.

    In `currency`; a limit in another currency leaves no room.
    """

    limit_id: LimitId
    scope: Scope
    subject: str
    period: str
    micros: int
    taken: int
    currency: str
    foreign: bool = False

    @property
    def left(self) -> int:
        """How much still fits."""
        return 0 if self.foreign else max(0, self.micros - self.taken)
