"""Walking: a figure that crosses the frame, its steps drawn once and used again."""

from collections.abc import Hashable

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Move
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.people.actor import Actor, Face
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten

# seconds of a cycle of two steps, and how far it carries, in statures
_GAITS = {"walk": (1.08, 0.80), "run": (0.70, 1.45), "dance": (1.2, 0.0), "fight": (0.9, 0.0)}
_PHASES = 12
_LARGEST = 640.0  # a taller figure's legs are out of the frame: it only breathes
_FARTHEST = 0.30  # of the frame's width, from the middle of its way


def walks(one: Standing) -> bool:
    """Whether a figure's steps are seen."""
    return (
        one.figure.acting.pose in _GAITS and one.height < _LARGEST and one.figure.role != "shoulder"
    )


class WalkCel:
    """A figure on its way: on twos, from where it comes to where it goes, through its mark midway.

    A camera that tracks keeps it where it is in the frame, and lets the place pass by.
    """

    def __init__(self, actor: Actor, raster: Raster, camera: Camera, rate: Rate) -> None:
        self._actor, self._raster, self._rate = actor, raster, rate
        self._cycle_s, carries = _GAITS[actor.figure.acting.pose]
        tracked = camera.move in (Move.TRACK_LEFT, Move.TRACK_RIGHT)
        self.depth: float | None = None if tracked else 1.0
        speed = 0.0 if tracked else carries * actor.stature / self._cycle_s
        farthest = _FARTHEST * raster.width / raster.scale / max(0.5, camera.seconds / 2)
        self._speed = actor.facing * min(speed, farthest)
        self._middle_s = camera.seconds / 2
        self._steps: dict[int, Plate | None] = {}

    def state(self, frame: int) -> tuple[int, int]:
        """Which drawing of the cycle, and how many pixels from the mark."""
        seconds = self._rate.seconds(frame // 2 * 2)
        step = int(seconds / self._cycle_s * _PHASES) % _PHASES
        return step, round(self._speed * (seconds - self._middle_s) * self._raster.scale)

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """From where it was to where it is."""
        area = skia.IRect.MakeEmpty()
        for state in (before, after):
            assert isinstance(state, tuple)
            plate = self._step(state[0])
            if plate is not None:
                area.join(plate.box.makeOffset(state[1], 0).makeOutset(2, 2))
        return area

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """The step's drawing, moved along."""
        assert isinstance(state, tuple)
        step, along = state
        plate = self._step(step)
        if plate is not None:
            canvas.save()
            canvas.translate(along, 0)
            plate.lay(canvas, moving=moving)
            canvas.restore()

    def _step(self, step: int) -> Plate | None:
        if step not in self._steps:
            phase = step / _PHASES
            piece = Piece(1.0, lambda canvas: self._actor.draw(canvas, Face(), phase))
            reach = 0.3 * self._actor.stature
            box = self._raster.pixels(self._actor.bounds.makeOutset(reach, 0.1 * reach))
            self._steps[step] = flatten([piece], self._raster, box=box)
        return self._steps[step]
