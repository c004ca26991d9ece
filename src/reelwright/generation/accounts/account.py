"""An account as everyone above sees it: whose it is, its limits, how it stands. Never its key."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import RowMapping

from reelwright.ground.ids import AccountId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.providers.contract import Access


class AccountState(StrEnum):
    """How it stands with its vendor."""

    ACTIVE = "active"
    COOLING = "cooling"  # until a moment
    EXHAUSTED = "exhausted"  # nothing left to pay with
    DISABLED = "disabled"  # its key is not accepted


class Sharing(StrEnum):
    """Who may use it."""

    PRIVATE = "private"  # its owner, in the workspace it was added to
    WORKSPACE = "workspace"  # all members of that workspace
    EVERYONE = "everyone"  # all workspaces: the operator's


@dataclass(frozen=True, slots=True)
class Condition:
    """How an account stands, and when it is looked at again.

    `failures` are those in a row, `probes` the trials since it last worked; `reason` is an error's code.
    """

    state: AccountState = AccountState.ACTIVE
    until: datetime | None = None
    reason: str | None = None
    failures: int = 0
    probes: int = 0
    probe_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of the calls paid through it."""

    successes: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def mean_s(self) -> float | None:
        """How long a success took on average."""
        return self.seconds / self.successes if self.successes else None


@dataclass(frozen=True, slots=True)
class Account:
    """One key of one vendor. `variable` names the environment variable that holds it, if none is stored."""

    id: AccountId
    workspace: WorkspaceId
    user: UserId
    provider: str
    name: str
    sharing: Sharing
    priority: int
    max_concurrent_jobs: int
    requests_per_minute: int | None
    credits: float | None
    paused: bool
    base_url: str
    variable: str | None
    condition: Condition
    figures: Figures
    last_used_at: datetime | None
    created_at: datetime
    running: int = 0
    sealed: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, row: RowMapping) -> Self:
        """The account of a row; `running` may stand beside the table's columns."""
        return cls(
            id=AccountId(row["id"]),
            workspace=WorkspaceId(row["workspace_id"]),
            user=UserId(row["user_id"]),
            sharing=Sharing(row["sharing"]),
            condition=Condition(
                AccountState(row["state"]),
                **{name: row[name] for name in ("until", "reason", "failures", "probes")},
                probe_at=row["probe_at"],
            ),
            figures=Figures(row["successes"], row["failed"], row["seconds"]),
            running=row.get("running") or 0,
            sealed=row["access"],
            **{name: row[name] for name in _PLAIN},
        )


_PLAIN = (
    "provider",
    "name",
    "priority",
    "max_concurrent_jobs",
    "requests_per_minute",
    "credits",
    "paused",
    "base_url",
    "variable",
    "last_used_at",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be added. `priority` 0 is used first, 10 last."""

    provider: str
    access: Access
    name: str = ""
    sharing: Sharing = Sharing.PRIVATE
    priority: int = 5
    max_concurrent_jobs: int = 5
    requests_per_minute: int | None = None
    credits: float | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A slot of an account that a call holds; its id is the call's. `who` may release it."""

    id: str
    account: AccountId
    who: Principal
    model: str
    credits: float
    taken_at: datetime
