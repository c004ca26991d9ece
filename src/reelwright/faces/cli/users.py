"""`reelwright users`: who operates the installation, and how many accounts each may keep."""

import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.ground.principals import Principal
    from reelwright.identity.operators import Operators
    from reelwright.identity.owner import LocalOwner
    from reelwright.identity.users import User

T = TypeVar("T")

_DEFAULT = "default"
_LIMITS = ("max_jobs_a_day", "max_jobs_at_once", "max_storage", "max_accounts")
_Most = Annotated[str | None, Parameter(help="so many at most; default: as their plan says")]

users = App(name="users", help="Who operates the installation, and what each may have.")


@users.command(name="list")
def list_(
    search: Annotated[str | None, Parameter(help="in the name, the address or the id")] = None,
    /,
    *,
    as_json: Json = False,
) -> None:
    """List all people, or those in whose name, address or id SEARCH is."""
    found = _ask(lambda operators, who: _all(operators, who, search))
    if as_json:
        print(json.dumps([_plain(one) for one in found]))
        return
    for one in found:
        print(_line(one))


@users.command
def change(
    user_id: str,
    /,
    *,
    admin: Annotated[bool | None, Parameter(help="operates the installation, or not")] = None,
    plan: Annotated[str | None, Parameter(help="their plan; default: the usual one")] = None,
    jobs_a_day: _Most = None,
    jobs_at_once: _Most = None,
    storage: Annotated[str | None, Parameter(help="bytes; default: as their plan says")] = None,
    accounts: _Most = None,
    as_json: Json = False,
) -> None:
    """Make a person an operator, or no operator; set their plan, and what overrules its limits."""
    from reelwright.ground.ids import UserId

    known = UserId.parse(user_id)
    limits = {"jobs_a_day": jobs_a_day, "jobs_at_once": jobs_at_once}
    limits |= {"storage": storage, "accounts": accounts}
    said: Any = {f"max_{name}": _number(name, one) for name, one in limits.items() if one}
    if admin is not None:
        said["admin"] = admin
    if plan is not None:
        said["plan"] = None if plan == _DEFAULT else plan
    changed = _ask(lambda operators, who: operators.change(who, known, said))
    print(json.dumps(_plain(changed)) if as_json else _line(changed))


@users.command
def suspend(user_id: str, /, *, reason: str, as_json: Json = False) -> None:
    """Keep a person out: all their sessions end at once."""
    from reelwright.ground.ids import UserId

    known = UserId.parse(user_id)
    kept_out = _ask(lambda operators, who: operators.suspend(who, known, reason))
    print(json.dumps(_plain(kept_out)) if as_json else _line(kept_out))


@users.command
def restore(user_id: str, /, *, as_json: Json = False) -> None:
    """Let a person in again."""
    from reelwright.ground.ids import UserId

    known = UserId.parse(user_id)
    let_in = _ask(lambda operators, who: operators.restore(who, known))
    print(json.dumps(_plain(let_in)) if as_json else _line(let_in))


@users.command
def token(
    *, renew: Annotated[bool, Parameter(help="make another; the old ones end")] = False
) -> None:
    """Say where the token is by which this machine's owner asks the service, or renew it."""
    from reelwright.engines.storage.home import home

    if renew:
        ended = _as_owner(lambda owner: owner.renew_token(home()))
        print(f"{ended} ended; the new one is in {home() / 'token'}")
    else:
        _as_owner(lambda owner: owner.ensure_local_token(home()))
        print(home() / "token")


@users.command
def session(*, as_json: Json = False) -> None:
    """Sign this machine's owner in: a session may do what no token may, such as make tokens."""
    made, text = _as_owner(lambda owner: owner.sign_in())
    if as_json:
        print(json.dumps({"id": made.id, "session": text, "expires_at": str(made.expires_at)}))
        return
    print(text)
    print(f"it ends on {made.expires_at:%Y-%m-%d}, or when you sign out", file=sys.stderr)


async def _all(operators: "Operators", who: "Principal", search: str | None) -> "list[User]":
    from reelwright.ground.paging import LARGEST, Paging

    page = await operators.list(who, search, Paging(LARGEST))
    found = list(page.rows)
    while page.next:
        page = await operators.list(who, search, Paging(LARGEST, page.next))
        found += page.rows
    return found


def _number(name: str, text: str) -> int | None:
    from reelwright.ground.errors import InvalidInputError

    if text == _DEFAULT:
        return None
    if not text.isdecimal():
        raise InvalidInputError(f"--{name.replace('_', '-')} is a number, or {_DEFAULT}")
    return int(text)


def _ask(question: "Callable[[Operators, Principal], Awaitable[T]]") -> T:
    from reelwright.app.running import run_loop, running
    from reelwright.identity.operators import Operators

    async def ask() -> T:
        async with running() as house:
            return await question(await house.container.get(Operators), house.owner)

    return run_loop(ask)


def _as_owner(question: "Callable[[LocalOwner], Awaitable[T]]") -> T:
    from reelwright.app.running import run_loop, running
    from reelwright.identity.owner import LocalOwner

    async def ask() -> T:
        async with running() as house:
            return await question(await house.container.get(LocalOwner))

    return run_loop(ask)


def _line(user: "User") -> str:
    role = "kept out" if user.suspended_at else "operator" if user.admin else ""
    most = "as set" if user.max_accounts is None else f"{user.max_accounts} accounts"
    return f"{user.id}  {role:<8}  {user.plan or 'usual plan'}  {most:<12}  {user.name}" + (
        f" <{user.email}>" if user.email else ""
    )


def _plain(user: "User") -> dict[str, Any]:
    names = ("id", "name", "email", "admin", "plan", *_LIMITS)
    suspended = user.suspended_at.isoformat() if user.suspended_at else None
    return {name: getattr(user, name) for name in names} | {"suspended_at": suspended}
