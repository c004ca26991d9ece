"""What can be set about durable work."""

from pydantic import BaseModel, ConfigDict, Field, model_validator


class DurableSettings(BaseModel):
    """How a worker runs, how soon its death is noticed, and how long finished work is remembered.

    `lease_s`: a worker that has not been heard of for so long is taken over; it must be some beats
    long, and longer than a restart of the database should not matter. `threads` and `pool_size`
    bound what one worker uses. `retried_at_most_s`: the longest pause between two attempts while
    the database is away.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    beat_s: float = Field(1.0, gt=0)
    lease_s: float = Field(15.0, gt=0)
    threads: int = Field(32, ge=2, le=500)
    pool_size: int = Field(10, ge=2, le=200)
    pool_timeout_s: float = Field(120.0, gt=0)
    recovery_per_worker: int = Field(500, ge=1)
    takeover_batch: int = Field(500, ge=1)
    retried_at_most_s: float = Field(5.0, gt=0)
    keep_days: float = Field(7.0, gt=0)
    log_level: str = "WARNING"

    @model_validator(mode="after")
    def _a_lease_outlives_its_beats(self) -> "DurableSettings":
        if self.lease_s < 2 * self.beat_s:
            message = "lease_s must be at least twice beat_s"
            raise ValueError(message)
        return self
