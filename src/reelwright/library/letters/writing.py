"""Telling the owner of a workspace by mail what is held back in it: the reaction to an event, at least once."""

import logging
from importlib import resources
from string import Template

from sqlalchemy import Row, select

from reelwright.engines.database.database import Database
from reelwright.engines.events.event import Event
from reelwright.engines.mail.contract import Mail, Mailer, MailRefusedError
from reelwright.ground.principals import Activity
from reelwright.identity.site import Site
from reelwright.identity.tables import UserRow, WorkspaceRow
from reelwright.library.takedowns import LIFTED, UPHELD

_log = logging.getLogger(__name__)
_TEXTS = {UPHELD: "upheld", LIFTED: "lifted"}
KINDS = frozenset(_TEXTS)


class RightsLetters:
    """Writes them, to owners whose address is proved to be theirs; others find it when they look."""

    def __init__(self, database: Database, mailer: Mailer, site: Site) -> None:
        self._database = database
        self._mailer = mailer
        self._site = site

    async def write(self, event: Event) -> None:
        """Tell the owner; raises MailDelayedError."""
        asked = (
            select(UserRow.email, WorkspaceRow.name)
            .join(WorkspaceRow, WorkspaceRow.owner_id == UserRow.id)
            .where(
                WorkspaceRow.id == event.workspace,
                UserRow.email_verified_at.is_not(None),
                UserRow.suspended_at.is_(None),
            )
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            found = (await tx.execute(asked)).one_or_none()
        if found is None or not found.email:
            return
        try:
            await self._mailer.send(self._letter(event, found))
        except MailRefusedError as error:
            _log.warning("a letter (%s) was not taken: %s", event.kind, error.message)

    def _letter(self, event: Event, owner: Row[str | None, str]) -> Mail:
        which = _TEXTS[event.kind]
        text = resources.files("reelwright.library.letters").joinpath(f"{which}.txt")
        subject, _, body = text.read_text("utf-8").partition("\n\n")
        told = {
            "workspace": owner.name,
            "kind": event.data.get("kind", ""),
            "files": "\n".join(f"- {one}" for one in event.data.get("assets", ())),
            "reason": event.data.get("reason", ""),
            "how": f"{self._site.base_url or ''}/api/v1/takedowns/{event.subject}/reply",
        }
        letter = Template(body).substitute(told)
        return Mail(str(owner.email), subject.strip(), letter, f"{event.subject}-{which}")
