"""Everything a cut is made of, as files."""

from dataclasses import dataclass
from pathlib import Path

from reelwright.film.breakdown.model import Scene
from reelwright.film.timeline import StemClip
from reelwright.studio.shots import ShotOrders
from reelwright.studio.voices import Voices
from reelwright.studio.workshop import Delivery


@dataclass(frozen=True, slots=True)
class FilmedShot:
    """A clip with its files. `still` is None for a person's own shot."""

    orders: ShotOrders
    segment: Delivery
    still: Delivery | None

    @property
    def scene(self) -> Scene | None:
        """The shot's scene; None for the cards that open and close the film."""
        return self.orders.scene

    @property
    def made(self) -> bool:
        """Whether the shot's body was made in this run."""
        return self.segment.made


@dataclass(frozen=True, slots=True)
class Footage:
    """All files of a cut, in its order."""

    shots: tuple[FilmedShot, ...]
    voices: Voices
    stems: tuple[tuple[StemClip, Path], ...]
    soundtrack: Delivery
