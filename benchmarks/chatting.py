"""A chat through our HTTP API, beside LiteLLM's proxy and Portkey's gateway, at the same fake.

All run at once on this machine, and are called in turns: whoever is not called has nothing to do.
What a gateway adds is its median less that of the fake, called as the gateway calls it.
"""

import http.client
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure
from benchmarks.homes import fresh_home
from benchmarks.peers.client import Client, Target, opened_client
from benchmarks.peers.fake import served_fake
from benchmarks.peers.gateways import CHAT, litellm_proxy, portkey_gateway
from benchmarks.peers.installing import (
    NotHereError,
    engine,
    litellm,
    litellm_version,
    portkey,
    portkey_version,
)
from benchmarks.service import free_port, served

_ROUNDS = 6
_ALONE = 150
_CALLERS = 16
_EACH = 25
_SLOTS = 4 * _CALLERS
_ADDED = "text call through our HTTP API, added p50, against LiteLLM's proxy with its database"
_RATE = f"the same, {_CALLERS} callers: time a request takes, against LiteLLM's proxy"
_WANTED = "at most 0.4"


@dataclass(slots=True)
class _Found:
    """What calls of one target took: one at a time, and how many a second when several call."""

    alone: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """Of a call alone, in milliseconds."""
        return median(self.alone) * 1000

    @property
    def rate(self) -> float:
        """Requests a second."""
        return median(self.rates)


def measure() -> Iterator[Figure]:
    """Added p50 and requests a second."""
    missing: dict[str, str] = {}
    for name, install in (("LiteLLM", litellm), ("Portkey", portkey)):
        try:
            install()
        except NotHereError as error:
            missing[name] = str(error)
    why = engine() if "LiteLLM" not in missing else None
    found = _measured(missing, database=why is None)
    yield from _figures(found, missing, why)


def _figures(
    found: dict[str, _Found], missing: dict[str, str], why: str | None
) -> Iterator[Figure]:
    added = {
        "LiteLLM": lambda: found["LiteLLM"].p50 - found["chat"].p50,
        "Portkey": lambda: found["Portkey"].p50 - found["chat"].p50,
    }
    ours, rate = found["ours"].p50 - found["responses"].p50, found["ours"].rate
    calls = f"{len(found['ours'].alone):,} calls each in turns"
    ratios = {name: ours / added[name]() for name in added if name not in missing}
    rates = {name: found[name].rate / rate for name in added if name not in missing}
    told = f"{ours:.1f} ms" + "".join(
        f"; {name} {_version(name)} adds {added[name]():.1f} ms: {ratio:.2f}"
        for name, ratio in ratios.items()
    )
    note = _note(missing, why)
    yield Figure(_ADDED, _WANTED, f"{told} ({calls})", _reached(ratios, why), note)
    told = f"{rate:.0f}/s" + "".join(
        f"; {name} {found[name].rate:.0f}/s: {ratio:.2f}" for name, ratio in rates.items()
    )
    yield Figure(
        _RATE, _WANTED, f"{told} (rounds of {_CALLERS * _EACH})", _reached(rates, why), note
    )


def _version(name: str) -> str:
    return litellm_version() if name == "LiteLLM" else portkey_version()


def _reached(ratios: dict[str, float], why: str | None) -> bool | None:
    """Not to be said of a proxy without its database, unless already that is slow enough."""
    if "LiteLLM" not in ratios:
        return None
    reached = ratios["LiteLLM"] <= 0.4
    return reached if why is None or reached else None


def _note(missing: dict[str, str], why: str | None) -> str:
    notes = [f"{name} could not be installed here: {said}" for name, said in missing.items()]
    if why is not None:
        notes.append(
            "LiteLLM's proxy ran WITHOUT its database, which could not be had here"
            f" ({why}): it kept nothing and knew its master key alone, ours has booked and settled"
        )
    return "; ".join(notes)


def _measured(missing: dict[str, str], *, database: bool) -> dict[str, _Found]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fake = stack.enter_context(served_fake())
        targets = {
            "chat": Target(f"{fake}/chat/completions", CHAT, {}),
            "responses": Target(f"{fake}/responses", _ANSWERED, {}, "response.completed"),
            "ours": stack.enter_context(_ours(fake)),
        }
        if "LiteLLM" not in missing:
            opened = litellm_proxy(fake, folder, database=database)
            targets["LiteLLM"] = stack.enter_context(opened)
        if "Portkey" not in missing:
            targets["Portkey"] = stack.enter_context(portkey_gateway(fake, folder))
        return _rounds(stack.enter_context(opened_client()), targets)


def _rounds(client: Client, targets: dict[str, Target]) -> dict[str, _Found]:
    found = {name: _Found() for name in targets}
    for number in range(_ROUNDS + 1):
        for name, target in targets.items():
            alone = client.call(target, 1, _ALONE)
            several = client.call(target, _CALLERS, _EACH)
            if number:  # the first round warms up
                found[name].alone += alone.took
                found[name].rates.append(several.a_second)
    return found


_ANSWERED = {
    "model": CHAT["model"],
    "input": [{"role": "user", "content": [{"type": "input_text", "text": "?"}]}],
    "stream": True,
}
"""As ours asks: it reads what is written while it is written."""


@contextmanager
def _ours(fake: str) -> Iterator[Target]:
    """`reelwright serve` with an embedded Postgres and one account at the fake."""
    port = free_port()
    with fresh_home() as home, served(home, port, {"REELWRIGHT_HTTP__PRIVATE": "true"}):
        headers = {"Authorization": f"Bearer {(home / 'token').read_text('utf-8').strip()}"}
        account = {"provider": "openai", "key": "key-of-a-test", "base_url": fake}
        _add(port, headers, account | {"max_concurrent_jobs": _SLOTS})
        yield Target(f"http://127.0.0.1:{port}/v1/chat/completions", CHAT, headers)


def _add(port: int, headers: dict[str, str], account: Mapping[str, Any]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    told = headers | {"Content-Type": "application/json"}
    connection.request("POST", "/api/v1/accounts", json.dumps(account), told)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 201:
        raise RuntimeError(f"the account was not added: {body!r}")
