"""What signing in, row-level security and limits add to a request: CPU of this process, no network.

One route asks Postgres for the caller's own workspace under its policies; the other answers alone. Both
stand in one app, and are asked in turns, by a caller from elsewhere, so that limits are counted.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from statistics import median
from typing import Any

import uvloop
from fastapi import FastAPI

from benchmarks.figures import Figure
from benchmarks.homes import fresh_home
from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.faces.web.application import create_app
from reelwright.ground.errors import UnauthenticatedError

_ROUNDS = 9
_ASKED = 300
_MOST_MS = 1.5
_FROM = ("203.0.113.7", 40000)


def measure() -> Iterator[Figure]:
    """The guarded route over the bare one."""
    with fresh_home() as home, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        bare, guarded = runner.run(_measure(home))
    over = (guarded - bare) * 1e3
    yield Figure(
        "an authenticated request over the bare route, CPU (token, limits, one row under RLS)",
        f"at most {_MOST_MS} ms",
        f"{over:.2f} ms ({guarded * 1e3:.2f} against {bare * 1e3:.2f}; {_ROUNDS} x {_ASKED})",
        over <= _MOST_MS,
        "in one process, asked in turns; limits counted in memory",
    )


async def _measure(home: Any) -> tuple[float, float]:
    limits = {"address": "999999999/minute", "principal": "999999999/minute"}
    settings = Settings.model_validate({"home": home, "limits": limits})
    async with open_house(settings, web=True, directing=False) as opened:
        app = create_app(opened.container, settings.web, opened.checks())
        app.add_api_route("/bare", _bare)
        token = (home / "token").read_text(encoding="utf-8").strip()
        workspace = f"/api/v1/workspaces/{opened.owner.workspace}"
        routes = {"bare": _asking(app, "/bare", token), "rows": _asking(app, workspace, token)}
        took: dict[str, list[float]] = {name: [] for name in routes}
        for ask in routes.values():
            await _cpu(ask)
        for _ in range(_ROUNDS):
            for name, ask in routes.items():
                took[name].append(await _cpu(ask))
    return median(took["bare"]), median(took["rows"])


async def _bare() -> dict[str, str]:
    return {"status": "alive"}


async def _cpu(ask: Callable[[], Awaitable[None]]) -> float:
    begun = time.process_time()
    for _ in range(_ASKED):
        await ask()
    return (time.process_time() - begun) / _ASKED


def _asking(app: FastAPI, path: str, token: str) -> Callable[[], Awaitable[None]]:
    """One request as a server hands it over; a client's library would cost more than what is measured."""
    headers = [(b"host", b"bench"), (b"authorization", f"Bearer {token}".encode())]

    async def ask() -> None:
        scope: dict[str, Any] = {
            "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": headers, "client": _FROM, "server": ("bench", 80),
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message.get("status", 200) != 200:
                raise UnauthenticatedError(f"{path} answered {message['status']}")

        await app(scope, receive, send)

    return ask


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for figure in measure():
        print(figure)
