"""What can be set about signing in."""

from pydantic import BaseModel, ConfigDict, Field


class IdentitySettings(BaseModel):
    """How long a checked token is believed without asking the database again (0: never)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    remember_s: float = Field(3, ge=0, le=5)
    remember_at_most: int = Field(10_000, ge=1)
