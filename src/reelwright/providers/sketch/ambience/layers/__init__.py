"""The rows of the air, one file a family."""

from reelwright.providers.sketch.ambience.layers import city, nature, people, rooms, weather
from reelwright.providers.sketch.ambience.layers.layer import Layer

LAYERS: dict[str, Layer] = {
    **weather.LAYERS,
    **nature.LAYERS,
    **city.LAYERS,
    **rooms.LAYERS,
    **people.LAYERS,
}
