"""Which layers the air of a place is made of: words, hour, weather."""

import re
from dataclasses import dataclass

from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.picture import Place

Part = tuple[str, float]
"""A layer's name and how many decibels it is off its usual level."""


@dataclass(frozen=True, slots=True)
class Air:
    """One row: the words of a location that call for it, and what is heard there.

    `wild` places have the birds and insects of the hour; `closed` ones keep weather outside.
    """

    words: str
    parts: tuple[Part, ...]
    wild: bool = False
    closed: bool | None = None


PLACES = (
    Air("spaceship spacecraft starship airlock cockpit bridge_of module", (("deep", 0), ("air", -2), ("bleep", 0)), closed=True),
    Air("space orbit moon planet asteroid nebula", (("deep", 0),), closed=True),
    Air("submarine underwater", (("deep", -1), ("hum", 2), ("clang", -4)), closed=True),
    Air("car taxi cab truck van limousine", (("car_inside", 0),), closed=True),
    Air("train carriage compartment subway metro tram", (("rails", 0), ("rail_joint", 0)), closed=True),
    Air("plane airplane aeroplane aircraft jet helicopter", (("propeller", 0),), closed=True),
    Air("cave cavern grotto mine tunnel sewer dungeon crypt", (("vast", -2), ("drip", 0)), closed=True),
    Air("hospital ward clinic surgery morgue", (("air", 0), ("monitor", 0), ("steps", -2)), closed=True),
    Air("church cathedral chapel temple mosque monastery", (("vast", 0), ("creak", -2)), closed=True),
    Air("factory workshop garage warehouse engine boiler plant mill forge", (("machine", 0), ("clang", 0)), closed=True),
    Air("office newsroom laboratory lab studio library bank bureau", (("air", 0), ("keys", 0), ("steps", -4)), closed=True),
    Air("bar pub tavern saloon club nightclub party casino", (("murmur", 2), ("clink", 0), ("laugh", 0)), closed=True),
    Air("restaurant diner cafe café coffee bistro canteen cafeteria kitchenette", (("murmur", 0), ("clink", 2)), closed=True),
    Air("theater theatre cinema auditorium courtroom court hall lobby ballroom museum", (("vast", 0), ("murmur", -8)), closed=True),
    Air("school classroom playground kindergarten nursery", (("room", 0), ("children", -2))),
    Air("prison cell jail corridor hallway stairs stairwell basement cellar", (("room", 2), ("hum", 0), ("creak", -2)), closed=True),
    Air("kitchen laundry", (("room", 0), ("hum", -2), ("tick", -2)), closed=True),
    Air("harbour harbor port dock pier marina quay wharf boat ship deck", (("lapping", 0), ("gull", 0), ("halyard", 0), ("breeze", -6))),
    Air("lighthouse cliff beach coast shore sea ocean island dune bay seaside", (("sea", 0), ("gull", -4), ("wind", -8))),
    Air("river stream brook waterfall creek canal bridge fountain", (("stream", 0), ("breeze", -4)), wild=True),
    Air("lake pond swamp marsh", (("lapping", -3), ("frogs", -2), ("breeze", -6)), wild=True),
    Air("forest wood woods jungle grove clearing trees", (("breeze", 0),), wild=True),
    Air("park garden yard backyard orchard cemetery graveyard churchyard", (("breeze", -2), ("traffic", -9)), wild=True),
    Air("farm field meadow barn village ranch prairie countryside vineyard", (("breeze", 0), ("wind", -8), ("rooster", -4)), wild=True),
    Air("mountain peak summit ridge glacier pass snow plain tundra", (("wind", 1), ("howl", -2))),
    Air("desert canyon dunes wasteland ruins", (("wind", 0), ("howl", -4))),
    Air("station platform airport terminal", (("vast", 2), ("murmur", 0), ("steps", 0), ("rail_joint", -14))),
    Air("market square plaza fair festival carnival stadium arena crowd", (("murmur", 2), ("traffic", -6), ("laugh", -2))),
    Air("suburb driveway house porch neighborhood neighbourhood lawn cottage", (("breeze", -2), ("traffic", -8), ("far_dog", 0)), wild=True),
    Air("highway motorway freeway road gas petrol parking intersection", (("traffic", 2), ("passing_car", 2))),
    Air("rooftop roof balcony terrace", (("traffic", -1), ("wind", -6), ("horn", -4), ("far_siren", -2))),
    Air("street alley avenue city downtown sidewalk boulevard town lane", (("traffic", 0), ("passing_car", 0), ("horn", 0), ("far_siren", -2))),
)  # fmt: skip
INSIDE = Air("", (("room", 0),), closed=True)
OUTSIDE = Air("", (("wind", -6), ("breeze", -2)), wild=True)

