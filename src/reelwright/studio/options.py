"""How a film is to be made."""

from dataclasses import dataclass
from pathlib import Path

from reelwright.film.timeline import Rate
from reelwright.studio.cut.delivery import EXPORTS


@dataclass(frozen=True, slots=True)
class FilmOptions:
    """All that can be chosen about a film besides its script and notes.

    `scenes` is a choice such as `2-4,7`. `exports` are names of `EXPORTS`. `workers` 0 means one a
    core. `store` is the folder of finished products; None means the user's own.
    """

    width: int = 1280
    height: int = 720
    rate: Rate = Rate()
    scenes: str | None = None
    exports: tuple[str, ...] = EXPORTS
    handles: int = 0
    burn_in: bool = False
    voices: bool = True
    workers: int = 0
    fresh: bool = False
    provider: str = "sketch"
    store: Path | None = None
