"""What a letter is, and what may be asked of whoever sends it."""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from reelwright.ground.errors import Kind, ReelwrightError


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter in plain text to one person.

    `id` names it: a letter that is sent twice has the same, so that mail programs show it once.
    """

    to: str
    subject: str
    text: str = field(repr=False)
    id: str


class MailDelayedError(ReelwrightError):
    """The letter could not be handed over now; it may be tried again."""

    code: ClassVar[str] = "mail_delayed"
    kind: ClassVar[Kind] = Kind.UNAVAILABLE


class MailRefusedError(ReelwrightError):
    """The letter will not be taken, however often it is tried: there is no such address."""

    code: ClassVar[str] = "mail_refused"
    kind: ClassVar[Kind] = Kind.REFUSED


class Mailer(Protocol):
    """Hands letters over to whoever carries them."""

    async def send(self, mail: Mail) -> None:
        """Hand a letter over; raises MailDelayedError, MailRefusedError. Never inside a transaction."""
        ...
