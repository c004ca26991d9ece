"""The exposure sheet: which cels a shot lies under its camera, far to near."""

from collections.abc import Sequence

from reelwright.film.breakdown.model import ShotKind
from reelwright.film.picture import Picture
from reelwright.film.timeline import Rate
from reelwright.ground.digests import draw
from reelwright.providers.contract import Lips
from reelwright.providers.sketch.acting import ActorCel, Score
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.cards import card_pieces
from reelwright.providers.sketch.cels import Cel, StillCel
from reelwright.providers.sketch.framing import Composition, Standing
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten
from reelwright.providers.sketch.tableau import (
    actor_of,
    composed,
    set_pieces,
    thing_pieces,
)
from reelwright.providers.sketch.walking import WalkCel, walks
from reelwright.providers.sketch.weather import weather_cels

_STEP = 0.15  # of the camera's travel: depths that move nearly alike become one plate
_MOST_PLATES = 3


def cels_of(
    picture: Picture, raster: Raster, camera: Camera, rate: Rate, lips: tuple[Lips, ...] = ()
) -> list[Cel]:
    """A picture's cels; `lips` move the mouths of those who speak."""
    if picture.framing.kind is ShotKind.TITLE:
        cels = _still_cels(card_pieces(picture), raster, camera, opaque=True)
    else:
        cels = _played(picture, raster, camera, rate, lips)
    cels.append(StillCel(Plate(grade(raster.width, raster.height), 0, 0), None))
    return cels


def _played(
    picture: Picture, raster: Raster, camera: Camera, rate: Rate, lips: tuple[Lips, ...]
) -> list[Cel]:
    composition = composed(picture)
    behind, before = set_pieces(composition)
    cels = _still_cels(behind, raster, camera, opaque=True)
    far, near = weather_cels(picture.place, composition.stage.light, raster, rate)
    cels += far
    cels += _still_cels(thing_pieces(composition), raster, camera)
    for one in composition.cast:
        cues = next((part.cues for part in lips if part.name == one.figure.name), ())
        cels.append(_figure_cel(one, composition, raster, camera, rate, cues))
    cels += _still_cels(before, raster, camera)
    return cels + near


def _still_cels(
    pieces: Sequence[Piece], raster: Raster, camera: Camera, *, opaque: bool = False
) -> list[Cel]:
    plates = (
        flatten(group, raster, opaque=opaque and index == 0)
        for index, group in enumerate(_groups(pieces, camera))
    )
    return [StillCel(plate, plate.depth) for plate in plates if plate is not None]


def _groups(pieces: Sequence[Piece], camera: Camera) -> list[list[Piece]]:
    """Pieces that may be one plate: all of them while the camera rests, else those of near depths."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        share = camera.depth_share(piece.depth)
        full = len(groups) == _MOST_PLATES
        if groups and (
            camera.still
            or piece.glow
            or full
            or share - camera.depth_share(groups[-1][0].depth) < _STEP
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _figure_cel(
    one: Standing,
    composition: Composition,
    raster: Raster,
    camera: Camera,
    rate: Rate,
    cues: tuple[tuple[float, str], ...],
) -> Cel:
    actor = actor_of(one, composition)
    if walks(one):
        return WalkCel(actor, raster, camera, rate)
    seed = draw("acting", one.figure.name, composition.stage.place.heading, camera.seconds)
    score = Score(cues, rate, seed, lively=one.height >= 700)
    return ActorCel(actor, raster, score, depth=one.depth, blur=one.blur)
