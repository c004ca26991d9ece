"""What is sent and answered. Written by `make openapi`."""

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import About


class CommentText(BaseModel):
    """What is said."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    body: str


class NewComment(BaseModel):
    """What is said, and about what: a scene or a shot by its stable id, or a time in milliseconds."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    body: str
    about: About | None = None
    anchor: str | None = None
    at_ms: int | None = None
