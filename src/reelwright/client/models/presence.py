"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Beat(BaseModel):
    """Where in the project somebody is, in an editor's own words: `scene sc_...`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    place: str | None = None


class PresenceView(BaseModel):
    """Somebody who is looking; gone after `until`, unless heard of again."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user_id: str
    place: str | None
    seen_at: datetime
    until: datetime
