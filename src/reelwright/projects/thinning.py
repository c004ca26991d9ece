"""Old versions of states go: by their age everywhere, and in each project by the bytes they take."""

import logging
from collections.abc import Mapping
from typing import Any

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Activity
from reelwright.projects import statements

_log = logging.getLogger(__name__)
_AT_ONCE = 200
_BEGINNING: Mapping[str, str] = {"workspace": "", "project": "", "editor": ""}


async def bound_in(tx: Tx, key: Mapping[str, Any], most: int) -> None:
    """Forget a project's oldest versions when all take more than `most` bytes; the newest stay.

    A quarter more than must goes, so that not every save has to look.
    """
    if (await tx.scalar(statements.BYTES_OF_STATES, dict(key)) or 0) > most:
        await tx.execute(statements.BOUND_STATES, {**key, "most": most * 3 // 4})


async def thin_states(database: Database, clock: Clock) -> int:
    """Thin out the old versions of all states that have some; returns how many went.

    One that fails stops no other: the first error is raised at the end.
    """
    gone, failed, last = 0, [], _BEGINNING
    while True:
        asked = {**last, "now": clock.now(), "most": _AT_ONCE}
        async with database.read(Activity.CLEAN_UP) as tx:
            old = (await tx.execute(statements.OLD_STATES, asked)).all()
        for one in old:
            key = {"workspace": one.workspace_id, "project": one.project_id, "editor": one.editor}
            try:
                gone += await _thin(database, key | {"now": clock.now()})
            except ReelwrightError as error:
                _log.warning("states of project %s are not thinned out: %s", one.project_id, error)
                failed.append(error)
            last = key
        if len(old) < _AT_ONCE:
            break
    if failed:
        raise failed[0]
    return gone


async def _thin(database: Database, told: Mapping[str, Any]) -> int:
    async with database.transaction(Activity.CLEAN_UP) as tx:
        held = (await tx.execute(statements.HOLD_STATE, told)).all()
        if not held:  # it is being saved: the next time
            return 0
        gone = len((await tx.execute(statements.THIN_STATE, told)).all())
        await tx.execute(statements.NOTE_THINNED, told)
        return gone
