"""Telling that a step of a limit was reached: once for each limit, period and step."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reelwright.billing.limits import Scope
from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.principals import Principal

PROJECT_BUDGET: Final = "project:budget"
PRODUCTION_BUDGET: Final = "production:budget"
ACCOUNT_BUDGET: Final = "account:budget"

_KINDS = {Scope.PROJECT: PROJECT_BUDGET, Scope.PRODUCTION: PRODUCTION_BUDGET}


async def announce(tx: Tx, who: Principal, alerts: Sequence[Mapping[str, Any]] | None) -> None:
    """Publish what the ledger's functions say was reached; costs nothing when nothing was."""
    await publish(tx, *(_event(who, one) for one in alerts or ()))


def _event(who: Principal, alert: Mapping[str, Any]) -> NewEvent:
    kind = _KINDS.get(Scope(alert["scope"]), ACCOUNT_BUDGET)
    return NewEvent(kind, alert["subject"] or who.workspace, dict(alert))
