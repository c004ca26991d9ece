"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

AfterFailure = Annotated[Literal["fail", "cancel", "run"], Newer]


class JobOrder(BaseModel):
    """Work to be done. `priority` 0 is the most urgent, 10 the least."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: str
    params: dict[str, Any] | None = None
    priority: int | None = None
    name: str | None = None
    project_id: str | None = None
    scheduled_at: datetime | None = None
    depends_on: list[str] | None = None
    on_parent_failure: AfterFailure | None = None
    join_key: str | None = None
    time_limit_s: float | None = None
