"""Writing the letters of invitations: the reaction to an event, after its commit, at least once."""

import logging

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.engines.events.event import Event
from reelwright.engines.mail.contract import Mail, Mailer, MailRefusedError
from reelwright.ground.clock import Clock
from reelwright.ground.ids import InvitationId
from reelwright.ground.principals import Activity
from reelwright.identity.invitations import STANDS
from reelwright.identity.letters.wording import shown, way, worded
from reelwright.identity.mail_codes import CodeKey
from reelwright.identity.site import Site
from reelwright.identity.tables import InvitationRow, UserRow, WorkspaceRow

_log = logging.getLogger(__name__)


class InvitationWriter:
    """Takes invitations to the addresses they are for."""

    def __init__(
        self, database: Database, clock: Clock, key: CodeKey, mailer: Mailer, site: Site
    ) -> None:
        self._database = database
        self._clock = clock
        self._key = key
        self._mailer = mailer
        self._site = site

    async def write(self, event: Event) -> None:
        """Write the letter of an invitation that is still open; raises MailDelayedError."""
        asked = (
            select(InvitationRow, UserRow.name, WorkspaceRow.name)
            .join(UserRow, UserRow.id == InvitationRow.user_id)
            .join(WorkspaceRow, WorkspaceRow.id == InvitationRow.workspace_id)
            .where(
                InvitationRow.id == InvitationId.parse(event.subject),
                InvitationRow.accepted_at.is_(None),
                InvitationRow.revoked_at.is_(None),
                InvitationRow.expires_at > self._clock.now(),
                STANDS,
            )
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            found = (await tx.execute(asked)).one_or_none()
        if found is None:
            return
        row, inviter, workspace = found
        text = self._key.text(row.id)
        if not text.fits(row.hash):  # the key of the house is another one now
            _log.warning("the letter of invitation %s cannot be written any more", row.id)
            return
        try:
            await self._mailer.send(self._letter(row, inviter, workspace, text.reveal()))
        except MailRefusedError as error:
            _log.warning("the letter of an invitation was not taken: %s", error.message)

    def _letter(self, row: InvitationRow, inviter: str, workspace: str, text: str) -> Mail:
        team = shown(workspace, "")
        place = f"the workspace {team}".rstrip() if row.project_id is None else "a project"
        told = {
            "inviter": shown(inviter, "somebody"),
            "place": place,
            "role": row.role,
            "email": row.email,
            "what_to_do": way(self._site, "invitation", text),
            "until": f"{row.expires_at:%d %B, %H:%M} UTC",
        }
        kind = "invitation" if row.owned_by is None else "handing_over"
        subject, body = worded(kind, told)
        return Mail(row.email, subject, body, row.id)
