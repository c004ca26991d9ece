"""`reelwright accounts`: the keys of vendors that films are paid through."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.generation.accounts.account import Account
    from reelwright.generation.accounts.book import AccountBook
    from reelwright.generation.accounts.circuits import Circuit
    from reelwright.ground.principals import Principal

T = TypeVar("T")

accounts = App(name="accounts", help="Keys of vendors: add, list, test, pause, resume, remove.")

More = Annotated[
    list[str] | None,
    Parameter(help="what the vendor needs besides: NAME=VALUE, or NAME=@FILE; may be repeated"),
]


@accounts.command
def add(
    provider: str,
    *,
    name: Annotated[str, Parameter(help="what you call it")] = "",
    key_stdin: Annotated[bool, Parameter(negative="", help="read the key from stdin")] = False,
    key_env: Annotated[
        str | None, Parameter(help="read it from this variable, and keep it")
    ] = None,
    base_url: Annotated[str, Parameter(help="another address than the vendor's own")] = "",
    more: More = None,
    concurrent: Annotated[int, Parameter(help="at most so many calls at a time")] = 5,
    per_minute: Annotated[int | None, Parameter(help="at most so many calls a minute")] = None,
    priority: Annotated[int, Parameter(help="0 is used first, 10 last")] = 5,
    credits: Annotated[float | None, Parameter(help="what is left, in the vendor's unit")] = None,  # noqa: A002  # the trade's word
    shared: Annotated[bool, Parameter(negative="", help="for all of your workspace")] = False,
    everyone: Annotated[bool, Parameter(negative="", help="for all workspaces")] = False,
    as_json: Json = False,
) -> None:
    """Add a key of PROVIDER. It is asked for, unless it comes by one of the options."""
    from reelwright.generation.accounts.account import NewAccount, Sharing
    from reelwright.providers.contract import Access

    parts = _parts(more or [])
    key = _key(provider, stdin=key_stdin, variable=key_env, optional=bool(parts))
    new = NewAccount(
        provider=provider,
        access=Access(key, base_url, parts),
        name=name,
        sharing=Sharing.EVERYONE if everyone else Sharing.WORKSPACE if shared else Sharing.PRIVATE,
        priority=priority,
        max_concurrent_jobs=concurrent,
        requests_per_minute=per_minute,
        credits=credits,
    )
    _tell(_ask(lambda book, who: book.add(who, new)), as_json=as_json)


@accounts.command(name="list")
def list_(*, provider: str | None = None, as_json: Json = False) -> None:
    """List the accounts you may use, those of this shell's environment among them."""
    from reelwright.ground.paging import LARGEST, Paging

    async def all_of(book: "AccountBook", who: "Principal") -> "list[Account]":
        found, paging = [], Paging(LARGEST)
        while True:
            page = await book.list(who, paging, provider=provider)
            found += page.rows
            if page.next is None:
                return found
            paging = Paging(LARGEST, page.next)

    found = _ask(all_of)
    if as_json:
        print(json.dumps([_plain(one) for one in found]))
        return
    for one in found:
        print(_line(one))
    if not found:
        print("none yet: reelwright accounts add PROVIDER")


@accounts.command
def show(account_id: str, *, as_json: Json = False) -> None:
    """Show an account: how it stands, what came of its calls, and which models are left alone."""
    known = _known(account_id)

    async def look(book: "AccountBook", who: "Principal") -> "tuple[Account, Sequence[Circuit]]":
        return await book.get(who, known), await book.circuits(who, known)

    account, circuits = _ask(look)
    if as_json:
        print(json.dumps(_plain(account) | {"circuits": [_circuit(one) for one in circuits]}))
        return
    now, figures = account.condition, account.figures
    print(_line(account))
    if now.reason:
        tried = f", tried again {now.probe_at:%Y-%m-%d %H:%M:%S}" if now.probe_at else ""
        often = f", {now.failures} times in a row" if now.failures else ""
        print(f"  {now.reason}{often}{tried}")
    mean = "" if figures.mean_s is None else f", {figures.mean_s:.1f} s on average"
    print(f"  {figures.successes} calls answered, {figures.failed} failed{mean}")
    for one in circuits:
        told = _circuit(one)
        until = f" until {one.open_until:%H:%M:%S}" if one.open_until else ""
        why = f"{one.failures} failures in a row, the last: {one.reason}"
        print(f"  {one.model}: {told['state']}{until} ({why})")


