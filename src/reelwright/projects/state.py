"""What editors know of a project besides its script: named parts of one JSON document, in versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from reelwright.ground.errors import InvalidInputError, MissingError, StaleError
from reelwright.ground.ids import UserId

PARTS: Final[Mapping[str, type]] = {
    "analysis": dict,
    "moodboard": dict,
    "timeline": list,
    "roadmap": list,
    "ui": dict,
    "data": dict,
}
"""The parts of a state, and whether each is an object or a list. `data` is free."""

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StateNote:
    """A version without its content: its number, its size in bytes, who saved it and when.

    `restored` is the version whose content it brought back.
    """

    version: int
    size: int
    saved_at: datetime
    user_id: UserId
    restored: int | None = None


@dataclass(frozen=True, slots=True)
class StateVersion:
    """A state of a project as it was saved; version 0 is the empty one nobody has saved."""

    version: int
    state: State
    saved_at: datetime | None = None
    user_id: UserId | None = None
    restored: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is told in problems."""
        saved_at = self.saved_at.isoformat() if self.saved_at else None
        told = {"version": self.version, "state": self.state}
        return told | {"saved_at": saved_at, "user_id": self.user_id}


class StateConflictError(StaleError):
    """Somebody saved another state meanwhile; `there` and `sent` are both handed back."""

    code = "state_conflict"

    def __init__(self, there: StateVersion, expected: int, sent: State) -> None:
        super().__init__(
            f"the state is at version {there.version}, not {expected}",
            way_out="merge the two versions in `details`, and save with the version that is there",
            there=there.to_json(),
            sent={"expected": expected, "state": sent},
        )
        self.there = there


class StateTooLargeError(InvalidInputError):
    """The state is larger than a state may be."""

    code = "state_too_large"


class StateMissingError(MissingError):
    """There is no such version, or not any more: old ones are thinned out."""

    code = "state_missing"


def checked(state: Mapping[str, Any]) -> State:
    """A state whose parts are what they must be, without those that are null; raises InvalidInputError."""
    kept = {}
    for name, part in state.items():
        if part is None:
            continue
        kind = PARTS.get(name)
        if kind is None:
            raise InvalidInputError(
                f"{name[:60]!r} is no part of a state",
                way_out=f"the parts are {', '.join(PARTS)}; `data` takes anything",
            )
        if not isinstance(part, kind):
            wanted = "an object" if kind is dict else "a list"
            raise InvalidInputError(f"the part {name} of a state is {wanted}")
        kept[name] = part
    return kept


def merged(target: Any, patch: Any) -> Any:
    """What a JSON merge patch (RFC 7396) makes of a value; neither is changed."""
    if not isinstance(patch, dict):
        return patch
    made = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merged(made.get(name), value)
    return made
