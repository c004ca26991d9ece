"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class EventView(BaseModel):
    """The `data` of one server-sent event; its `event` field is `kind`, its `id` field is `id`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    kind: str
    subject: str
    at: datetime
    data: dict[str, Any]
