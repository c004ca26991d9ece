"""Light: what the hour, the weather and the walls do to every colour in the frame."""

from dataclasses import dataclass

from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.picture import Place
from reelwright.providers.sketch.ink import Color, fade, greyed, ink, mix


@dataclass(frozen=True, slots=True)
class Light:
    """One key light with a reason, its shadow's hue, the sky behind it, and the air between.

    `side` is 1 when the key comes from screen right. `height` runs from 0 (horizon) to 1 (zenith).
    `sky` goes from zenith to horizon. `near` is the darkest foreground tone. `lamps` says whether
    practical lamps are lit and windows glow from inside. `haze` is how much of the air's colour a
    thing at depth 0 (far) takes on.
    """

    time: TimeOfDay
    weather: Weather
    indoors: bool
    sky: tuple[Color, Color, Color, Color]
    key: Color
    shade: Color
    near: Color
    air: Color
    haze: float
    side: int
    height: float
    strength: float
    lamps: bool
    lamp: Color

    @property
    def open_night(self) -> bool:
        """Whether it is dark outside, where figures need an edge of light."""
        return not self.indoors and self.time in (TimeOfDay.NIGHT, TimeOfDay.DUSK)

    def lit(self, base: Color, amount: float = 1.0) -> Color:
        """The base colour on the key's side."""
        return mix(mix(base, self.near, 0.5 * (1 - self.strength)), self.key, 0.30 * amount)

    def dark(self, base: Color, amount: float = 1.0) -> Color:
        """The base colour on the shadow side: darker, and of another hue."""
        return mix(mix(base, self.shade, 0.34 * amount), self.near, 0.42 * amount)

    def flat(self, base: Color) -> Color:
        """The base colour on a face turned neither to nor from the key."""
        return mix(self.lit(base), self.dark(base), 0.5)

    def far(self, color: Color, depth: float) -> Color:
        """What the air makes of a colour; depth 0 is the horizon, 1 is where the figures stand."""
        t = self.haze * (1 - min(1.0, max(0.0, depth)))
        return mix(greyed(color, 0.5 * t), self.air, t)

    def glow(self, alpha: float = 1.0) -> Color:
        """The colour of a practical lamp's light."""
        return fade(self.lamp, alpha)


# zenith, upper, lower, horizon | key | shade | near | air | haze, height, strength, lamps
_HOURS: dict[TimeOfDay, tuple[tuple[str, str, str, str], str, str, str, str, float, float, float, bool]] = {
    TimeOfDay.DAWN: (("2b3a66", "7f72a3", "e59a92", "ffd9ae"), "ffd2a0", "5d6796", "241f38", "c9a3a3", 0.72, 0.10, 0.72, True),
    TimeOfDay.MORNING: (("4a87c0", "8fbfe0", "d8e8ea", "fbe9c8"), "ffe9bf", "6f8bb0", "2a3644", "c5d6da", 0.62, 0.35, 0.92, False),
    TimeOfDay.DAY: (("3577b8", "74b0dd", "bfdcea", "eaf0e4"), "fff3d6", "6a8cb0", "29383f", "bdd0d8", 0.58, 0.75, 1.00, False),
    TimeOfDay.GOLDEN: (("4a6a9c", "a7a3ae", "eebf84", "ffd98f"), "ffc470", "7a6a96", "2c2226", "e5bd8e", 0.66, 0.16, 0.90, False),
    TimeOfDay.DUSK: (("191f45", "523a78", "c65a66", "ffae6a"), "ffa868", "4c4a86", "140f22", "7d4c72", 0.70, 0.06, 0.62, True),
    TimeOfDay.NIGHT: (("060a18", "0d1c38", "1a3454", "2f5070"), "a9c8ff", "22406e", "05080f", "243f5e", 0.66, 0.60, 0.45, True),
}  # fmt: skip

_COVER: dict[Weather, tuple[float, str, float, float]] = {
    # how much of the sky it covers, with what grey, how much more haze, how much key is left
    Weather.CLEAR: (0.0, "8a93a0", 0.00, 1.0),
    Weather.CLOUD: (0.55, "98a2ac", 0.05, 0.80),
    Weather.RAIN: (0.75, "66727e", 0.14, 0.72),
    Weather.SNOW: (0.70, "b4bdc6", 0.18, 0.75),
    Weather.FOG: (0.80, "aab2b6", 0.34, 0.60),
    Weather.STORM: (0.85, "48525e", 0.12, 0.66),
}

_LEAST = 0.36  # however dark it is, a face must be read


def light_of(place: Place, side: int = 1) -> Light:
    """The light of a place: hour, weather, and whether a roof is over it."""
    sky, key, shade, near, air, haze, height, strength, lamps = _HOURS[place.time_of_day]
    cover, grey, more_haze, left = _COVER[place.weather]
    night = place.time_of_day in (TimeOfDay.NIGHT, TimeOfDay.DUSK)
    cloud = mix(ink(grey), ink(near), 0.58 if night else 0.0)
    indoors = place.setting is Setting.INT
    key_color = mix(ink(key), cloud, 0.5 * cover)
    if indoors and lamps:
        key_color = ink("ffc98a")  # a lamp is the reason for the light in a dark room
    return Light(
        time=place.time_of_day,
        weather=place.weather,
        indoors=indoors,
        sky=tuple(mix(ink(c), cloud, cover) for c in sky),  # pyrefly: ignore[bad-argument-type]
        key=key_color,
        shade=ink(shade),
        near=ink(near),
        air=mix(ink(air), cloud, cover),
        haze=min(0.95, haze + more_haze),
        side=side,
        height=height,
        strength=max(_LEAST, strength * left),
        lamps=lamps or cover > 0.7,
        lamp=ink("ffca85"),
    )
