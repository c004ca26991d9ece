"""Limits of what may be spent as people set them: of what there is, in money that models are paid in."""

from reelwright.billing.limits import Limit, NewLimit, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.generation.models import ModelRegistry
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import JobId, ProjectId, UserId
from reelwright.ground.principals import Principal
from reelwright.identity.members import MemberService
from reelwright.jobs.service import JobService
from reelwright.projects.service import ProjectService
from reelwright.providers.operations import Operation


class Limiting:
    """Looks at a limit before it is set: one of nothing would be believed, and stop nothing."""

    def __init__(
        self,
        limits: SpendingLimits,
        models: ModelRegistry,
        projects: ProjectService,
        members: MemberService,
        jobs: JobService,
    ) -> None:
        self._limits = limits
        self._models = models
        self._projects = projects
        self._members = members
        self._jobs = jobs

    async def set(self, who: Principal, new: NewLimit) -> Limit:
        """Set a limit, or another amount for one that is there.

        Raises InvalidInputError, MissingError for a subject that is not there, DeniedError.
        """
        await self._check_currency(who, new.currency)
        match new.scope if new.subject else None:
            case Scope.OPERATION:
                _check_operation(new.subject)
            case Scope.PROJECT:
                await self._projects.get(who, ProjectId.parse(new.subject))
            case Scope.USER_DAY:
                await self._check_member(who, UserId.parse(new.subject))
            case Scope.PRODUCTION:
                await self._check_root(who, JobId.parse(new.subject))
        return await self._limits.set(who, new)

    async def _check_currency(self, who: Principal, currency: str) -> None:
        """A limit in a currency nothing is paid in would stop all that is paid in others."""
        known = sorted({one.model.price.currency for one in await self._models.list(who)})
        if currency not in known:
            raise InvalidInputError(
                f"no model is paid in {currency}", way_out=f"choose from: {', '.join(known)}"
            )

    async def _check_member(self, who: Principal, user: UserId) -> None:
        if all(one.user != user for one in await self._members.list(who)):
            raise MissingError("there is no such member", way_out="GET /members lists who there is")

    async def _check_root(self, who: Principal, job: JobId) -> None:
        root = (await self._jobs.get_job(who, job)).root
        if root != job:
            raise InvalidInputError(
                "this job was asked for for the sake of another", way_out=f"name that one: {root}"
            )


def _check_operation(subject: str) -> None:
    known = [one.value for one in Operation]
    if subject not in known:
        raise InvalidInputError(
            f"{subject[:60]!r} is no operation", way_out=f"choose from: {', '.join(known)}"
        )
