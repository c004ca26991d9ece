"""What is sent and answered. Written by `make openapi`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class Alive(BaseModel):
    """The process answers."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    status: Annotated[Literal["alive"], Newer] | None = None


class Readiness(BaseModel):
    """Whether requests can be served, and the state of each part."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    status: Annotated[Literal["ready", "not_ready", "stopping"], Newer]
    parts: dict[str, Annotated[Literal["works", "fails", "slow"], Newer]]
