"""What can be set about sending letters."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class MailSettings(BaseModel):
    """The mail server, and who letters come from.

    Without a `host` letters are laid into the folder `letters` of the home: for a laptop.
    `security`: encrypted from the start (`tls`), from the first words on (`starttls`), or not at all.
    `within_s` is how long the server may be silent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str | None = Field(None, min_length=1)
    port: int = Field(587, ge=1, le=65535)
    user: str | None = None
    password: SecretStr | None = None
    sender: str = Field("reelwright <reelwright@localhost>", pattern=r"^[^\r\n]*@[^\r\n]+$")
    security: Literal["tls", "starttls", "none"] = "starttls"
    within_s: float = Field(15, gt=0, le=120)
