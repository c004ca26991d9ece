"""Set-ups: what each shot's frame shows, and who makes its still and sets it in motion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reelwright.film.breakdown.model import Scene, Shot
from reelwright.film.picture import Picture
from reelwright.film.timeline import Clip, Rate
from reelwright.studio.buying import Buyer, Wanted, media_of_product
from reelwright.studio.commissions.commission import Bought
from reelwright.studio.commissions.route import Part
from reelwright.studio.workshop import Order


@dataclass(frozen=True, slots=True)
class Setup:
    """A clip before its orders. `photograph` is the still as a model sent it, `moved` its motion."""

    clip: Clip
    shot: Shot
    scene: Scene | None
    keys: tuple[int, ...]
    picture: Picture
    still: Order
    photograph: Bought | None = None
    moved: Order | None = None

    @property
    def name(self) -> str:
        """Which shot it is, in words."""
        number = self.scene.number if self.scene else ""
        return f"scene {number}, shot {self.shot.number or self.clip.name}"


def commissioned(setups: Sequence[Setup], buyer: Buyer, rate: Rate) -> list[Setup]:
    """The same with what models make of them. The cards that open and close a film are drawn."""
    found = list(setups)
    if buyer.buys(Part.STILLS):
        found = _with_stills(found, buyer)
    if buyer.buys(Part.MOTION):
        found = _with_motion(found, buyer, rate)
    return found


def _with_stills(setups: Sequence[Setup], buyer: Buyer) -> list[Setup]:
    """Equal pictures are bought once."""
    wanted: dict[str, tuple[str, Picture]] = {}
    for one in setups:
        if one.scene:
            wanted.setdefault(one.still.digest, (f"{one.name}: still", one.picture))
    bought = buyer.stills(wanted)
    found = []
    for one in setups:
        photograph, still = bought.get(one.still.digest, (None, one.still))
        found.append(replace(one, still=still, photograph=photograph) if one.scene else one)
    return found


def _with_motion(setups: Sequence[Setup], buyer: Buyer, rate: Rate) -> list[Setup]:
    """Their stills must lie there first: the motion begins at them."""
    places = [place for place, one in enumerate(setups) if one.scene]
    stills = {setups[place].still.digest: setups[place].still for place in places}
    lying = {
        one.stored.digest: one.stored.path for one in buyer.workshop.all_of(list(stills.values()))
    }
    wanted = [_wanted(setups[place], lying) for place in places]
    footing = buyer.motion(wanted, rate)
    found = list(setups)
    for n, place in enumerate(places):
        if n in footing and not footing[n].broken:
            one = setups[place]
            moved = footing[n].order(one.picture, rate, one.clip.frames, one.clip.handles, one.keys)
            found[place] = replace(one, moved=moved)
    return found


def _wanted(one: Setup, lying: dict[str, Path]) -> Wanted:
    return Wanted(
        name=f"{one.name}: motion",
        scene=one.clip.scene_id,
        picture=one.picture,
        frames=one.clip.frames + 2 * one.clip.handles,
        still=one.still,
        first=media_of_product(one.still.digest, lying[one.still.digest]),
    )
