"""`reelwright costs`: what was spent on models, on what, and limits of it."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.billing.analytics import Usage
    from reelwright.billing.limits import Scope, Standing

T = TypeVar("T")

_SCOPES = "workspace_month, user_day, project, production or operation"
_Kind = Annotated[str, Parameter(help=_SCOPES)]
_Subject = Annotated[
    str, Parameter(help="the project, person, job or operation; without: each without its own")
]
_Currency = Annotated[str, Parameter(help="three letters")]

costs = App(name="costs", help="What this installation's owner spent on models, and limits of it.")


@costs.command
def show(
    *,
    by: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            help="user, project, production, operation, vendor, model or day; again: and by that",
        ),
    ] = None,
    since: Annotated[str | None, Parameter(help="the first day: 2026-11-01 (UTC)")] = None,
    until: Annotated[str | None, Parameter(help="the last day")] = None,
    project: Annotated[str | None, Parameter(help="of this project only")] = None,
    as_csv: Annotated[bool, Parameter(name="--csv", negative="", help="print a table")] = False,
    as_json: Json = False,
) -> None:
    """Say what was spent and what is held, told apart as you like; without days, from the beginning."""
    from reelwright.billing.analytics import AnalyticsService
    from reelwright.billing.spans import Span
    from reelwright.ground.ids import ProjectId

    kinds, days = _dimensions(by or []), Span.of(_day(since), _day(until))
    asked: Any = {"since": days.since, "before": days.before}
    asked["project"] = ProjectId.parse(project) if project else None

    async def ask(house: "OpenHouse") -> Any:
        spending = await house.container.get(AnalyticsService)
        tell = spending.usage_csv if as_csv else spending.usage
        return await tell(house.owner, kinds, **asked)

    found = _ask(ask)
    if as_csv:
        print(found, end="")
    elif as_json:
        print(json.dumps([_plain(one) for one in found]))
    else:
        print("\n".join(map(_line, found)) or "nothing was spent")


@costs.command
def limits(*, as_json: Json = False) -> None:
    """List the limits, and what is left of each."""

    async def ask(house: "OpenHouse") -> "Sequence[Standing]":
        from reelwright.billing.spending_limits import SpendingLimits

        return await (await house.container.get(SpendingLimits)).standings(house.owner)

    found = _ask(ask)
    if as_json:
        print(json.dumps([_plain_limit(one) for one in found]))
    else:
        print("\n".join(map(_limit_line, found)) or "nothing is limited")


@costs.command
def limit(
    kind: _Kind,
    amount: Annotated[str, Parameter(help="at most so much, such as 50 or 0.50")],
    /,
    *,
    currency: _Currency = "USD",
    subject: _Subject = "",
) -> None:
    """Limit what may be spent, or change the amount of a limit."""
    from reelwright.billing.limits import NewLimit
    from reelwright.generation.quotes import read_bound

    new = NewLimit(_scope(kind), read_bound(amount), currency, subject)

    async def ask(house: "OpenHouse") -> "Sequence[Standing]":
        from reelwright.billing.spending_limits import SpendingLimits
        from reelwright.generation.limiting import Limiting

        made = await (await house.container.get(Limiting)).set(house.owner, new)
        service = await house.container.get(SpendingLimits)
        return [one for one in await service.standings(house.owner) if one.limit.id == made.id]

    print("\n".join(map(_limit_line, _ask(ask))))


@costs.command
def unlimit(kind: _Kind, /, *, currency: _Currency = "USD", subject: _Subject = "") -> None:
    """Take a limit away."""
    scope = _scope(kind)

    async def ask(house: "OpenHouse") -> None:
        from reelwright.billing.spending_limits import SpendingLimits

        service = await house.container.get(SpendingLimits)
        await service.remove(house.owner, await service.find(house.owner, scope, subject, currency))

    _ask(ask)


def _ask(question: "Callable[[OpenHouse], Awaitable[T]]") -> T:
    from reelwright.app.running import run_loop, running

    async def ask() -> T:
        async with running(worker=False) as house:
            return await question(house)

    return run_loop(ask)


def _dimensions(names: Sequence[str]) -> list[Any]:
    from reelwright.billing.analytics import Dimension
    from reelwright.ground.errors import InvalidInputError

    known = [one.value for one in Dimension]
    for name in names:
        if name not in known:
            raise InvalidInputError(
                f"costs are not told apart by {name[:60]!r}", way_out=f"--by {', '.join(known)}"
            )
    return [Dimension(name) for name in names]


def _scope(kind: str) -> "Scope":
    from reelwright.billing.limits import Scope
    from reelwright.ground.errors import InvalidInputError

    if kind not in {one.value for one in Scope}:
        raise InvalidInputError(f"{kind[:60]!r} cannot be limited", way_out=f"write {_SCOPES}")
    return Scope(kind)


def _day(text: str | None) -> date | None:
    from reelwright.ground.errors import InvalidInputError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInputError(
            f"{text[:40]!r} is no day" if text else "", way_out="write 2026-11-01"
        ) from None


def _line(one: "Usage") -> str:
    from reelwright.ground.money import spelled

    names = "  ".join(name or "-" for name in one.by.values())
    spent, held = spelled(one.spent, one.currency), spelled(one.held, one.currency)
    calls = "1 call" if one.calls == 1 else f"{one.calls} calls"
    return f"{names}  {spent} spent, {held} held, {calls}".strip()


def _limit_line(one: "Standing") -> str:
    from reelwright.ground.money import spelled

    limit, left = one.limit, one.left
    for_ = f" {limit.subject}" if limit.subject else ""
    when = f", {one.period}" if one.period else ""
    room = "" if left is None else f", {spelled(left, limit.currency)} left"
    return f"{limit.scope.value}{for_}: {spelled(limit.micros, limit.currency)}{when}{room}"


def _plain(one: "Usage") -> dict[str, Any]:
    by = {key.value: name for key, name in one.by.items()}
    told = {"currency": one.currency, "calls": one.calls}
    return {"by": by} | told | {"held_micros": one.held, "spent_micros": one.spent}


def _plain_limit(one: "Standing") -> dict[str, Any]:
    limit = one.limit
    told = {"scope": limit.scope.value, "subject": limit.subject, "micros": limit.micros}
    told |= {"currency": limit.currency, "period": one.period}
    return told | {"taken_micros": one.taken, "left_micros": one.left}
