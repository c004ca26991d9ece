"""Leaving for good: a person and all that is theirs alone is deleted.

First they are kept out, in one transaction; that is the promise. A chore keeps it: what is under way
is called off, then everything goes in one transaction, or nothing. So it may die anywhere, be done
twice, or by two at once. Objects in storage that no row knows any more are swept a day later.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.sessions import SessionService
from reelwright.identity.tokens import TokenService

_SHARED = text("SELECT id, name FROM work_with_others()")
_LEAVE = text("SELECT leave_for_good()")
_LEAVING = text("SELECT leaving_people()")
_FORGET = text("SELECT forget_address(:user)")
_ERASE = text("SELECT erase_person(:user)")
_TOLD = 20

_log = logging.getLogger(__name__)


class OwnsWorkError(ConflictError):
    """Somebody who wants to leave owns workspaces in which others work, or own projects."""

    code = "owns_workspaces"


@dataclass(frozen=True, slots=True)
class Farewells:
    """What is done before a person's things are deleted; each MUST bear to be repeated."""

    all: Sequence[Callable[[UserId], Awaitable[None]]] = ()


class Leaving:
    """Lets people go."""

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        sessions: SessionService,
        tokens: TokenService,
    ) -> None:
        self._database = database
        self._audit = audit
        self._sessions = sessions
        self._tokens = tokens

    async def leave(self, who: Principal) -> None:
        """Keep a person out from now on, and have all that is theirs alone deleted.

        Their workspaces go with all that is in them, the personal one as well, if nobody else works or
        owns a project there; what they made elsewhere belongs to the others. The audit trail keeps ids, and nothing
        else. Raises OwnsWorkError, ConflictError for whoever owns the installation.
        """
        async with self._database.transaction(who) as tx:
            shared = (await tx.execute(_SHARED)).all()
            if shared:
                named = ", ".join(f"{one.name} ({one.id})" for one in shared[:_TOLD])
                raise OwnsWorkError(
                    f"others work in {len(shared)} of your workspaces: {named}",
                    way_out="hand them over (POST /workspaces/{id}/transfer), or, as with the personal"
                    " one, let the others go (DELETE /members/{id}, /projects/{id}/members/{id});"
                    " who wants to keep a project takes it along as a file first",
                )
            if not await tx.scalar(_LEAVE):
                raise ConflictError("the owner of the installation stays")
            await self._audit.write(tx, who, "user:left", who.user, {})
        self._sessions.forget(who.user)
        self._tokens.forget(who.user)


class Erasure:
    """Deletes what belongs to those who have left."""

    def __init__(self, database: Database, farewells: Farewells) -> None:
        self._database = database
        self._farewells = farewells

    async def erase(self) -> int:
        """Delete what belongs to those who have left; how many they were. A chore.

        Whoever cannot be let go of yet keeps nobody else waiting; the first failure is raised last.
        """
        async with self._database.read(Activity.CLEAN_UP) as tx:
            leaving = [UserId(one) for one in await tx.scalars(_LEAVING)]
        failures: list[Exception] = []
        for user in leaving:
            try:
                await self._erase(user)
            except Exception as error:  # noqa: BLE001  (raised below, when the others are gone)
                _log.exception("%s has left, and could not be let go of yet", user)
                failures.append(error)
        if failures:
            raise failures[0]
        return len(leaving)

    async def _erase(self, user: UserId) -> None:
        for farewell in self._farewells.all:
            await farewell(user)
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            await tx.execute(_FORGET, {"user": user})
            if await tx.scalar(_ERASE, {"user": user}):
                _log.info("%s has left, and all that was theirs is deleted", user)
