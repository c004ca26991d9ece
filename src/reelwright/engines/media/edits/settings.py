"""What can be set about working on people's files."""

from pydantic import BaseModel, ConfigDict, Field


class MediaSettings(BaseModel):
    """How much one piece of work on files may take.

    `at_once`: how many processes one of ours has for it (none given: one a core). `memory_mb` is address space,
    of which some is never used; `time_limit_s` bounds a job, `look_limit_s` measuring a file or
    making its thumbnail; `largest_mb` what may be written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_once: int | None = Field(None, ge=1, le=512)
    memory_mb: int = Field(6144, ge=1024)
    time_limit_s: float = Field(3600, gt=0)
    look_limit_s: float = Field(60, gt=0)
    largest_mb: int = Field(4096, ge=1)
