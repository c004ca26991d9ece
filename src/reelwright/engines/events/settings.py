"""What can be set about events."""

from pydantic import BaseModel, ConfigDict, Field


class EventSettings(BaseModel):
    """How fast events travel, and how long they are kept.

    `announce_every_s`: at most one wake-up of the other processes in that time; `gap_s`: what a
    process pauses from one look at the table to the next; `poll_s`: readers look by themselves that
    often, should a wake-up be lost; `queue` events may wait for one slow
    reader in memory, who then reads on from the table. `keep_days` and, for events of progress,
    `keep_progress_hours` are what a reader may be away and still miss nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    announce_every_s: float = Field(0.05, gt=0, le=5)
    poll_s: float = Field(1.0, gt=0, le=60)
    gap_s: float = Field(0.02, ge=0, le=1)
    queue: int = Field(256, ge=1)
    page: int = Field(500, ge=1, le=10_000)
    keep_days: float = Field(7, gt=0)
    keep_progress_hours: float = Field(1, gt=0)
