"""Asks the API whatever its description allows, and more: `make schemathesis`.

Schemathesis runs against the whole service on a Postgres (REELWRIGHT_TEST_DATABASE_URL, else an
embedded one), over a real socket. It fails for a 5xx, for an answer that was not announced, for fewer
than `--least` requests, and where most were turned away at the door. What ends the caller's session is
asked in a run of its own, with a new session for each request.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from reelwright.faces.web.serving import serve_app
from support.api import whole_api
from support.databases import Server, server_url

_ANEW = "a-new-session-for-each-request"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,response_headers_conformance,ignored_auth"
)
_LEAST = 5000
_PATIENCE_S = 120  # a vendor that cannot be reached is asked several times
ENDING = ("logout", "leave", "change_password", "revoke_session", "revoke_sessions")
"""The operations after which the session that asked may be no more."""


def main() -> int:
    """Run, count, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=60, help="for each operation")
    asked.add_argument("--least", type=int, default=_LEAST)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument(
        "--linked", type=int, default=300, help="seconds for calls that follow links"
    )
    asked.add_argument("more", nargs="*", help="handed on to schemathesis, after --")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, server_url(Path(folder) / "server") as url:
        server = Server(url)
        database = server.create()
        try:
            code, statuses = asyncio.run(_run(database, Path(folder), given))
        finally:
            server.drop(database)
            server.close()
    total = sum(statuses.values())
    told = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
    faults = sum(count for status, count in statuses.items() if status >= 500)
    print(f"{total:,} requests ({told}); {faults} faults")
    if statuses[401] > total / 4:
        print(f"{statuses[401]:,} were not signed in: the rest of the API was hardly asked")
        return 1
    return code or int(faults > 0 or total < given.least)


async def _run(database: str, folder: Path, given: argparse.Namespace) -> tuple[int, Counter[int]]:
    statuses: Counter[int] = Counter()
    async with whole_api(database, folder) as api:
        stop, heard = asyncio.Event(), asyncio.get_running_loop().create_future()
        app: Any = _Counted(api, statuses)
        serving = asyncio.ensure_future(
            serve_app(app, "127.0.0.1", 0, stop=stop, announce=heard.set_result)
        )
        try:
            address = await heard
            document = folder / "openapi.json"
            document.write_text(json.dumps(api.app.openapi()), encoding="utf-8")
            code = await asyncio.to_thread(_ask_all, address, api.session, document, given)
        finally:
            stop.set()
            await serving
    return code, statuses


class _Counted:
    """The app, and what it answered; who asks for a new session has one."""

    def __init__(self, api, statuses):
        self._api, self._app, self._statuses = api, api.app, statuses
        self.state = api.app.state

    async def __call__(self, scope, receive, send):
        signed = (b"authorization", f"Bearer {_ANEW}".encode())
        if signed in scope.get("headers", ()):
            anew = (b"authorization", f"Bearer {await self._api.new_session()}".encode())
            scope["headers"] = [anew if one == signed else one for one in scope["headers"]]

        async def counted(message):
            if message["type"] == "http.response.start":
                self._statuses[message["status"]] += 1
            await send(message)

        await self._app(scope, receive, counted)


def _ask_all(address: str, session: str, document: Path, given: argparse.Namespace) -> int:
    """One operation after the other; then whatever one answer leads to; then what ends sessions."""

    def ask(token: str, phases: str, *words: str) -> int:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(document), "--url", address),
            *("-H", f"Authorization: Bearer {token}", "--checks", CHECKS, "--phases", phases),
            *("--seed", str(given.seed), "--continue-on-failure", "--no-shrink"),
            *("--suppress-health-check", "all", "--warnings", "off"),
            *("--request-timeout", str(_PATIENCE_S), *words, *given.more),
        ]
        hooks = {"SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("anything_hooks.py"))}
        return subprocess.run(
            command, check=False, cwd=document.parent, env=os.environ | hooks
        ).returncode

    # What follows events never ends by itself; its own tests follow it.
    without = [word for name in (*ENDING, "follow_events") for word in _operation("exclude", name)]
    examples = ("--max-examples", str(given.examples))
    code = ask(session, "examples,coverage,fuzzing", *without, *examples)
    if given.linked:
        linked = ("--mode", "positive", "--max-examples", "100000", "--max-time", str(given.linked))
        code |= ask(session, "stateful", *without, *linked)
    ending = [word for name in ENDING for word in _operation("include", name)]
    return code | ask(_ANEW, "examples,coverage,fuzzing", *ending, *examples)


def _operation(how: str, name: str) -> tuple[str, str]:
    return f"--{how}-operation-id", name


if __name__ == "__main__":
    sys.exit(main())
