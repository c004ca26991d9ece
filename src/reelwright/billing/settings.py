"""What can be set about money."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import NoDecode

Percent = Annotated[int, Field(ge=1, le=1000)]


def _parted(value: Any) -> Any:
    """Also as one text with commas, as environment variables have it."""
    return value.split(",") if isinstance(value, str) else value


class BillingSettings(BaseModel):
    """At which shares of a limit (per cent) the workspace is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    alert_steps: Annotated[tuple[Percent, ...], NoDecode, BeforeValidator(_parted)] = (50, 80, 100)
