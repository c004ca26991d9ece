"""What a beat is taken apart into: shots to be, each with whom it shows, what for, and how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.film.breakdown.camera_words import NOTHING, Order
from reelwright.film.breakdown.framings import Role
from reelwright.film.breakdown.measures import SHORTEST_S
from reelwright.film.breakdown.model import Speech
from reelwright.film.breakdown.things import Found

EMPTY = Found((), (), ())


@dataclass(slots=True)
class Part:
    """One shot to be. `people` are in it, subject first; `mark` names it within its beat.

    `acts` is what of the text is about people. `place` is the scene whose place it plays in.
    """

    role: Role
    mark: str
    text: str = ""
    acts: str = ""
    people: tuple[str, ...] = ()
    partner: str | None = None
    order: Order = NOTHING
    speeches: tuple[Speech, ...] = ()
    things: Found = EMPTY
    crowd: int = 0
    seconds: float = SHORTEST_S
    heat: float = 0.0
    unseen: bool = False
    place: str = ""

    @property
    def subject(self) -> str:
        """What two neighbouring shots must have in common to need different framings."""
        if self.role is Role.THING:
            return "#" + "".join(self.things.props[:1])
        return self.people[0] if self.people else ""


def action_role(people: Sequence[str]) -> Role:
    """What a shot of action is for, by how many it shows."""
    if not people:
        return Role.PLACE
    return Role.ONE if len(people) <= 2 else Role.SEVERAL
