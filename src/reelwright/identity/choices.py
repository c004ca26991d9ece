"""What people have set for themselves: how the pages look, what is chosen beforehand; one object a person.

What stands in it is the pages' business. It goes with the person to every device and workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.identity.tables import ChoicesRow

LARGEST = 64 * 1024


class ChoicesTooLargeError(InvalidInputError):
    """More than is kept of one person."""

    code = "choices_too_large"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody has set, and when; never, if nothing was."""

    choices: Mapping[str, Any]
    changed_at: datetime | None


class ChoiceBook:
    """Keeps people's choices; nobody but they themselves sees them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def get(self, who: Principal) -> Choices:
        """What the one who asks has set."""
        async with self._database.read(who) as tx:
            row = await tx.get(ChoicesRow, who.user)
        return Choices(row.choices, row.changed_at) if row else Choices({}, None)

    async def put(self, who: Principal, choices: Mapping[str, Any]) -> Choices:
        """Set all of it anew. Raises ChoicesTooLargeError; InvalidInputError for what is no JSON."""
        if len(json_text(choices, "what you chose").encode()) > LARGEST:
            raise ChoicesTooLargeError(
                f"this is more than {LARGEST // 1024} KiB",
                way_out="keep less, or keep it in a project",
            )
        told = {"choices": dict(choices), "changed_at": self._clock.now()}
        putting = insert(ChoicesRow).values(user_id=who.user, **told)
        async with self._database.transaction(who) as tx:
            await tx.execute(putting.on_conflict_do_update(index_elements=["user_id"], set_=told))
        return Choices(told["choices"], told["changed_at"])