@accounts.command(name="test")
def try_out(account_id: str, *, as_json: Json = False) -> None:
    """Try a key with its vendor, without paying."""
    known = _known(account_id)
    trial = _ask(lambda book, who: book.test(who, known))
    error = str(trial.error) if trial.error else None
    if as_json:
        told = {"tried": trial.tried, "error": error, "credits": trial.credits, "note": trial.note}
        print(json.dumps(told))
    elif error is None:
        left = "" if trial.credits is None else f", {trial.credits:g} credits left"
        print(f"{'works' if trial.tried else 'not tried'}{left}{trial.note and f' ({trial.note})'}")
    if trial.error is not None:
        raise trial.error


@accounts.command
def pause(account_id: str, *, as_json: Json = False) -> None:
    """Use an account no more until it is resumed; what runs through it ends as it would."""
    _change(account_id, paused=True, as_json=as_json)


@accounts.command
def resume(account_id: str, *, as_json: Json = False) -> None:
    """Use an account again, whatever its vendor said of it before."""
    _change(account_id, paused=False, as_json=as_json)


@accounts.command
def remove(account_id: str) -> None:
    """Forget an account and its key."""
    known = _known(account_id)
    _ask(lambda book, who: book.remove(who, known))
    print(f"{known}: removed")


def _ask(question: "Callable[[AccountBook, Principal], Awaitable[T]]") -> T:
    from reelwright.app.setting_sources import load
    from reelwright.app.start import open_house
    from reelwright.generation.accounts.book import AccountBook

    async def ask() -> T:
        async with open_house(load().settings, worker=False) as house:
            return await question(await house.container.get(AccountBook), house.owner)

    return asyncio.run(ask())


def _change(account_id: str, *, paused: bool, as_json: bool) -> None:
    known = _known(account_id)
    _tell(_ask(lambda book, who: book.change(who, known, {"paused": paused})), as_json=as_json)


def _known(account_id: str) -> Any:
    from reelwright.ground.ids import AccountId

    return AccountId.parse(account_id)


def _key(provider: str, *, stdin: bool, variable: str | None, optional: bool) -> str:
    """The key, from wherever it comes; it never stands on the command line, which others can read."""
    import os
    from getpass import getpass

    from reelwright.ground.errors import InvalidInputError

    if stdin:
        return sys.stdin.read().strip()
    if variable is not None:
        key = os.environ.get(variable, "").strip()
        if not key:
            raise InvalidInputError(
                f"{variable[:60]} is not set", way_out="set it, or leave it away"
            )
        return key
    if optional:
        return ""
    if not sys.stdin.isatty():
        raise InvalidInputError("no key was given", way_out="pipe it in with --key-stdin")
    return getpass(f"Key of {provider}: ").strip()


def _parts(given: list[str]) -> dict[str, str]:
    from pathlib import Path

    from reelwright.ground.errors import InvalidInputError

    parts = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals):
            raise InvalidInputError("--more is NAME=VALUE", way_out="or NAME=@FILE")
        parts[name] = Path(value[1:]).read_text(encoding="utf-8") if value[:1] == "@" else value
    return parts


def _tell(account: "Account", *, as_json: bool) -> None:
    print(json.dumps(_plain(account)) if as_json else _line(account))


def _line(account: "Account") -> str:
    now = account.condition
    state = "paused" if account.paused else now.state.value
    until = f" until {now.until:%H:%M:%S}" if now.until and not account.paused else ""
    used = f"{account.running} of {account.max_concurrent_jobs}"
    source = f"  from {account.variable}" if account.variable else ""
    return (
        f"{account.id}  {account.provider:<10}  {state + until:<10}  {used:<8}"
        f"  {account.sharing.value:<9}  {account.name}{source}"
    )


def _circuit(one: "Circuit") -> dict[str, Any]:
    from datetime import UTC, datetime

    return {
        "model": one.model,
        "state": one.state(datetime.now(UTC)).value,
        "until": one.open_until.isoformat() if one.open_until else None,
        "failures": one.failures,
        "opens": one.opens,
        "reason": one.reason,
    }


def _plain(account: "Account") -> dict[str, Any]:
    """An account as JSON; its key is nowhere."""
    now, figures = account.condition, account.figures
    return {
        "id": account.id,
        "provider": account.provider,
        "name": account.name,
        "sharing": account.sharing.value,
        "source": account.variable or "stored",
        "base_url": account.base_url,
        "priority": account.priority,
        "max_concurrent_jobs": account.max_concurrent_jobs,
        "requests_per_minute": account.requests_per_minute,
        "credits": account.credits,
        "paused": account.paused,
        "state": now.state.value,
        "until": now.until.isoformat() if now.until else None,
        "reason": now.reason,
        "running": account.running,
        "successes": figures.successes,
        "failures": figures.failed,
        "mean_s": figures.mean_s,
    }
