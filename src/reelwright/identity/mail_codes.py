"""Codes that letters carry: for one purpose, once, for some hours; only their hashes are kept.

The secret follows from the code's id and a key of the house. So no secret stands in any table or
event until the letter is written, and a letter that is written twice says the same.
"""

import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, UnauthenticatedError
from reelwright.ground.ids import MailCodeId, UserId, WorkspaceId
from reelwright.identity.secrets import Kind, SecretText
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import MailCodeRow

_KEPT = timedelta(days=7)
LETTER = "user:letter"
"""The event that has a letter written."""


class Purpose(StrEnum):
    """What a letter is about; the last two carry no code."""

    RESET = "reset"
    VERIFY = "verify"
    CHANGE = "change"
    CHANGED = "changed"
    RENEWED = "renewed"


NOTICES = frozenset({Purpose.CHANGED, Purpose.RENEWED})


class CodeRefusedError(InvalidInputError):
    """The code is wrong, over, used, or for something else: which of these is not told."""

    code = "code_refused"

    def __init__(self) -> None:
        super().__init__("this code is not valid", way_out="ask for a new one")


@dataclass(frozen=True, slots=True)
class CodeKey:
    """What the secrets in letters follow from."""

    key: bytes = field(repr=False)

    def text(self, of: Kind) -> SecretText[Kind]:
        """The secret of an id, as its letter carries it: the same whenever it is asked for."""
        return SecretText(of, hmac.new(self.key, of.encode(), "sha256").hexdigest())


class MailCodes:
    """Makes codes, and takes them back once."""

    def __init__(self, clock: Clock, settings: IdentitySettings, key: CodeKey) -> None:
        self._clock = clock
        self._lasts = timedelta(hours=settings.code_hours)
        self._key = key

    def text(self, code: MailCodeId) -> SecretText[MailCodeId]:
        """A code as its letter carries it."""
        return self._key.text(code)

    async def write(
        self, tx: Tx, user: UserId, home: WorkspaceId, purpose: Purpose, email: str
    ) -> None:
        """Have a letter written to an address of a person, once the transaction is committed.

        `home` is their personal workspace.
        """
        code, now = MailCodeId.new(), self._clock.now()
        row = {"id": code, "user_id": user, "purpose": purpose.value, "email": email}
        row |= {"hash": self.text(code).hash(), "created_at": now}
        if purpose in NOTICES:
            row |= {"used_at": now}
        old = (MailCodeRow.user_id == user) & (MailCodeRow.expires_at < now - _KEPT)
        await tx.execute(delete(MailCodeRow).where(old))
        await tx.execute(insert(MailCodeRow).values(**row, expires_at=now + self._lasts))
        await publish(tx, NewEvent(LETTER, code, {"purpose": purpose.value}, home))

    async def find(self, tx: Tx, text: str, purpose: Purpose) -> MailCodeRow:
        """What is kept of a code that is good; raises CodeRefusedError."""
        try:
            given = SecretText.parse(text, MailCodeId)
        except UnauthenticatedError:
            raise CodeRefusedError from None
        row = await tx.scalar(
            select(MailCodeRow)
            .where(
                MailCodeRow.id == given.id,
                MailCodeRow.purpose == purpose.value,
                MailCodeRow.used_at.is_(None),
                MailCodeRow.expires_at > self._clock.now(),
            )
            .with_for_update()
        )
        if not given.fits(row.hash if row else None) or row is None:
            raise CodeRefusedError
        return row

    async def redeem(self, tx: Tx, text: str, purpose: Purpose) -> MailCodeRow:
        """Take a code back; all others of the purpose are worthless then. Raises CodeRefusedError."""
        row = await self.find(tx, text, purpose)
        await tx.execute(
            update(MailCodeRow)
            .where(
                MailCodeRow.user_id == row.user_id,
                MailCodeRow.purpose == purpose.value,
                MailCodeRow.used_at.is_(None),
            )
            .values(used_at=self._clock.now())
        )
        return row

    async def end_all(self, tx: Tx, user: UserId) -> None:
        """Make all codes of a person worthless: who asked for them may be somebody else."""
        unused = (MailCodeRow.user_id == user) & MailCodeRow.used_at.is_(None)
        await tx.execute(update(MailCodeRow).where(unused).values(used_at=self._clock.now()))
