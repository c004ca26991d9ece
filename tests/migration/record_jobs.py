"""Records jobs under way with the code of today, for releases to come to finish.

`PYTHONPATH=tests python tests/migration/record_jobs.py NAME` writes `tests/migration/jobs/NAME.json`.
"""

import asyncio
import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.jobs.job import NewJob
from support.databases import Server, doors, server_url
from support.durable_executors import QUICK, ask, until
from support.job_history import TABLES, studio
from support.people import new_person

_ALL = "SELECT to_jsonb(one) FROM {} AS one"
_WAITING = "SELECT count(*) = 3 FROM jobs WHERE state = 'waiting'"


async def run(url: str) -> str:
    """Let three jobs come as far as their wait, and one never start."""
    durable = DbosDurable(role_url(url, SYSTEM))
    async with doors(url) as database:
        who = await new_person(database)
        jobs, roster = studio(database, durable)
        executor = DbosExecutor(database, role_url(url, SYSTEM), QUICK)
        await executor.start(roster)
        for place in ("gate", "tower", "bridge"):
            await jobs.create_job(who, _vigil(place))
        await until(url, _WAITING)
        await executor.stop(timedelta(seconds=0.1))
        await jobs.create_job(who, _vigil("harbour"))
    durable.close()
    rows = {table: [row for (row,) in ask(url, _ALL.format(table))] for table in TABLES}
    return json.dumps(rows, indent=1) + "\n"


def _vigil(place: str) -> NewJob:
    return NewJob(kind="vigil", params={"place": place}, name=place)


def main() -> None:
    """Record, write."""
    with tempfile.TemporaryDirectory() as folder, server_url(Path(folder)) as url:
        server = Server(url)
        own = server.create()
        try:
            history = asyncio.run(run(own))
            file = Path(__file__).parent / "jobs" / f"{sys.argv[1]}.json"
            file.write_text(history, encoding="utf-8")
        finally:
            server.drop(own)
            server.close()


if __name__ == "__main__":
    main()
