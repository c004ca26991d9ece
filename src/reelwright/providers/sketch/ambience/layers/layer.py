"""What an ambience is laid from: beds that go on without end, and things that happen now and then."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.engines.media.sound import Signal
from reelwright.providers.sketch.ambience.synth import Chance


@dataclass(frozen=True, slots=True)
class Layer:
    """One row: `make` draws the sound, `level` is its loudness in the finished air (dB).

    Without `every_s` it is a bed: stereo, its root mean square set to `level`, and it must loop
    without a seam. With it, it is a thing that happens about every so many seconds: mono, its
    highest sample set to `level`, panned by chance as wide as `spread`. `steady` things keep
    their beat exactly (a clock, a monitor).
    """

    make: Callable[[Chance], Signal]
    level: float
    every_s: float | None = None
    spread: float = 0.7
    steady: bool = False
