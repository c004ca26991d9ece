"""What can be set about people and signing in."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class IdentitySettings(BaseModel):
    """Who may sign up, and how long a sign-in lasts.

    A checked token or session is believed for `remember_s` without asking the database again (0:
    never). `sign_up`: anybody (`open`), whoever was invited, or nobody (`closed`). A session ends
    `session_idle_days` after it was last used, and `session_days` after it was begun.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    remember_s: float = Field(3, ge=0, le=5)
    remember_at_most: int = Field(10_000, ge=1)
    sign_up: Literal["open", "invited", "closed"] = "invited"
    session_idle_days: float = Field(14, gt=0, le=365)
    session_days: float = Field(90, gt=0, le=3650)
    invitation_days: float = Field(7, gt=0, le=90)
    code_hours: float = Field(2, gt=0, le=72)
