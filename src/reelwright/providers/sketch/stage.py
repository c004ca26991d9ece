"""The stage: where a set puts its layers, and where figures and things may stand.

Units: the frame is always 720 high; `width` is 720 times the aspect (1280 for 16:9, 1720 for
2.39:1, 720 for 1:1, 405 for 9:16). x = 0 is the middle of the frame, y = 0 its top, y grows
downward. A set draws from `left` to `right` and `top` to `bottom`, which lie outside the frame, so
that the camera can move. Whatever matters stands near x = 0: narrow frames show only that.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from reelwright.engines.media.pencil import skia
from reelwright.film.picture import Place
from reelwright.providers.sketch.ink import Color
from reelwright.providers.sketch.light import Light

Draw = Callable[["skia.Canvas"], None]

FRAME_HEIGHT = 720.0


@dataclass(frozen=True, slots=True)
class Palette:
    """One scene's colours: 60 % dominant, 30 % secondary, 10 % accent (before light falls on them)."""

    dominant: Color
    secondary: Color
    accent: Color


@dataclass(frozen=True, slots=True)
class Layer:
    """What is drawn at one depth.

    0 is at infinity (does not move with the camera), 1 is where the figures stand, above 1 is
    foreground. `blur` is a sigma in units; `glow` layers are added as light.
    """

    depth: float
    draw: Draw
    blur: float = 0.0
    glow: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place for a figure: feet (or seat) at x, y; `height` is an adult's standing height there, in units.

    `seat` is the height of the seat above y as a fraction of `height` (0: nothing to sit on).
    """

    x: float
    y: float
    height: float
    seat: float = 0.0


@dataclass(slots=True)
class Stage:
    """Filled by a set: layers from far to near, marks for figures, spots for things, the horizon."""

    place: Place
    width: float
    light: Light
    palette: Palette
    rng: random.Random
    variant: int = 0
    layers: list[Layer] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    spots: list[Mark] = field(default_factory=list)
    horizon: float = 430.0

    @property
    def left(self) -> float:
        """The left border of what must be drawn."""
        return -self.right

    @property
    def right(self) -> float:
        """The right border of what must be drawn: half the frame and room for the camera."""
        return self.width / 2 + 260

    top = -160.0
    bottom = 880.0

    @property
    def everything(self) -> "skia.Rect":
        """The whole area that must be drawn."""
        return skia.Rect(self.left, self.top, self.right, self.bottom)

    def layer(
        self, depth: float, draw: Draw, *, blur: float = 0.0, glow: bool = False, name: str = ""
    ) -> None:
        """Add a layer; sets add them from far to near."""
        self.layers.append(Layer(depth, draw, blur, glow, name))


@dataclass(frozen=True, slots=True)
class SetDesign:
    """One row of the sets' table: a name, the heading's words that call for it, and how it is built.

    `words` are lower-case words or phrases; longer matches win over shorter. `air` names the ambience.
    """

    name: str
    words: tuple[str, ...]
    build: Callable[[Stage], None]
    air: str = ""


@dataclass(frozen=True, slots=True)
class PropDesign:
    """One row of the props' table.

    `draw(canvas, light, palette, rng)` draws it in a box of 100 x 100 units, standing on y = 0 and
    reaching up to y = -100, x from -50 to 50. `height` is its real height in metres; `held` says
    whether it fits in a hand; `flat` that it cannot stand: it lies, and is looked at from above.
    """

    name: str
    words: tuple[str, ...]
    draw: Callable[["skia.Canvas", Light, Palette, random.Random], None]
    height: float = 0.3
    held: bool = False
    flat: bool = False
