"""What can be set about models for the whole installation."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, field_validator

from reelwright.providers.operations import Operation


class ModelSettings(BaseModel):
    """Which models are asked where nobody says otherwise.

    `prefer`: `text-to-image=fal/flux-dev, text=google/gemini-flash`, by operation. What a person or
    a project prefers comes before it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prefer: str = Field("", max_length=2000)

    @field_validator("prefer")
    @classmethod
    def _names_operations(cls, value: str) -> str:
        for operation, model in _pairs(value):
            if operation not in set(Operation) or not model:
                raise ValueError(f"{operation[:40]!r}: write OPERATION=MODEL, with commas between")
        return value

    def preferred(self) -> Mapping[Operation, str]:
        """The models by their operations."""
        return {Operation(operation): model for operation, model in _pairs(self.prefer)}


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = (one.partition("=") for one in text.split(",") if one.strip())
    return [(operation.strip(), model.strip()) for operation, _, model in pairs]
