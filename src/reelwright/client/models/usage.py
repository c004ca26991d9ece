"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import UsageDayView


class PlansLimits(BaseModel):
    """How much somebody may have; None: as much as they like.

    `jobs_a_day` and `jobs_at_once` count what people ask for, not what jobs ask for themselves.
    `storage` are bytes. `accounts` are keys of vendors; None: as the settings of accounts say.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    jobs_a_day: int | None = None
    jobs_at_once: int | None = None
    storage: int | None = None
    accounts: int | None = None


class UsageView(BaseModel):
    """What the caller may have (null: as much as they like), has, and used day by day of theirs.

    `accounts` null in the limits: as the settings of the installation say.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    plan: str
    limits: PlansLimits
    zone: str
    jobs_today: int
    jobs_now: int
    storage: int
    resets_at: datetime
    days: list[UsageDayView]
