"""A submission: one paid call, as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from reelwright.ground.ids import (
    AssetId,
    HoldId,
    JobId,
    ProjectId,
    SubmissionId,
    UserId,
    WorkspaceId,
)
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Recall
from reelwright.providers.contract import Ticket
from reelwright.providers.operations import Operation


class SubmissionState(StrEnum):
    """Where a call stands; the last four are ends."""

    READY = "ready"  # written down, with its account and its money; perhaps on the wire
    WAITING = "waiting"  # the vendor has it
    MADE = "made"  # the vendor has finished; the results are still to be brought
    UNKNOWN = "unknown"  # nobody knows whether the vendor has it; its money stays held
    COMPLETED = "completed"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


OPEN = frozenset(
    (
        SubmissionState.READY,
        SubmissionState.WAITING,
        SubmissionState.MADE,
        SubmissionState.UNKNOWN,
    )
)
"""The states in which something is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One paid call.

    `most_micros` is held for it, `cost_micros` what it cost in the end, in the price's currency.
    `sends` counts how often it may have gone over the wire; `ticket` is the vendor's receipt.
    `answer` is the text that a call made at once was answered with; other products are `assets`.
    `attempt` is its place in the job's chain of models, from 1. `moved_on` says why the next model
    was tried instead. `abandoned`: its job has ended, and what comes is only settled and kept.
    """

    id: SubmissionId
    workspace_id: WorkspaceId
    user_id: UserId
    project_id: ProjectId | None
    job_id: JobId | None
    workflow_id: str | None
    attempt: int
    provider: str
    model: str
    operation: Operation
    recall: Recall
    request: Mapping[str, Any]
    recipe: str
    account_id: str | None
    hold_id: HoldId
    most_micros: int
    cost_micros: int | None
    state: SubmissionState
    sends: int
    sent_at: datetime | None
    ticket: Mapping[str, Any] | None
    remote_id: str | None
    used: Mapping[str, Any] | None
    assets: Sequence[AssetId]
    answer: str | None
    error: Mapping[str, Any] | None
    moved_on: str | None
    abandoned: bool
    looks: int
    look_at: datetime | None
    created_at: datetime
    changed_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From a row of the table `submissions`."""
        values = {one.name: row[one.name] for one in fields(cls)}
        project, job = values["project_id"], values["job_id"]
        typed: dict[str, Any] = {
            "id": SubmissionId(values["id"]),
            "workspace_id": WorkspaceId(values["workspace_id"]),
            "user_id": UserId(values["user_id"]),
            "project_id": ProjectId(project) if project else None,
            "job_id": JobId(job) if job else None,
            "operation": Operation(values["operation"]),
            "recall": Recall(values["recall"]),
            "hold_id": HoldId(values["hold_id"]),
            "state": SubmissionState(values["state"]),
            "assets": tuple(AssetId(one) for one in values["assets"]),
        }
        return cls(**values | typed)

    @property
    def who(self) -> Principal:
        """On whose behalf it was made."""
        return Principal(self.user_id, self.workspace_id)

    @property
    def receipt(self) -> Ticket | None:
        """The vendor's receipt."""
        if self.ticket is None:
            return None
        told = self.ticket
        operation = Operation(told["operation"])
        return Ticket(told["provider"], told["model"], told["remote_id"], operation, told["urls"])


def written_ticket(ticket: Ticket) -> dict[str, Any]:
    """A ticket as JSON."""
    return {
        "provider": ticket.provider,
        "model": ticket.model,
        "remote_id": ticket.remote_id,
        "operation": ticket.operation.value,
        "urls": dict(ticket.urls),
    }
