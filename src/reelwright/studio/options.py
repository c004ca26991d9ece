"""How a film is to be made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from reelwright.film.timecode import name_rate, parse_rate
from reelwright.film.timeline import Rate
from reelwright.generation.quotes import read_bound
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.money import MICROS
from reelwright.studio.commissions.route import FilmRoute, read_route
from reelwright.studio.cut.delivery import EXPORTS, parse_exports


@dataclass(frozen=True, slots=True)
class FilmOptions:
    """All that can be chosen about a film besides its script and notes.

    `scenes` is a choice such as `2-4,7`. `exports` are names of `EXPORTS`. `workers` 0 means one a
    core. `store` is the folder of finished products; None means the user's own. `route`: what models
    make, and pay for up to `max_cost` (millionths of a dollar); None: everything is sketched.
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
    route: FilmRoute | None = None
    max_cost: int | None = None

    def along(self, route: FilmRoute) -> "FilmOptions":
        """The same film along another route."""
        return replace(self, route=route)


def written_options(options: FilmOptions) -> dict[str, Any]:
    """The options that say what film it is, as JSON; `read_options` reads them back."""
    return {
        "size": f"{options.width}x{options.height}",
        "fps": name_rate(options.rate),
        "scenes": options.scenes,
        "exports": ",".join(options.exports) or "none",
        "handles": options.handles,
        "burn_in": options.burn_in,
        "voices": options.voices,
        "fresh": options.fresh,
        "provider": options.provider,
        "route": options.route.written() if options.route else None,
        "max_cost": None if options.max_cost is None else str(Decimal(options.max_cost) / MICROS),
    }


def read_options(written: Mapping[str, Any], *, dashes: str = "") -> FilmOptions:
    """Options as people write them; raises InvalidInputError naming the option that cannot be used.

    A command line has its options named with `dashes`.
    """
    unknown = [name for name in written if name not in _KNOWN]
    if unknown:
        raise InvalidInputError(
            f"there is no option {unknown[0]!r}", way_out=f"use some of {', '.join(sorted(_KNOWN))}"
        )
    plain = written_options(FilmOptions()) | dict(written)
    return FilmOptions(
        *parse_frame(str(plain["size"]), f"{dashes}size"),
        rate=parse_rate(str(plain["fps"])),
        scenes=None if plain["scenes"] is None else str(plain["scenes"]),
        exports=parse_exports(str(plain["exports"])),
        handles=between(f"{dashes}handles", plain["handles"], 0, 240),
        burn_in=_flag("burn_in", plain["burn_in"]),
        voices=_flag("voices", plain["voices"]),
        fresh=_flag("fresh", plain["fresh"]),
        provider=str(plain["provider"]),
        route=None if plain["route"] is None else read_route(plain["route"]),
        max_cost=None if plain["max_cost"] is None else read_bound(str(plain["max_cost"])),
    )


def parse_frame(text: str, option: str = "size") -> tuple[int, int]:
    """A frame size from `1280x720`."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*[xX×]\s*(\d{1,6})\s*", text)
    if not found:
        raise InvalidInputError(f"{option} {text}: is no frame size", way_out="write 1280x720")
    width, height = int(found[1]), int(found[2])
    if not (128 <= width <= 7680 and 128 <= height <= 4320):
        raise InvalidInputError(
            f"{option} {text}: cannot be drawn", way_out="from 128x128 to 7680x4320"
        )
    if width % 2 or height % 2:
        raise InvalidInputError(
            f"{option} {text}: width and height must be even", way_out="write 1280x720"
        )
    return width, height


def between(option: str, value: object, low: int, high: int) -> int:
    """A whole number in its bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InvalidInputError(f"{option} {value}: must lie between {low} and {high}")
    return value


def _flag(option: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidInputError(f"{option} {value}: must be true or false")
    return value


_KNOWN = frozenset(written_options(FilmOptions()))
