"""The exposure sheet: which cels a shot lies under its camera, far to near."""

from collections.abc import Sequence

from reelwright.ground.digests import draw
from reelwright.providers.contract import MotionRequest
from reelwright.providers.sketch.acting import ActorCel, Score
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.cels import Cel, StillCel
from reelwright.providers.sketch.framing import Composition, Standing
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten
from reelwright.providers.sketch.tableau import actor_of, composed, set_pieces

_STEP = 0.15  # of the camera's travel: depths that move nearly alike become one plate
_MOST_PLATES = 3


def cels_of(request: MotionRequest, raster: Raster, camera: Camera) -> list[Cel]:
    """The shot's cels."""
    composition = composed(request.picture)
    behind, before = set_pieces(composition)
    cels: list[Cel] = []
    for index, group in enumerate(_groups(behind, camera)):
        plate = flatten(group, raster, opaque=index == 0)
        if plate is not None:
            cels.append(StillCel(plate, plate.depth))
    cels += [_actor_cel(request, one, composition, raster) for one in composition.cast]
    for group in _groups(before, camera):
        plate = flatten(group, raster)
        if plate is not None:
            cels.append(StillCel(plate, plate.depth))
    cels.append(StillCel(Plate(grade(raster.width, raster.height), 0, 0), None))
    return cels


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


def _actor_cel(
    request: MotionRequest, one: Standing, composition: Composition, raster: Raster
) -> Cel:
    actor = actor_of(one, composition)
    cues = next((lips.cues for lips in request.lips if lips.name == one.figure.name), ())
    seed = draw("acting", one.figure.name, request.picture.place.heading, request.frames)
    score = Score(cues, request.rate, seed, lively=one.height >= 700)
    return ActorCel(actor, raster, score, depth=one.depth, blur=one.blur)
