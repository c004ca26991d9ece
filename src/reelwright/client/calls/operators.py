"""The calls of the tag `operators`. Written by `make openapi`."""

from collections.abc import AsyncIterator
from datetime import date, datetime

from reelwright.client.models.operators import (
    AccountStandingView,
    ActingView,
    DecisionOrder,
    HealthView,
    JobCountView,
    NoticeDetail,
    NoticeState,
    NoticeView,
    OverrideOrder,
    OverrideView,
    ReasonOrder,
    RowsOrder,
    StuckJobView,
    UpholdOrder,
    UserEdit,
    UserView,
)
from reelwright.client.models.shared import DeedView, UsageDayView
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class OperatorsCalls:
    """The calls of the tag `operators`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_notices(
        self, *, state: NoticeState | None = None, limit: int = 50
    ) -> AsyncIterator[NoticeView]:
        """Notices, the oldest first."""
        return self._wire.rows(
            "/api/v1/operator/notices", {"state": state, "limit": limit}, NoticeView
        )

    async def get_notice(self, notice_id: str) -> NoticeDetail:
        """One notice, what it names, and what the workspace says to the takedown, if there is one."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/operator/notices/{notice_id}", notice_id=notice_id)
        )
        return read(NoticeDetail, answer.body)

    async def uphold_notice(
        self, notice_id: str, body: UpholdOrder, *, key: str | None = None
    ) -> NoticeDetail:
        """Hold back what a notice names, with all that is known to be made from it: it answers 451."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/operator/notices/{notice_id}/uphold", notice_id=notice_id),
            body=body,
            key=key,
        )
        return read(NoticeDetail, answer.body)

    async def reject_notice(
        self, notice_id: str, body: DecisionOrder, *, key: str | None = None
    ) -> NoticeView:
        """Turn a notice down."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/operator/notices/{notice_id}/reject", notice_id=notice_id),
            body=body,
            key=key,
        )
        return read(NoticeView, answer.body)

    async def lift_notice(
        self, notice_id: str, body: DecisionOrder, *, key: str | None = None
    ) -> NoticeDetail:
        """Let go again what was held back. A consent that ended with it has to be given anew."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/operator/notices/{notice_id}/lift", notice_id=notice_id),
            body=body,
            key=key,
        )
        return read(NoticeDetail, answer.body)

    async def list_overrides(self, *, model: str | None = None) -> list[OverrideView]:
        """All that operators have ever said of models, the oldest first."""
        answer = await self._wire.ask("GET", "/api/v1/operator/models", query={"model": model})
        return read(list[OverrideView], answer.body)

    async def add_models(self, body: RowsOrder, *, key: str | None = None) -> list[OverrideView]:
        """Add rows of models of known vendors."""
        answer = await self._wire.ask("POST", "/api/v1/operator/models", body=body, key=key)
        return read(list[OverrideView], answer.body)

    async def override_model(self, model_id: str, body: OverrideOrder) -> OverrideView:
        """Set what a model costs, how good and fast it is, and whether it can be used."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/operator/models/{model_id}", model_id=model_id), body=body
        )
        return read(OverrideView, answer.body)

    async def reset_model(self, model_id: str) -> OverrideView:
        """Take back all that operators have said of a model."""
        answer = await self._wire.ask(
            "DELETE", at("/api/v1/operator/models/{model_id}", model_id=model_id)
        )
        return read(OverrideView, answer.body)

    def list_users(self, *, search: str | None = None, limit: int = 50) -> AsyncIterator[UserView]:
        """All people of the installation, the first first."""
        return self._wire.rows(
            "/api/v1/operator/users", {"search": search, "limit": limit}, UserView
        )

    async def get_user(self, user_id: str) -> UserView:
        """One person."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/operator/users/{user_id}", user_id=user_id)
        )
        return read(UserView, answer.body)

    async def change_user(self, user_id: str, body: UserEdit) -> UserView:
        """Make a person an operator, or no operator; set their plan, and what overrules its limits."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/operator/users/{user_id}", user_id=user_id), body=body
        )
        return read(UserView, answer.body)

    async def suspend_user(
        self, user_id: str, body: ReasonOrder, *, key: str | None = None
    ) -> UserView:
        """Keep a person out: all their sessions end at once."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/operator/users/{user_id}/suspend", user_id=user_id),
            body=body,
            key=key,
        )
        return read(UserView, answer.body)

    async def restore_user(self, user_id: str, *, key: str | None = None) -> UserView:
        """Let a person in again."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/operator/users/{user_id}/restore", user_id=user_id), key=key
        )
        return read(UserView, answer.body)

    async def act_for_user(
        self, user_id: str, body: ReasonOrder, *, key: str | None = None
    ) -> ActingView:
        """A session in a person's place, for an hour at most; they see it, the audit trail names you."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/operator/users/{user_id}/sessions", user_id=user_id),
            body=body,
            key=key,
        )
        return read(ActingView, answer.body)

    async def get_user_usage(
        self, user_id: str, *, since: date | None = None, until: date | None = None
    ) -> list[UsageDayView]:
        """What a person used, day by day of theirs."""
        answer = await self._wire.ask(
            "GET",
            at("/api/v1/operator/users/{user_id}/usage", user_id=user_id),
            query={"since": since, "until": until},
        )
        return read(list[UsageDayView], answer.body)

    def list_deeds(
        self,
        *,
        workspace_id: str | None = None,
        user_id: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        limit: int = 50,
    ) -> AsyncIterator[DeedView]:
        """What was done, the newest first: in a workspace, or all of it."""
        return self._wire.rows(
            "/api/v1/operator/audit",
            {
                "workspace_id": workspace_id,
                "user_id": user_id,
                "action": action,
                "since": since,
                "limit": limit,
            },
            DeedView,
        )

    async def count_jobs(self) -> list[JobCountView]:
        """How many jobs there are in all workspaces, by kind and state."""
        answer = await self._wire.ask("GET", "/api/v1/operator/jobs/counts")
        return read(list[JobCountView], answer.body)

    def list_stuck_jobs(self, *, limit: int = 50) -> AsyncIterator[StuckJobView]:
        """Jobs of unknown outcome, queued for an hour, or at work for a day; the oldest first."""
        return self._wire.rows("/api/v1/operator/jobs/stuck", {"limit": limit}, StuckJobView)

    def list_account_standings(self, *, limit: int = 50) -> AsyncIterator[AccountStandingView]:
        """How the accounts of all people stand; never their keys."""
        return self._wire.rows("/api/v1/operator/accounts", {"limit": limit}, AccountStandingView)

    async def get_service_health(self) -> HealthView:
        """How the service is."""
        answer = await self._wire.ask("GET", "/api/v1/operator/health")
        return read(HealthView, answer.body)


class OperatorsWaited(Waited):
    """The same, waited for."""

    list_notices = each(OperatorsCalls.list_notices)
    get_notice = waited(OperatorsCalls.get_notice)
    uphold_notice = waited(OperatorsCalls.uphold_notice)
    reject_notice = waited(OperatorsCalls.reject_notice)
    lift_notice = waited(OperatorsCalls.lift_notice)
    list_overrides = waited(OperatorsCalls.list_overrides)
    add_models = waited(OperatorsCalls.add_models)
    override_model = waited(OperatorsCalls.override_model)
    reset_model = waited(OperatorsCalls.reset_model)
    list_users = each(OperatorsCalls.list_users)
    get_user = waited(OperatorsCalls.get_user)
    change_user = waited(OperatorsCalls.change_user)
    suspend_user = waited(OperatorsCalls.suspend_user)
    restore_user = waited(OperatorsCalls.restore_user)
    act_for_user = waited(OperatorsCalls.act_for_user)
    get_user_usage = waited(OperatorsCalls.get_user_usage)
    list_deeds = each(OperatorsCalls.list_deeds)
    count_jobs = waited(OperatorsCalls.count_jobs)
    list_stuck_jobs = each(OperatorsCalls.list_stuck_jobs)
    list_account_standings = each(OperatorsCalls.list_account_standings)
    get_service_health = waited(OperatorsCalls.get_service_health)
