"""Writing the letters that were asked for: the reaction to an event, after its commit, at least once."""

import logging

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.engines.events.event import Event
from reelwright.engines.mail.contract import Mail, Mailer, MailRefusedError
from reelwright.ground.clock import Clock
from reelwright.ground.ids import MailCodeId
from reelwright.ground.principals import Activity
from reelwright.identity.letters.wording import shown, way, worded
from reelwright.identity.mail_codes import NOTICES, MailCodes, Purpose
from reelwright.identity.site import Site
from reelwright.identity.tables import MailCodeRow, UserRow

_log = logging.getLogger(__name__)


class LetterWriter:
    """Writes letters about accounts, and hands them over."""

    def __init__(
        self, database: Database, clock: Clock, codes: MailCodes, mailer: Mailer, site: Site
    ) -> None:
        self._database = database
        self._clock = clock
        self._codes = codes
        self._mailer = mailer
        self._site = site

    async def write(self, event: Event) -> None:
        """Write the letter that an event asks for, unless its time is over; raises MailDelayedError."""
        code = MailCodeId.parse(event.subject)
        asked = (
            select(MailCodeRow, UserRow.name)
            .join(UserRow, UserRow.id == MailCodeRow.user_id)
            .where(MailCodeRow.id == code, UserRow.suspended_at.is_(None))
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            found = (await tx.execute(asked)).one_or_none()
        if found is None:
            return
        row, name = found
        if row.used_at is not None and Purpose(row.purpose) not in NOTICES:
            return
        if row.expires_at <= self._clock.now():
            return
        try:
            await self._mailer.send(self._letter(row, name))
        except MailRefusedError as error:
            _log.warning("a letter (%s) was not taken: %s", row.purpose, error.message)

    def _letter(self, row: MailCodeRow, name: str) -> Mail:
        code = self._codes.text(MailCodeId(row.id)).reveal()
        told = {
            "hello": f"Hello {shown(name, '')}".rstrip() + ",",
            "email": row.email,
            "what_to_do": way(self._site, row.purpose, code),
            "until": f"{row.expires_at:%d %B, %H:%M} UTC",
        }
        subject, body = worded(row.purpose, told)
        return Mail(row.email, subject, body, row.id)
