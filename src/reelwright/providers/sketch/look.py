"""Draws a contact sheet for the eye of whoever works on a set, a prop or a figure.

    python -m reelwright.providers.sketch.look "INT. KITCHEN" sheet.png

shows a heading's set in the six times of the day and six weathers (outside), wide and close.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, Size, TimeOfDay, Weather
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.sketch.plates import LINEAR
from reelwright.providers.sketch.still import drawn

_ANNA = Figure("ANNA", Look(sex="woman", hair="bob", colour="crimson"), facing=1)
_BEN = Figure("BEN", Look(hair="short", colour="navy"), facing=-1)
_COLUMNS = 3


def pictures_of(heading: str, width: int = 640, height: int = 360) -> list[Picture]:
    """The pictures of a heading's sheet."""
    setting = Setting.INT if heading.upper().startswith("INT") else Setting.EXT
    location = heading.split(".", 1)[-1].strip()
    weathers = [Weather.CLEAR] if setting is Setting.INT else list(Weather)
    lights = [(time, Weather.CLEAR) for time in TimeOfDay]
    lights += [(TimeOfDay.DAY, weather) for weather in weathers[1:]]
    pictures = []
    for index, (time, weather) in enumerate(lights):
        place = Place(heading, setting, location, time, weather)
        size, cast = (Size.WIDE, (_ANNA, _BEN)) if index % 3 else (Size.MEDIUM_CLOSE, (_ANNA,))
        pictures.append(Picture(width, height, place, Framing(size=size), cast))
        if index % 3 == 0:
            pictures.append(Picture(width, height, place, Framing(), (_ANNA, _BEN)))
    return pictures


def sheet_of(pictures: Sequence[Picture], columns: int = _COLUMNS) -> "skia.Image":
    """The finished pictures side by side, each as large as the first."""
    width, height = pictures[0].width, pictures[0].height
    rows = -(-len(pictures) // columns)
    surface = skia.Surface(columns * width, rows * height)
    for index, picture in enumerate(pictures):
        cell = skia.Rect.MakeXYWH(index % columns * width, index // columns * height, width, height)
        surface.getCanvas().drawImageRect(drawn(picture), cell, LINEAR)
    return surface.makeImageSnapshot()


def main(arguments: Sequence[str]) -> None:
    """Write the sheet of a heading."""
    heading = arguments[0] if arguments else "EXT. STREET"
    path = Path(arguments[1] if len(arguments) > 1 else "look.png")
    path.write_bytes(bytes(sheet_of(pictures_of(heading)).encodeToData()))


if __name__ == "__main__":
    main(sys.argv[1:])
