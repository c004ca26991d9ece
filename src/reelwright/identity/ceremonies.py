"""Sign-ins under way: begun here, finished by the same browser, once, within ten minutes."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.ids import CeremonyId
from reelwright.ground.principals import Activity
from reelwright.identity.secrets import SecretText
from reelwright.identity.tables import CeremonyRow

LASTS = timedelta(minutes=10)


class CeremonyOverError(UnauthenticatedError):
    """This browser has begun no such sign-in, or it is over: by time, or because it was used."""

    code = "ceremony_over"

    def __init__(self) -> None:
        super().__init__("this sign-in is over, or was begun elsewhere", way_out="begin again")


class Ceremonies:
    """Keeps what a sign-in has to be finished with; only its browser has the secret."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, purpose: str, data: dict[str, Any]) -> str:
        """Begin one; answers the secret for the browser. What is over is forgotten on the way."""
        text, now = SecretText.new(CeremonyId), self._clock.now()
        row = {"id": text.id, "purpose": purpose, "hash": text.hash(), "data": data}
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(delete(CeremonyRow).where(CeremonyRow.expires_at <= now))
            await tx.execute(insert(CeremonyRow).values(**row, expires_at=now + LASTS))
        return text.reveal()

    async def finish(self, secret: str | None, purpose: str) -> dict[str, Any]:
        """What it was begun with; it is over now, however it goes on. Raises CeremonyOverError."""
        try:
            text = SecretText.parse(secret or "", CeremonyId)
        except UnauthenticatedError:
            raise CeremonyOverError from None
        # By its hash: whoever does not have the secret cannot end it either.
        ending = delete(CeremonyRow).where(
            CeremonyRow.id == text.id,
            CeremonyRow.hash == text.hash(),
            CeremonyRow.purpose == purpose,
            CeremonyRow.expires_at > self._clock.now(),
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            data = await tx.scalar(ending.returning(CeremonyRow.data))
        if data is None:
            raise CeremonyOverError
        return data