THINGS: dict[str, tuple[Part, ...]] = {
    "fire fireplace campfire bonfire hearth flames": (("fire", 0),),
    "clock pendulum": (("tick", 0),),
    "machine machines generator": (("machine", -6),),
    "fridge refrigerator neon": (("hum", 2),),
    "computer computers server servers": (("air", -2), ("hum", -4)),
    "waves surf": (("sea", -6),),
    "gulls seagulls": (("gull", -2),),
    "crow crows ravens": (("crow", 0),),
    "owl": (("owl", 0),),
    "foghorn": (("foghorn", 0),),
}
"""What the action names adds its own sound to the place."""

_HOURS: dict[TimeOfDay, tuple[Part, ...]] = {
    TimeOfDay.DAWN: (("chorus", 0), ("blackbird", 0)),
    TimeOfDay.MORNING: (("songbird", 0), ("blackbird", -1)),
    TimeOfDay.DAY: (("songbird", -3), ("insects", 0)),
    TimeOfDay.GOLDEN: (("blackbird", -1), ("crickets", -6)),
    TimeOfDay.DUSK: (("blackbird", -3), ("crickets", 0)),
    TimeOfDay.NIGHT: (("crickets", 0), ("owl", -2)),
}
_WET = {Weather.RAIN, Weather.STORM}


def air(place: Place, crowd: int = 0) -> tuple[Part, ...]:
    """The layers of a place, each once, strongest wish first."""
    row = _row(place)
    inside = row.closed if row.closed is not None else place.setting is Setting.INT
    parts = list(row.parts)
    calm = place.weather in {Weather.CLEAR, Weather.CLOUD, Weather.FOG}
    if row.wild and not inside:
        parts.append(("drizzle", -3))  # the hush of the open, under leaves and birds
    if row.wild and calm:
        parts += [
            (name, level - (14 if inside else 0)) for name, level in _HOURS[place.time_of_day]
        ]
    if place.setting is Setting.INT and not row.closed:
        parts = [("room", 0), *((name, level - 12) for name, level in parts if name != "room")]
    parts += _weather(place.weather, inside=inside)
    named = set(place.words)
    for words, more in THINGS.items():
        if named & set(words.split()):
            parts += more
    if crowd > 2:
        parts.append(("murmur", min(3.0, -8.0 + crowd / 4)))
    strongest: dict[str, float] = {}
    for name, level in parts:
        strongest[name] = max(level, strongest.get(name, level))
    return tuple(strongest.items())


def _row(place: Place) -> Air:
    words = re.findall(r"\w+", f"{place.location} {place.heading}".lower())
    singular = {word.removesuffix("s") for word in words} | set(words)
    # The most exact name comes last in a heading: HOUSE - KITCHEN is a kitchen.
    found = [
        (words.index(word) if word in words else 0, row)
        for row in PLACES
        for word in row.words.split()
        if word in singular
    ]
    if place.setting is Setting.EXT:
        found = [(at, row) for at, row in found if not row.closed] or found
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    return OUTSIDE if place.setting is Setting.EXT else INSIDE


def _weather(weather: Weather, *, inside: bool) -> list[Part]:
    if weather in _WET:
        storm = weather is Weather.STORM
        wet: list[Part] = [("rain_window", 0), ("rain_roof", -4)] if inside else [("rain", 0)]
        if storm:
            wet += [("thunder", -8 if inside else 0), ("wind", -4), ("howl", -2 if inside else -6)]
        return wet
    if weather is Weather.SNOW:
        return [("howl", -8), ("room", 0)] if inside else [("drizzle", 0), ("wind", -5)]
    if weather is Weather.FOG and not inside:
        return [("drizzle", 0)]
    return []
