"""Many tasks that take slots of one account and give them back, in a process of its own.

`python account_takers.py URL USER WORKSPACE TASKS ROUNDS` prints, as JSON, how often a slot was taken,
and the most that were held at one time, as seen by whoever held one.
"""

import asyncio
import json
import sys

from sqlalchemy import text

from reelwright.generation.accounts.errors import NoFreeAccountError
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from support.accounts import Pool
from support.databases import doors

_HELD = text("SELECT count(*) FROM account_reservations WHERE released_at IS NULL")


async def run(url: str, who: Principal, tasks: int, rounds: int) -> dict[str, int]:
    """Take and release until each task has had its rounds."""
    seen: list[int] = []
    name = f"{id(seen)}-{sys.argv[0]}-{asyncio.get_running_loop().time()}"

    async def one(task: int) -> None:
        for number in range(rounds):
            call = f"{name}-{task}-{number}"
            while True:
                try:
                    await pool.take(who, call)
                    break
                except NoFreeAccountError:
                    await asyncio.sleep(0.01)
            async with database.read(Activity.DISPATCH) as tx:
                seen.append(await tx.scalar(_HELD))
            assert await pool.release(who, call)

    async with doors(url) as database:
        pool = Pool(database, clock=SystemClock())
        await asyncio.gather(*(one(task) for task in range(tasks)))
    return {"taken": len(seen), "most": max(seen)}


if __name__ == "__main__":
    url, user, workspace, tasks, rounds = sys.argv[1:]
    who = Principal(UserId(user), WorkspaceId(workspace))
    print(json.dumps(asyncio.run(run(url, who, int(tasks), int(rounds)))))
