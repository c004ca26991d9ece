"""Plans: how much a person may have, by the name of what they have subscribed to."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_MOST = 2**53  # exact in every JSON reader


class Limits(BaseModel):
    """How much somebody may have; None: as much as they like.

    `jobs_a_day` and `jobs_at_once` count what people ask for, not what jobs ask for themselves.
    `storage` are bytes. `accounts` are keys of vendors; None: as the settings of accounts say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    jobs_a_day: int | None = Field(None, ge=0, le=_MOST)
    jobs_at_once: int | None = Field(None, ge=0, le=_MOST)
    storage: int | None = Field(None, ge=0, le=_MOST)
    accounts: int | None = Field(None, ge=0, le=10_000)

    def overruled(self, own: Mapping[str, Any]) -> Self:
        """The same, with what was said of one person alone."""
        return self.model_copy(update={name: one for name, one in own.items() if one is not None})


UNLIMITED = "unlimited"
_PLANS = {
    UNLIMITED: Limits(),
    "free": Limits(jobs_a_day=50, jobs_at_once=3, storage=5 * 2**30, accounts=3),
}


class QuotaSettings(BaseModel):
    """What plans there are, and which one people have of whom nothing else was said.

    Whoever owns the installation is always without limits, unless an operator has set some for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: str = UNLIMITED
    plans: dict[str, Limits] = Field(default_factory=lambda: dict(_PLANS))

    @model_validator(mode="after")
    def _is_a_plan(self) -> Self:
        if self.plan not in self.plans:
            raise ValueError(f"there is no plan {self.plan!r} among {', '.join(self.plans)}")
        return self

    def limits(self, plan: str | None) -> Limits:
        """The limits of a plan; of one that is no longer offered, those of the usual one."""
        return self.plans.get(plan or self.plan) or self.plans[self.plan]
