"""What a named sound is: how it is made, how loud, and the words a script calls it by."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.engines.media.sound import Signal
from reelwright.providers.sketch.ambience.synth import Chance


@dataclass(frozen=True, slots=True)
class Foley:
    """One row: `make` draws the sound (mono), its highest sample is set to `level` (dB).

    `words`: lower-case words of the script that mean this sound, in their plain form.
    """

    make: Callable[[Chance], Signal]
    level: float
    words: str
