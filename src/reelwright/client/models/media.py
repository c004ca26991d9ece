"""What is sent and answered. Written by `make openapi`."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class MediaOrder(BaseModel):
    """An operation on assets. `project_id`: its type must have the operation, its asset is the project's."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    operation: str
    inputs: list[str]
    params: dict[str, Any] | None = None
    project_id: str | None = None
    priority: int | None = None


class OperationView(BaseModel):
    """An operation: `params` is the JSON Schema of its parameters, `gives` asset or analysis."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    purpose: str
    takes: list[str]
    least_inputs: int
    most_inputs: int
    gives: str
    params: dict[str, Any]
    project_types: list[str]
