"""The grammar of cutting: which sizes and angles a shot may have, so that it cuts with the one before.

Two shots of one subject cut well when their sizes lie at least two steps apart, or the camera goes
to another angle. Each role has two worlds of framings, the first at eye level and from above, the
second from below, and no framing of the one is like one of the other: so a beat only has to know
which world the beat before it lives in. That is all a choice depends on, never the words of another
line, nor a count; a rewritten line leaves its neighbours' cameras where they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from reelwright.film.breakdown.camera_words import Order
from reelwright.film.breakdown.model import Angle, Size

STEPS = {size: step for step, size in enumerate(Size)}
CLEAR_STEP = 2


class Role(StrEnum):
    """What a shot is for."""

    OPEN_WORLD = "open_world"
    OPEN = "open"
    PLACE = "place"
    THING = "thing"
    ONE = "one"
    SEVERAL = "several"
    DETAIL = "detail"
    CLOSING = "closing"
    FIRST_LINE = "first_line"
    LINE = "line"
    LONE_LINE = "lone_line"
    APART_LINE = "apart_line"
    SHARED_LINE = "shared_line"
    LISTEN = "listen"
    REACT = "react"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Framing:
    """A size and an angle. `give` is how many steps tighter the heat of a line may make it."""

    size: Size
    angle: Angle = Angle.EYE
    give: int = 0

    def like(self, other: "Framing") -> bool:
        """Whether a cut between the two, on one subject, would look like a mistake."""
        if _stand(self.angle) is not _stand(other.angle):
            return False
        low, high = STEPS[self.size], STEPS[self.size] + self.give
        other_low, other_high = STEPS[other.size], STEPS[other.size] + other.give
        return max(low - other_high, other_low - high) < CLEAR_STEP


def _stand(angle: Angle) -> Angle:
    """A tilted horizon is no other place to stand."""
    return Angle.EYE if angle is Angle.DUTCH else angle


SINGLE = Framing(Size.MEDIUM_CLOSE, give=1)
SHOULDER = Framing(Size.MEDIUM_CLOSE, Angle.OVER_SHOULDER)
MEDIUM_LOW, WIDE_LOW = Framing(Size.MEDIUM, Angle.LOW), Framing(Size.WIDE, Angle.LOW)
MEDIUM_HIGH, WIDE_EYE = Framing(Size.MEDIUM, Angle.HIGH), Framing(Size.WIDE)
BELOW = (MEDIUM_LOW, WIDE_LOW)

World = tuple[Framing, ...]
WORLDS: dict[Role, tuple[World, ...]] = {
    Role.OPEN_WORLD: ((Framing(Size.EXTREME_WIDE), MEDIUM_HIGH), (WIDE_LOW, MEDIUM_LOW)),
    Role.OPEN: ((WIDE_EYE, MEDIUM_HIGH), (WIDE_LOW, MEDIUM_LOW)),
    Role.PLACE: ((WIDE_EYE, Framing(Size.WIDE, Angle.HIGH)), (WIDE_LOW, MEDIUM_LOW)),
    Role.THING: (
        (Framing(Size.INSERT), Framing(Size.CLOSE, Angle.HIGH)),
        (Framing(Size.CLOSE, Angle.LOW), Framing(Size.INSERT, Angle.LOW)),
    ),
    Role.ONE: ((Framing(Size.FULL), MEDIUM_HIGH), BELOW),
    Role.SEVERAL: ((WIDE_EYE, MEDIUM_HIGH), BELOW),
    Role.DETAIL: ((Framing(Size.CLOSE), Framing(Size.CLOSE, Angle.HIGH)), (Framing(Size.CLOSE, Angle.LOW),)),
    Role.CLOSING: ((WIDE_EYE, MEDIUM_HIGH), (WIDE_LOW, MEDIUM_LOW)),
    Role.FIRST_LINE: ((SHOULDER,), (SINGLE,), BELOW),
    Role.LINE: ((SINGLE,), (SHOULDER,), BELOW),
    Role.LONE_LINE: ((SINGLE, Framing(Size.FULL, Angle.HIGH)), BELOW),
    Role.APART_LINE: ((SINGLE,), BELOW),
    Role.SHARED_LINE: ((Framing(Size.MEDIUM),), BELOW),
    Role.LISTEN: ((Framing(Size.CLOSE, Angle.HIGH), Framing(Size.FULL, Angle.HIGH)),
                  (Framing(Size.CLOSE, Angle.LOW), Framing(Size.FULL, Angle.LOW))),
    Role.REACT: ((Framing(Size.CLOSE, Angle.HIGH),),),
    Role.TITLE: ((WIDE_EYE,),),
}  # fmt: skip


def choose_world(role: Role, before: Iterable[Framing], near: Iterable[Framing] = ()) -> int:
    """The first world of a role whose opening framing cuts with everything the beat before may show.

    `near` are framings of a place and of people in it: if possible they are not simply repeated.
    """
    seen, others = tuple(before), frozenset(near)
    openings = [framings[0] for framings in WORLDS[role]]
    fitting = [n for n, one in enumerate(openings) if not any(one.like(other) for other in seen)]
    fresh = (world for world in fitting if openings[world] not in others)
    return next(fresh, fitting[0] if fitting else len(openings) - 1)


def frame(role: Role, world: int, before: Framing | None, near: Framing | None = None) -> Framing:
    """The first framing of a role's world that cuts with the shot before.

    `before` is None after another subject; `near` is the framing of a place's people before it.
    """
    worlds = WORLDS[role]
    framings = worlds[min(world, len(worlds) - 1)]
    fitting = (one for one in framings if one != near and (before is None or not one.like(before)))
    return next(fitting, framings[-1])


def obey(order: Order, role: Role, before: Iterable[Framing]) -> Framing:
    """The framing the script asks for; what it leaves open is chosen to cut with the shot before."""
    seen = tuple(before)
    wanted = Framing(order.size or _usual(order, role), order.angle or Angle.EYE)
    if any(wanted.like(other) for other in seen):
        angles = (Angle.LOW, Angle.HIGH) if order.angle is None else (wanted.angle,)
        sizes = tuple(Size) if order.size is None else (wanted.size,)
        ways = (replace(wanted, size=size, angle=angle) for angle in angles for size in sizes)
        return next((way for way in ways if not any(way.like(one) for one in seen)), wanted)
    return wanted


def _usual(order: Order, role: Role) -> Size:
    if order.angle is Angle.OVERHEAD or (order.angle is Angle.POV and role is Role.PLACE):
        return Size.WIDE
    if order.angle is Angle.OVER_SHOULDER:
        return Size.MEDIUM_CLOSE
    if order.pair or role is not Role.PLACE:
        return Size.INSERT if role is Role.THING else Size.MEDIUM
    return Size.WIDE
