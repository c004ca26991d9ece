"""The soundtrack: sections measured, mixed at one gain for the whole film, and spliced."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from reelwright.engines.storage.store import Stored
from reelwright.film.timeline import Timeline
from reelwright.providers.contract import Product
from reelwright.studio.cut.sections import (
    PACKET,
    Hearing,
    Mixing,
    Section,
    Sound,
    first_packet,
    lay_sections,
    section_borders,
)
from reelwright.studio.workshop import Order, Workshop, local_order


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The sections' files, so many packets of each, as one sound of exactly `length` samples."""

    counts: tuple[int, ...]
    files: tuple[Path, ...]
    length: int

    operation: ClassVar[str] = "soundtrack"

    def make(self, folder: Path) -> Product:
        """Splice."""
        from reelwright.engines.media.audio_track import Packets, splice  # noqa: PLC0415 - workers only

        target = folder / "soundtrack.m4a"
        pairs = zip(self.files, self.counts, strict=True)
        splice([Packets(file, first_packet(), n) for file, n in pairs], target, self.length)
        return Product(target, "audio/mp4", {"seconds": self.length / 48_000})


def mixing_orders(
    timeline: Timeline, sounds: Sequence[Sound], workshop: Workshop
) -> tuple[Order, ...]:
    """The orders for the sections of the film's sound; measures what was not heard before."""
    sections = lay_sections(timeline, sounds)
    hearings = [
        local_order(Hearing(one.cues, one.files, one.length), one.digests) for one in sections
    ]
    powers = [one.stored.facts["powers"] for one in workshop.all_of(hearings)]
    decibels = common_gain([power for section in powers for power in section])
    return tuple(_mixing_order(one, decibels) for one in sections)


def soundtrack_order(timeline: Timeline, mixed: Sequence[Stored]) -> Order:
    """The order for the film's soundtrack from its mixed sections."""
    *starts, length = section_borders(timeline)
    packets = [round(start / PACKET) for start in starts]
    # One packet more than the sound has: a decoder needs it for the last samples.
    packets.append(-(-length // PACKET) + 1)
    counts = tuple(after - before for before, after in pairwise(packets))
    request = Soundtrack(counts, tuple(one.path for one in mixed), length)
    return local_order(request, tuple(one.digest for one in mixed))


def _mixing_order(section: Section, decibels: float) -> Order:
    request = Mixing(section.cues, section.files, section.length, decibels)
    return local_order(request, section.digests)


def common_gain(powers: Sequence[float]) -> float:
    """The film's gain in decibels, from the powers of all its tenths of a second."""
    import numpy as np  # noqa: PLC0415 - only when sound is made

    from reelwright.engines.media.loudness import integrated  # noqa: PLC0415 - likewise
    from reelwright.studio.cut.mix import film_gain  # noqa: PLC0415 - likewise

    return film_gain(integrated(np.array(powers)))
