"""Money set aside for a call of a provider: as it is asked for, and as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from reelwright.ground.ids import HoldId, JobId, ProjectId, UserId, WorkspaceId
from reelwright.ground.money import checked_currency, checked_micros


class HoldState(StrEnum):
    """How it stands. An unknown outcome stays held until somebody has found out."""

    HELD = "held"
    RELEASED = "released"  # nothing was made, as far as is known: a late success still settles it
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """Money to be set aside: the most that one call may cost.

    `price` is the price it was reckoned by, as JSON, kept as it was. `root_job_id` is the job at the
    root of the film production. Asking again with the same `id` changes nothing.
    """

    operation: str
    vendor: str
    model: str
    micros: int
    currency: str = "USD"
    price: Mapping[str, Any] = field(default_factory=dict)
    project_id: ProjectId | None = None
    job_id: JobId | None = None
    root_job_id: JobId | None = None
    id: HoldId = field(default_factory=HoldId.new)

    def __post_init__(self) -> None:
        checked_micros(self.micros, "what is held")
        checked_currency(self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Money set aside, and what became of it. `settled_micros` is what it cost in the end."""

    id: HoldId
    workspace_id: WorkspaceId
    user_id: UserId
    project_id: ProjectId | None
    job_id: JobId | None
    root_job_id: JobId | None
    operation: str
    vendor: str
    model: str
    micros: int
    currency: str
    price: Mapping[str, Any]
    day: date
    state: HoldState
    settled_micros: int | None
    remote_id: str | None
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From a row of the table `holds`, also as JSON."""
        values = {name: row[name] for name in cls.__dataclass_fields__}
        project, job, root = (row[key] for key in ("project_id", "job_id", "root_job_id"))
        values |= {
            "id": HoldId(row["id"]),
            "workspace_id": WorkspaceId(row["workspace_id"]),
            "user_id": UserId(row["user_id"]),
            "project_id": ProjectId(project) if project else None,
            "job_id": JobId(job) if job else None,
            "root_job_id": JobId(root) if root else None,
            "state": HoldState(row["state"]),
            "day": _read(date, row["day"]),
            "created_at": _read(datetime, row["created_at"]),
            "ended_at": _read(datetime, row["ended_at"]),
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Ending:
    """A hold after somebody wanted to end it. Without `changed` it had ended so before."""

    hold: Hold
    changed: bool
    late: bool = False
    """It had been released, and was made after all."""


def _read(kind: Any, value: Any) -> Any:
    return kind.fromisoformat(value) if isinstance(value, str) else value
