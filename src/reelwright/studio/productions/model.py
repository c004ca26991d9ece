"""A production: one making of a film from one revision of a project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reelwright.ground.ids import (
    AssetId,
    JobId,
    ProductionId,
    ProjectId,
    RevisionId,
    UserId,
    WorkspaceId,
)
from reelwright.ground.principals import Principal


@dataclass(frozen=True, slots=True)
class Production:
    """A production as its people see it.

    `outputs` maps paths in the delivered folder to assets, and `report` says what was made; there
    are none until it is finished. `live` while it may still be worked on.
    """

    id: ProductionId
    workspace_id: WorkspaceId
    user_id: UserId
    project_id: ProjectId
    revision_id: RevisionId
    job_id: JobId
    options: Mapping[str, Any]
    live: bool
    report: Mapping[str, Any] | None
    outputs: Mapping[str, AssetId]
    created_at: datetime
    finished_at: datetime | None

    @property
    def state(self) -> str:
        """`making`, `finished`, or `ended` when it was cancelled or has failed."""
        if self.report is not None:
            return "finished"
        return "making" if self.live else "ended"

    @property
    def who(self) -> Principal:
        """Whoever asked for it; it is made in their name."""
        return Principal(self.user_id, self.workspace_id)


@dataclass(frozen=True, slots=True)
class EndedBatch:
    """A batch that is done or has failed. `made` says for each digest whether it was made just now."""

    id: str
    digests: tuple[str, ...]
    made: tuple[bool, ...]
    error: Mapping[str, Any] | None
