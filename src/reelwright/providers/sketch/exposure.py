"""The exposure sheet: which cels a shot lies under its camera, far to near."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from reelwright.film.breakdown.model import ShotKind
from reelwright.film.picture import Picture, Place
from reelwright.film.timeline import Rate
from reelwright.ground.digests import draw
from reelwright.providers.drawings import Lips
from reelwright.providers.sketch.acting import ActorCel, Bearing, CutOut, Part
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.cards import card_pieces
from reelwright.providers.sketch.cels import Cel, StillCel
from reelwright.providers.sketch.eyelines import eyeline
from reelwright.providers.sketch.flicker import FlickerCel
from reelwright.providers.sketch.framing import WIDE, Composition
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.idling import IdleCel
from reelwright.providers.sketch.inserts import flame_pieces, insert_of, insert_pieces
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.people.actor import Face
from reelwright.providers.sketch.plates import Patch, Piece, Plate, Raster, flatten
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Palette
from reelwright.providers.sketch.tableau import (
    actor_of,
    composed,
    fire_pieces,
    idling_pieces,
    light_in,
    set_pieces,
    stage_of,
)
from reelwright.providers.sketch.things import (
    standing_things,
    stool_piece,
)
from reelwright.providers.sketch.view import View
from reelwright.providers.sketch.walking import WalkCel, stride_of, tracks, walks
from reelwright.providers.sketch.weather import weather_cels

_STEP = 0.15  # of the camera's travel: depths that move nearly alike become one plate
_MOST_PLATES = 3
_LIVELY = 700  # a smaller figure's breath is less than half a pixel


def raster_of(picture: Picture, camera: Camera) -> Raster:
    """The frame's pixels with the border the camera may show, equal in all shots of one framing.

    So they share the plates of the place, which cost more to draw than a border.
    """
    units = picture.height / FRAME_HEIGHT
    border = 0 if camera.still else int(camera.reach * units) + 4
    return Raster(picture.width, picture.height, border)


def cels_of(
    picture: Picture, raster: Raster, camera: Camera, rate: Rate, lips: tuple[Lips, ...] = ()
) -> list[Cel]:
    """A picture's cels; `lips` move the mouths of those who speak."""
    if picture.framing.kind is ShotKind.TITLE and picture.lines:
        cels: list[Cel] = [*_stills(_plates(card_pieces(picture), raster, 0.0, opaque=True))]
    else:
        cels = _played(picture, raster, camera, rate, lips)
    cels.append(StillCel(Plate((Patch(grade(raster.width, raster.height), 0, 0),)), None))
    return cels


def _played(
    picture: Picture, raster: Raster, camera: Camera, rate: Rate, lips: tuple[Lips, ...]
) -> list[Cel]:
    composition = composed(picture)
    thing = insert_of(picture)
    if thing is not None and thing.flat:  # seen from above: nothing of the place is
        pieces = insert_pieces(thing, composition.stage, light_in(composition))
        return [*_stills(_plates(pieces, raster, 0.0, opaque=True))]
    behind, before = _set_plates(
        picture.place,
        picture.mood,
        composition.stage.width,
        composition.view,
        raster,
        picture.crowd,
        0.0 if camera.still else camera.weight,
    )
    far, near = weather_cels(picture.place, composition.stage.light, raster, rate)
    fires = _flickers(fire_pieces(composition), picture.place, raster, rate)
    idlers = _idlers(picture, composition, raster, rate)
    midst = _midst(picture, composition, raster, camera, rate, lips)
    return [*_stills(behind), *far, *fires, *idlers, *midst, *_stills(before), *near]


def _flickers(pieces: Sequence[Piece], place: Place, raster: Raster, rate: Rate) -> list[Cel]:
    plates = (flatten([piece], raster) for piece in pieces)
    return [
        FlickerCel(plate, rate, draw("fire", place.heading, n))
        for n, plate in enumerate(plates)
        if plate is not None
    ]


def _idlers(picture: Picture, composition: Composition, raster: Raster, rate: Rate) -> list[Cel]:
    if not picture.crowd:
        return []
    width, view = composition.stage.width, composition.view
    plates = _idling_plates(picture.place, picture.mood, width, view, raster, picture.crowd)
    return [
        IdleCel(plate, plate.depth, raster, rate, draw("idle", picture.place.heading, n))
        for n, plate in enumerate(plates)
        if plate is not None
    ]


