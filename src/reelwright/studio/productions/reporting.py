"""A production's progress, told to its job."""

from collections.abc import Callable
from typing import Any

Tell = Callable[[float, str, Any], None]
"""Takes the fraction, the message and the data of a job's progress."""

_SHARES = {"voices": 0.08, "sound": 0.07, "shots": 0.75, "cut": 0.10}
"""How much of the whole each stage is, about; in the order they come."""


class JobProgress:
    """Turns stages and steps into the fraction, message and data of a job's progress.

    Called by the directing thread; `soon` has `tell` called where the job lives.
    """

    def __init__(self, tell: Tell, soon: Callable[..., object]) -> None:
        self._to_job = tell
        self._soon = soon
        self._done: dict[str, float] = {}
        self._totals: dict[str, float] = {}
        self._warnings: list[str] = []

    def begin(self, stage: str, total: float) -> None:
        """A stage of the work begins."""
        self._totals[stage] = total
        self._done[stage] = 0.0
        self._tell(stage, "")

    def advance(self, stage: str, by: float = 1.0, note: str = "") -> None:
        """Some steps of a stage are done."""
        self._done[stage] = self._done.get(stage, 0.0) + by
        self._tell(stage, note)

    def warn(self, message: str) -> None:
        """Something a person should know."""
        self._warnings.append(message)

    def _tell(self, stage: str, note: str) -> None:
        data = {
            "stages": {one: [self._done[one], total] for one, total in self._totals.items()},
            "note": note,
            "warnings": self._warnings,
        }
        message = f"{stage}: {note}" if note else stage
        self._soon(self._to_job, self._fraction(stage), message, data)

    def _fraction(self, stage: str) -> float:
        names = list(_SHARES)
        before = sum(_SHARES[name] for name in names[: names.index(stage)]) if stage in names else 0
        total = self._totals.get(stage, 0.0)
        part = min(1.0, self._done[stage] / total) if total else 1.0
        return min(1.0, before + _SHARES.get(stage, 0.0) * part)
