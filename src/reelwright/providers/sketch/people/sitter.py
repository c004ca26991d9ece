"""The sitter: one person as every part of the drawing sees them."""

from dataclasses import dataclass
from functools import lru_cache

from reelwright.film.looks import COLOURS, HAIR_COLOURS, SKINS, Look
from reelwright.film.picture import Figure
from reelwright.ground.digests import draw
from reelwright.providers.sketch.ink import Color, greyed, ink, mix
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.people.tones import Tone, flesh, tone
from reelwright.providers.sketch.stage import Palette

_EYES = {
    "deep": ("2f1b10", "3a2414", "4a3018"),
    "warm": ("5a3a1c", "6e5a2a", "3a2414", "4c5a34"),
    "light": ("4a7a98", "5d7f5a", "6b7f8c", "6e5a2a", "3f6f9e"),
}
_DEEP, _LIGHT = ("brown", "umber", "ebony", "olive"), ("porcelain", "rose", "fair")


@dataclass(frozen=True, slots=True)
class Sitter:
    """A look in its light. Everything is drawn facing right; `side` is the key's side in that mirror.

    `size` is the head's height in units of the frame and decides how much detail is worth drawing;
    `seed` varies what the look leaves open (nose, brows, stance), by name, and never by chance.
    """

    look: Look
    light: Light
    side: int
    size: float
    seed: int
    skin: Tone
    hair: Tone
    cloth: Tone
    second: Tone
    legs: Tone
    shoe: Tone
    iris: Color
    behind: bool = False

    @property
    def fine(self) -> bool:
        """Whether the head is large enough for lids, folds and buttons."""
        return self.size >= 52

    @property
    def finest(self) -> bool:
        """Whether this is a close-up: strands, creases, lashes."""
        return self.size >= 125

    def vary(self, what: str, low: float, high: float) -> float:
        """A number between low and high that belongs to this person."""
        return low + (high - low) * _share(self.seed, what)


@lru_cache(maxsize=2048)
def _share(seed: int, what: str) -> float:
    return (draw(seed, what) % 1001) / 1000


def sit(figure: Figure, light: Light, palette: Palette, size: float) -> Sitter:
    """The sitter for a figure whose head is `size` units high."""
    look = figure.look
    seed = draw(figure.name, "person") % (1 << 31)
    dim = 0.5 if figure.role == "shoulder" else 0.0
    cloth = mix(ink(COLOURS[look.colour]), palette.dominant, 0.07)
    second = mix(ink(COLOURS[look.second]), palette.dominant, 0.07)
    group = "deep" if look.skin in _DEEP else "light" if look.skin in _LIGHT else "warm"
    irises = _EYES[group]
    return Sitter(
        look=look,
        light=light,
        side=light.side * (figure.facing or 1),
        size=size,
        seed=seed,
        skin=flesh(ink(SKINS[look.skin]), light, dim),
        hair=tone(ink(HAIR_COLOURS[look.hair_colour]), light, dim),
        cloth=tone(cloth, light, dim),
        second=tone(second, light, dim),
        legs=tone(_legs(look, seed), light, dim),
        shoe=tone(ink(("2a211d", "3a2a20", "24262c", "4a3527")[seed % 4]), light, dim),
        iris=ink(irises[seed % len(irises)]),
        behind=figure.role in {"shoulder", "back"},
    )


def _legs(look: Look, seed: int) -> Color:
    if look.costume in {"suit", "uniform", "overalls", "robe"}:
        return mix(ink(COLOURS[look.colour]), ink("14161c"), 0.28)
    if look.costume == "armour":
        return ink("4a4440")
    base = ("33405a", "3d3a3c", "54483c", "2b3038", "4b5560")[seed % 5]
    return mix(greyed(ink(COLOURS[look.second]), 0.4), ink(base), 0.8)
