"""Walking: a figure on its way, its steps drawn once and used again."""

from collections.abc import Hashable

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Move
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.people.actor import Actor, Face
from reelwright.providers.sketch.people.poses import CYCLES
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten

_CYCLE_S = {"walk": 1.08, "run": 0.70, "dance": 1.2}  # two steps, unhurried
_PHASES = 12
_LARGEST = 640.0  # a taller figure's legs are out of the frame: it only breathes
# How far it goes from the middle of its way, in widths of the frame: who runs comes and is gone.
_FARTHEST = {"walk": 0.30, "run": 0.60, "dance": 0.30}
_TRACKED = 0.55  # the share of that while the camera goes along


def walks(one: Standing) -> bool:
    """Whether a figure's steps are seen."""
    return (
        one.figure.acting.pose in CYCLES and one.height < _LARGEST and one.figure.role != "shoulder"
    )


def stride_of(one: Standing) -> float:
    """The seconds of two steps; 0 for who does not go anywhere."""
    return _CYCLE_S[one.figure.acting.pose] if CYCLES.get(one.figure.acting.pose) else 0.0


def tracks(camera: Camera) -> int:
    """The way the camera travels along with someone: 1 right, -1 left, 0 not at all."""
    return {Move.TRACK_RIGHT: 1, Move.TRACK_LEFT: -1}.get(camera.move, 0)


class WalkCel:
    """A figure on its way: from where it comes to where it goes, through its mark midway.

    It moves only with its steps, as far as each carries it: feet do not slide. Where the frame is
    too small for the way, the steps are slower. A camera that tracks goes most of the way with it.
    """

    depth: float | None = 1.0

    def __init__(
        self, actor: Actor, raster: Raster, camera: Camera, rate: Rate, gaze: float = 0.0
    ) -> None:
        self._actor, self._raster, self._rate = actor, raster, rate
        self._face = Face(gaze=gaze)
        pose = actor.figure.acting.pose
        leg = (actor.plan.leg + 13) * actor.scale
        self._step = actor.facing * CYCLES[pose] * leg / _PHASES
        self._pace = max(self._paced(camera), _CYCLE_S[pose]) / _PHASES
        self._middle = camera.seconds / 2 / self._pace
        self._steps: dict[int, Plate | None] = {}

    def _paced(self, camera: Camera) -> float:
        """The seconds of a cycle that just reaches the end of the way."""
        along = tracks(camera) == self._actor.facing
        farthest = _FARTHEST[self._actor.figure.acting.pose] * (_TRACKED if along else 1.0)
        way = 2 * farthest * self._raster.width / self._raster.scale
        if along:
            way += abs(camera.at(1).x - camera.at(0).x)
        return camera.seconds * abs(self._step) * _PHASES / way

    def state(self, frame: int) -> tuple[int, int]:
        """Which drawing of the cycle, and how many pixels from the mark."""
        steps = int((self._rate.seconds(frame) + 1e-6) // self._pace)
        along = self._step * (steps - self._middle)
        return steps % _PHASES, round(along * self._raster.scale)

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """From where it was to where it is."""
        area = skia.IRect.MakeEmpty()
        for state in (before, after):
            assert isinstance(state, tuple)
            plate = self._drawn(state[0])
            if plate is not None:
                area.join(plate.box.makeOffset(state[1], 0).makeOutset(2, 2))
        return area

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """The step's drawing, moved along."""
        assert isinstance(state, tuple)
        step, along = state
        plate = self._drawn(step)
        if plate is not None:
            canvas.save()
            canvas.translate(along, 0)
            plate.lay(canvas, moving=moving)
            canvas.restore()

    def _drawn(self, step: int) -> Plate | None:
        if step not in self._steps:
            phase = step / _PHASES
            piece = Piece(1.0, lambda canvas: self._actor.draw(canvas, self._face, phase))
            reach = 0.3 * self._actor.stature
            box = self._raster.pixels(self._actor.bounds.makeOutset(reach, 0.1 * reach))
            self._steps[step] = flatten([piece], self._raster, box=box)
        return self._steps[step]
