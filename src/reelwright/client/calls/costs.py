"""The calls of the tag `costs`. Written by `make openapi`."""

from collections.abc import AsyncIterator
from datetime import date

from reelwright.client.models.costs import (
    Dimension,
    EntryView,
    ExpenseView,
    LimitOrder,
    LimitView,
    RoomView,
    StandingView,
)
from reelwright.client.models.shared import Operation
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class CostsCalls:
    """The calls of the tag `costs`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_costs(
        self,
        *,
        by: list[Dimension] | None = None,
        project_id: str | None = None,
        user_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[ExpenseView]:
        """What the workspace spent and holds; without days, from the beginning."""
        answer = await self._wire.ask(
            "GET",
            "/api/v1/costs",
            query={
                "by": by,
                "project_id": project_id,
                "user_id": user_id,
                "since": since,
                "until": until,
            },
        )
        return read(list[ExpenseView], answer.body)

    async def export_costs(
        self,
        *,
        by: list[Dimension] | None = None,
        project_id: str | None = None,
        user_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> str:
        """The same as CSV, amounts in units of their currency."""
        answer = await self._wire.ask(
            "GET",
            "/api/v1/costs/csv",
            query={
                "by": by,
                "project_id": project_id,
                "user_id": user_id,
                "since": since,
                "until": until,
            },
        )
        return answer.body.decode()

    def list_ledger_entries(
        self,
        *,
        project_id: str | None = None,
        job_id: str | None = None,
        limit: int = 50,
        since: date | None = None,
        until: date | None = None,
    ) -> AsyncIterator[EntryView]:
        """The ledger, newest first; days are those on which something moved."""
        return self._wire.rows(
            "/api/v1/costs/entries",
            {
                "project_id": project_id,
                "job_id": job_id,
                "limit": limit,
                "since": since,
                "until": until,
            },
            EntryView,
        )

    async def list_project_costs(
        self,
        project_id: str,
        *,
        by: list[Dimension] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[ExpenseView]:
        """What a project cost, and what is held for it. Guests see it if they edit the project."""
        answer = await self._wire.ask(
            "GET",
            at("/api/v1/projects/{project_id}/costs", project_id=project_id),
            query={"by": by, "since": since, "until": until},
        )
        return read(list[ExpenseView], answer.body)

    async def list_limits(self) -> list[StandingView]:
        """All limits of the workspace, and what is left of each."""
        answer = await self._wire.ask("GET", "/api/v1/costs/limits")
        return read(list[StandingView], answer.body)

    async def set_limit(self, scope: str, body: LimitOrder) -> LimitView:
        """Limit what may be spent, or change the amount; alerts begin anew."""
        answer = await self._wire.ask(
            "PUT", at("/api/v1/costs/limits/{scope}", scope=scope), body=body
        )
        return read(LimitView, answer.body)

    async def remove_limit(
        self, scope: str, *, subject: str | None = None, currency: str | None = None
    ) -> None:
        """Take a limit away."""
        await self._wire.ask(
            "DELETE",
            at("/api/v1/costs/limits/{scope}", scope=scope),
            query={"subject": subject, "currency": currency},
        )

    async def list_room(
        self,
        *,
        currency: str | None = None,
        operation: Operation | None = None,
        project_id: str | None = None,
        job_id: str | None = None,
    ) -> list[RoomView]:
        """What each limit leaves that a call of yours, made now, would count against; the tightest first."""
        answer = await self._wire.ask(
            "GET",
            "/api/v1/costs/room",
            query={
                "currency": currency,
                "operation": operation,
                "project_id": project_id,
                "job_id": job_id,
            },
        )
        return read(list[RoomView], answer.body)


class CostsWaited(Waited):
    """The same, waited for."""

    list_costs = waited(CostsCalls.list_costs)
    export_costs = waited(CostsCalls.export_costs)
    list_ledger_entries = each(CostsCalls.list_ledger_entries)
    list_project_costs = waited(CostsCalls.list_project_costs)
    list_limits = waited(CostsCalls.list_limits)
    set_limit = waited(CostsCalls.set_limit)
    remove_limit = waited(CostsCalls.remove_limit)
    list_room = waited(CostsCalls.list_room)
