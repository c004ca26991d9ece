"""`reelwright users`: who operates the installation, and how many accounts each may keep."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.ground.principals import Principal
    from reelwright.identity.operators import Operators
    from reelwright.identity.users import User

T = TypeVar("T")

users = App(name="users", help="Who operates the installation, and what each may have.")


@users.command(name="list")
def list_(*, as_json: Json = False) -> None:
    """List all people."""
    found = _ask(lambda operators, who: operators.list(who))
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
    accounts: Annotated[
        str | None, Parameter(help="so many accounts at most; default: as the settings say")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a person an operator, or no operator; say how many accounts they may keep."""
    from reelwright.ground.errors import InvalidInputError
    from reelwright.ground.ids import UserId

    known = UserId.parse(user_id)
    as_set = accounts == "default"
    if accounts is not None and not as_set and not accounts.isdecimal():
        raise InvalidInputError("--accounts is a number, or default")
    most = None if accounts is None or as_set else int(accounts)
    changed = _ask(
        lambda operators, who: operators.change(
            who, known, admin=admin, max_accounts=most, as_set=as_set
        )
    )
    print(json.dumps(_plain(changed)) if as_json else _line(changed))


def _ask(question: "Callable[[Operators, Principal], Awaitable[T]]") -> T:
    from reelwright.app.running import run_loop, running
    from reelwright.identity.operators import Operators

    async def ask() -> T:
        async with running() as house:
            return await question(await house.container.get(Operators), house.owner)

    return run_loop(ask)


def _line(user: "User") -> str:
    role = "operator" if user.admin else ""
    most = "as set" if user.max_accounts is None else f"{user.max_accounts} accounts"
    return f"{user.id}  {role:<8}  {most:<12}  {user.name}" + (
        f" <{user.email}>" if user.email else ""
    )


def _plain(user: "User") -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "admin": user.admin,
        "max_accounts": user.max_accounts,
    }
