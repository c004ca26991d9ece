"""Records runs under way with the code of today, for releases to come to finish.

`PYTHONPATH=tests python tests/migration/record_history.py NAME [first]` writes `tests/migration/histories/NAME.json`. `first` runs the bodies
as they were before they were changed.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from reelwright.engines.durable.contract import Call
from support.databases import Server, doors, server_url
from support.durable_executors import ask, executor, until
from support.durable_history import MARKS, WHO, record, roster

_SCENES = 3


async def run(url: str, *, first: bool) -> str:
    """Let scenes come as far as their wait, one never start, and a message lie ready."""
    ask(url, MARKS)
    async with doors(url) as database:
        bodies = roster(database, first=first)
        async with executor(database, url, bodies, grace_s=0.1) as (durable, _):
            names = [f"scene-{n}" for n in range(_SCENES)]
            async with database.transaction(WHO) as tx:
                await durable.enqueue(
                    tx, [Call("make_scene", one, {"scene": one}, "scenes") for one in names]
                )
            await until(
                url,
                "SELECT count(*) = %s FROM dbos.operation_outputs WHERE function_name = 'DBOS.sleep'",
                _SCENES,
            )
        async with database.transaction(WHO) as tx:
            call = Call("make_scene", "scene-new", {"scene": "scene-new"}, "scenes")
            await durable.enqueue(tx, [call])
    return record(url)


def main() -> None:
    """Record, write."""
    with tempfile.TemporaryDirectory() as folder, server_url(Path(folder)) as url:
        server = Server(url)
        own = server.create()
        try:
            history = asyncio.run(run(own, first="first" in sys.argv[2:]))
            file = Path(__file__).parent / "histories" / f"{sys.argv[1]}.json"
            file.write_text(history, encoding="utf-8")
        finally:
            server.drop(own)
            server.close()


if __name__ == "__main__":
    main()
