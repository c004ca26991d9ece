"""Texts that are asked for in tests."""

from pydantic import BaseModel, Field

from reelwright.providers.prompts import Message, TextRequest


class Person(BaseModel):
    """Who is in a scene."""

    name: str
    age: int | None = Field(None, ge=0, description="in years")


class Breakdown(BaseModel):
    """A schema with all that ours have: references, choices, bounds, defaults."""

    title: str
    scenes: int = Field(ge=1)
    people: list[Person] = []
    lead: Person = Field(description="who it is about")


SCRIPT = TextRequest(
    (
        Message("system", "You break scripts down."),
        Message("user", "INT. CAFE - NIGHT. Mara shuts the door."),
    ),
    Breakdown.model_json_schema(),
)