@lru_cache(maxsize=2)
def _idling_plates(
    place: Place, mood: str, width: float, view: View, raster: Raster, crowd: int
) -> list[Plate | None]:
    pieces = idling_pieces(stage_of(place, mood, width), view, crowd)
    return [flatten([piece], raster, box=raster.pixels(box)) for piece, box in pieces]


def _midst(
    picture: Picture,
    composition: Composition,
    raster: Raster,
    camera: Camera,
    rate: Rate,
    lips: tuple[Lips, ...],
) -> list[Cel]:
    """Figures and things among each other: who stands lower in the frame stands nearer."""
    stage, view, light = composition.stage, composition.view, light_in(composition)
    thing = insert_of(picture)
    if thing is not None:
        lit = _flickers(flame_pieces(thing, stage), picture.place, raster, rate)
        return [*_stills(_plates(insert_pieces(thing, stage, light), raster, 0.0)), *lit]
    found: list[tuple[float, Cel]] = []
    for y, piece in standing_things(picture, stage, view, light):
        found += [(y, cel) for cel in _stills(_plates([piece], raster, 0.0))]
    for one in composition.cast:
        cues = next((part.cues for part in lips if part.name == one.figure.name), ())
        ground = one.y + one.stool
        if one.stool:
            stool = _plates([stool_piece(one, stage, light)], raster, 0.0)
            found += [(ground, cel) for cel in _stills(stool)]
        found.append((ground, _figure_cel(one, picture, composition, raster, camera, rate, cues)))
    wide = picture.framing.size in WIDE
    return [cel for _, cel in (sorted(found, key=lambda pair: pair[0]) if wide else found)]


def _stills(plates: Iterable[Plate]) -> list[StillCel]:
    return [StillCel(plate.fresh(), plate.depth) for plate in plates]


@lru_cache(maxsize=6)
def _set_plates(
    place: Place, mood: str, width: float, view: View, raster: Raster, crowd: int, weight: float
) -> tuple[list[Plate], list[Plate]]:
    """The place behind the figures and before them; kept, because the shots of a scene share it."""
    behind, before = set_pieces(stage_of(place, mood, width), view, crowd)
    return _plates(behind, raster, weight, opaque=True), _plates(before, raster, weight)


def _plates(
    pieces: Sequence[Piece], raster: Raster, weight: float, *, opaque: bool = False
) -> list[Plate]:
    """As few plates as the camera allows: pieces that move nearly alike are one, all when it rests."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        apart = weight * (piece.depth - groups[-1][0].depth) if groups else 1.0
        if groups and (apart < _STEP or piece.glow or len(groups) == _MOST_PLATES):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    made = (
        flatten(group, raster, opaque=opaque and index == 0) for index, group in enumerate(groups)
    )
    return [plate for plate in made if plate is not None]


def _figure_cel(
    one: Standing,
    picture: Picture,
    composition: Composition,
    raster: Raster,
    camera: Camera,
    rate: Rate,
    cues: tuple[tuple[float, str], ...],
) -> Cel:
    light, palette = light_in(composition), composition.stage.palette
    gaze = eyeline(one, picture, composition)
    if walks(one):
        return WalkCel(actor_of(one, light, palette), raster, camera, rate, gaze)
    stride = stride_of(one) if tracks(camera) else 0.0
    seed = draw("acting", one.figure.name, composition.stage.place.heading, camera.seconds)
    lively = one.height >= _LIVELY
    sways = not lively and one.figure.acting.pose == "stand"
    part = Part(cues, rate, seed, Bearing(gaze, lively=lively, sways=sways, stride=stride))
    # Whom the camera goes along with stays where they are in the frame: the place passes by.
    cut_out = _cut_out(one, light, palette, raster, gaze)
    return ActorCel(cut_out, part, depth=None if stride else one.depth)


@lru_cache(maxsize=6)
def _cut_out(one: Standing, light: Light, palette: Palette, raster: Raster, gaze: float) -> CutOut:
    """A figure, drawn; kept, because who talks is seen like this again and again."""
    return CutOut(actor_of(one, light, palette), raster, Face(gaze=gaze), one.blur)
