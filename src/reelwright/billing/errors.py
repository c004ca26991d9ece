"""What can go wrong with money beside what can go wrong with everything."""

from collections.abc import Mapping
from typing import Any

from reelwright.billing.limits import Scope
from reelwright.ground.errors import ExhaustedError
from reelwright.ground.money import spelled

_OF = {
    Scope.OPERATION: "one call of {subject}",
    Scope.PROJECT: "project {subject}",
    Scope.USER_DAY: "this user on {period}",
    Scope.WORKSPACE_MONTH: "this workspace in {period}",
    Scope.PRODUCTION: "this production",
}


class UnpricedError(ExhaustedError):
    """Nobody knows what a call costs, and something limits what may be spent on it."""

    code = "unpriced"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"nobody knows what {title} costs, and a limit is set on what may be spent",
            way_out="choose a model with a price, or have the limit taken off: GET /api/v1/costs/limits"
            " (`reelwright costs limits`) lists what there is",
        )


class LimitReachedError(ExhaustedError):
    """A limit has no room for what is asked. Nothing was held; the transaction may go on without it.

    `refusal` holds limit_id, scope, subject, period, micros, limit_currency, taken, asked, currency;
    `details` is the same, for whoever is answered.
    """

    code = "limit_reached"

    def __init__(self, refusal: Mapping[str, Any]) -> None:
        of = _OF[Scope(refusal["scope"])].format_map(refusal)
        most = spelled(refusal["micros"], refusal["limit_currency"])
        if refusal["limit_currency"] != refusal["currency"]:
            told = f"{of} may cost {most}, and has no limit in {refusal['currency']}"
            way_out = (
                f"who owns or administers the workspace sets a limit in {refusal['currency']} as well:"
                f" {_door(refusal)}; or choose another model"
            )
        else:
            asked = spelled(refusal["asked"], refusal["currency"])
            taken = spelled(refusal["taken"], refusal["currency"])
            told = f"{of} may cost {most}: {taken} is taken, and {asked} was asked for"
            again = "ask for the film with a higher max_cost, what is made stays; or "
            way_out = (
                f"{again if refusal['scope'] == Scope.PRODUCTION else ''}"
                f"who owns or administers the workspace raises the limit: {_door(refusal)};"
                " or decide calls whose money is held, or choose a cheaper model"
            )
        super().__init__(told, way_out=way_out)
        self.refusal = self.details = dict(refusal)


def _door(refusal: Mapping[str, Any]) -> str:
    """Where the limit is raised, over HTTP and on the command line."""
    scope, subject = refusal["scope"], refusal["subject"]
    named, given = (f" for the subject {subject}", f" --subject {subject}") if subject else ("", "")
    if scope == Scope.PRODUCTION:
        named += ", and without a subject where that of every film is the lower"
    return f"PUT /api/v1/costs/limits/{scope}{named}, or `reelwright costs limit {scope} AMOUNT{given}`"
