"""What can be set about the cache."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class CacheSettings(BaseModel):
    """Where answers are remembered: in this process's memory, or in a Redis that several share.

    `url` is `redis://…` or `rediss://…`; it may hold a password. `size` bounds the memory's
    entries. A Redis that fails is left alone for `pause_s`; `within_s` is how long one word with it
    may take.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: SecretStr | None = None
    size: int = Field(10_000, ge=1)
    within_s: float = Field(0.5, gt=0)
    pause_s: float = Field(5, gt=0)
    prefix: str = Field("reelwright", pattern=r"^[a-z0-9_-]+$")
