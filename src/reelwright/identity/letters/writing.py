"""Writing the letters that were asked for: the reaction to an event, after its commit, at least once."""

import logging
import re
from importlib import resources
from string import Template

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.engines.events.event import Event
from reelwright.engines.mail.contract import Mail, Mailer, MailRefusedError
from reelwright.ground.clock import Clock
from reelwright.ground.ids import MailCodeId
from reelwright.ground.principals import Activity
from reelwright.identity.mail_codes import NOTICES, MailCodes, Purpose
from reelwright.identity.site import Site
from reelwright.identity.tables import MailCodeRow, UserRow

_LINK = re.compile(r"[/:@\\]|\.\w")
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
        text = (
            resources.files("reelwright.identity.letters")
            .joinpath(f"{row.purpose}.txt")
            .read_text("utf-8")
        )
        subject, _, body = text.partition("\n\n")
        told = {
            "hello": _hello(name),
            "email": row.email,
            "what_to_do": self._way(row.purpose, code),
        }
        told |= {"until": f"{row.expires_at:%d %B, %H:%M} UTC"}
        return Mail(row.email, subject.strip(), Template(body).substitute(told), row.id)

    def _way(self, purpose: str, code: str) -> str:
        """How to use a code: behind the # of a link no server and no log on the way sees it."""
        if self._site.base_url is None:
            return f"The code is:\n\n{code}"
        return f"Open this link:\n\n{self._site.base_url}/letters/{purpose}#{code}"


def _hello(name: str) -> str:
    """A greeting; a name that could be taken for a link, or for an address, is left out.

    Whoever gives a stranger's address must not write the stranger's letter.
    """
    return "Hello," if _LINK.search(name) else f"Hello {name},"
