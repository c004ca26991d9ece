"""Tones: what one surface's colour becomes in the light, in four steps."""

from dataclasses import dataclass

from reelwright.providers.sketch.ink import Color, ink, luma, mix
from reelwright.providers.sketch.light import Light


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour lit, between, in shadow, and in the folds; `base` is the colour by itself."""

    base: Color
    lit: Color
    mid: Color
    shade: Color
    deep: Color


def tone(base: Color, light: Light, dim: float = 0.0) -> Tone:
    """The tones of a surface; `dim` 0 to 1 sinks a foreground figure into the near dark."""
    lit = light.lit(base, 0.30 + 0.45 * luma(base))
    shade = mix(light.dark(base, 0.82), lit, 0.06)
    shade = mix(shade, light.near, 0.26 * (1 - light.strength))
    lit, shade = mix(lit, light.near, dim), mix(shade, light.near, dim)
    deep = mix(shade, light.near, 0.42)
    return Tone(base, lit, mix(lit, shade, 0.45), shade, deep)


def flesh(base: Color, light: Light, dim: float = 0.0) -> Tone:
    """Skin: blood shows where the light turns into shadow, so the shadow stays warm."""
    plain = tone(base, light, dim)
    lit = mix(plain.lit, light.lit(base, 0.0), 0.6 * (1 - light.strength))
    lit = mix(lit, light.near, dim)
    blood = mix(base, ink("9c2f24"), 0.42)
    warm = 0.42 * light.strength * (1 - dim) * (0.4 + 0.75 * luma(base))
    shade = mix(plain.shade, light.dark(blood, 0.5), warm + 0.06)
    mid = mix(mix(lit, shade, 0.5), light.lit(blood, 0.2), warm)
    return Tone(base, lit, mid, shade, mix(shade, light.near, 0.36))
