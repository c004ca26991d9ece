"""What can be set about projects."""

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ProjectSettings(BaseModel):
    """How edits are gathered into versions, how large a state may be, how long the trash is kept.

    `debounce_s`: edits are saved when none came for so long; `longest_wait_s`: and at the latest
    after so long. What is worth it is tried `retries` times more, first after `retry_delay_s`, then
    after `backoff` times as long each. `largest_state` is in bytes, and so is `largest_history`: of all
    states of a project as many versions are kept as fit, and the newest in any case. `presence_s`: whoever has not
    been heard of for so long is not looking at a project any more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    debounce_s: float = Field(0.4, ge=0, le=60)
    longest_wait_s: float = Field(2, ge=0, le=300)
    retries: int = Field(3, ge=0, le=20)
    retry_delay_s: float = Field(0.2, ge=0, le=60)
    backoff: float = Field(2, ge=1, le=10)
    largest_state: int = Field(2 * 2**20, ge=1024, le=64 * 2**20)
    largest_history: int = Field(64 * 2**20, ge=1024)
    trash_days: float = Field(30, gt=0)
    presence_s: float = Field(45, ge=1, le=3600)

    @model_validator(mode="after")
    def _in_order(self) -> "ProjectSettings":
        if self.longest_wait_s < self.debounce_s:
            raise ValueError("longest_wait_s must not be below debounce_s")
        return self
