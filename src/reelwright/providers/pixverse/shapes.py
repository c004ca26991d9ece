"""What goes over PixVerse's wire: everything comes in one envelope, with HTTP 200 also when it is a trouble."""

from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Envelope(_Shape):
    """Around each answer. A picture that was judged unfit comes in small letters, and with HTTP 500."""

    code: int = Field(validation_alias=AliasChoices("ErrCode", "err_code"))
    message: str = Field("", validation_alias=AliasChoices("ErrMsg", "err_msg"))
    content: Any = Field(None, validation_alias=AliasChoices("Resp", "resp"))


class Picture(_Shape):
    """A picture handed over."""

    img_id: int


class Medium(_Shape):
    """A shot handed over."""

    media_id: int


class Created(_Shape):
    """A shot to be made."""

    video_id: int


class Result(_Shape):
    """How a shot stands, and where it is."""

    status: int
    url: str = ""
    width: int | None = Field(None, alias="outputWidth")
    height: int | None = Field(None, alias="outputHeight")
    seed: int | None = None


class Balance(_Shape):
    """Credits of this month, and those bought."""

    credit_monthly: int
    credit_package: int
