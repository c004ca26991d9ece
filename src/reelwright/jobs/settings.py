"""What can be set about jobs."""

from pydantic import BaseModel, ConfigDict, Field


class JobSettings(BaseModel):
    """How many jobs one worker runs at a time, and how often the scheduler looks around.

    `stale_s`: how long a live job may stand still before it is asked whether its run still exists.
    `progress_s`: progress is written down at most once in this time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_worker: int = Field(100, ge=1)
    poll_s: float = Field(0.4, gt=0)
    pass_every_s: float = Field(2, gt=0)
    pass_size: int = Field(500, ge=1, le=5000)
    stale_s: float = Field(60, gt=0)
    lost_runs: int = Field(5, ge=0)
    backoff_s: float = Field(2, gt=0)
    longest_backoff_s: float = Field(300, gt=0)
    progress_s: float = Field(0.5, gt=0)
    largest_batch: int = Field(1000, ge=1)
