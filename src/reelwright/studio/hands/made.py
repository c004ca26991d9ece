"""What came of an order: the files, who made them, and what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reelwright.generation.asking import Answer
from reelwright.generation.routes.route import Route
from reelwright.ground.ids import JobId, ProjectId
from reelwright.ground.money import spelled
from reelwright.library.assets import Asset


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms something is made.

    Without a `route`, by the cheapest model there is a key of, else by the built-in artist; with one,
    by its models only. `most` is what all of it may cost, in millionths. A higher `take` makes another.
    """

    route: Route | None = None
    most: int | None = None
    take: int = 0
    project_id: ProjectId | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Files with their makers. `micros` is the cost by currency; of `unpriced` calls nobody knows it."""

    assets: tuple[Asset, ...]
    by: tuple[str, ...]
    micros: Mapping[str, int] = field(default_factory=dict)
    unpriced: int = 0
    jobs: tuple[JobId, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def cost(self) -> str:
        """What it cost, in words."""
        known = [spelled(micros, one) for one, micros in sorted(self.micros.items()) if micros]
        unknown = ["an unknown amount"] if self.unpriced else []
        return " + ".join([*known, *unknown]) or "nothing"

    @property
    def told(self) -> str:
        """One line: who made it, and for how much."""
        return f"by {', '.join(self.by)}, for {self.cost}"

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "assets": [one.id for one in self.assets],
            "by": list(self.by),
            "micros": dict(self.micros),
            "unpriced": self.unpriced,
            "jobs": list(self.jobs),
            "warnings": list(self.warnings),
        }


def made_of(answers: Sequence[Answer], warnings: tuple[str, ...] = ()) -> Made:
    """What models have made, added up."""
    micros: dict[str, int] = {}
    unpriced = 0
    for currency, cost in (one for answer in answers for one in answer.costs):
        unpriced += cost is None
        micros[currency] = micros.get(currency, 0) + (cost or 0)
    return Made(
        assets=tuple(asset for answer in answers for asset in answer.assets),
        by=tuple(dict.fromkeys(answer.model for answer in answers)),
        micros=micros,
        unpriced=unpriced,
        jobs=tuple(answer.job.id for answer in answers),
        warnings=warnings,
    )
