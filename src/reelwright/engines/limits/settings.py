"""What can be set about how often someone may ask."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Rate = Annotated[str, Field(pattern=r"^(none|[1-9]\d{0,8}/(second|minute|hour|day))$")]


class LimitSettings(BaseModel):
    """So many tries in a time, as `600/minute`; `none`: as many as one likes.

    `address` counts all requests of a network address (of IPv6, of its /64), before anybody is known;
    `principal` those of one who has signed in. The others count tries at what can be guessed, by
    address or by name: `sign_in` those at one account from one address. `share` counts who comes by a share link, by link and
    address, `share_link` by the link alone; `share_password` and `share_password_link` the wrong passwords
    at it. `size` bounds what one process counts at a time in its own memory. Where it
    is counted by several processes together, the cache's settings say: `cache.url`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: Rate = "3000/minute"
    principal: Rate = "1500/minute"
    sign_in: Rate = "10/hour"
    sign_in_account: Rate = "100/hour"
    sign_in_address: Rate = "100/hour"
    sign_up: Rate = "10/hour"
    letter: Rate = "5/hour"
    invitation: Rate = "30/hour"
    share: Rate = "300/minute"
    share_link: Rate = "3000/minute"
    share_password: Rate = "10/minute"  # noqa: S105  # a rate
    share_password_link: Rate = "200/minute"  # noqa: S105  # a rate
    notice: Rate = "10/hour"
    size: int = Field(100_000, ge=100)
