"""Acting: what a figure's face and breath do from frame to frame, and the cel that shows it."""

import math
import random
from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.people.actor import Actor, Face
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten

_BLINK = (0.5, 1.0, 1.0, 0.5)  # how far the lids are shut in the four frames of a blink
_BREATH_S = 4.4
_LONGEST_S = 300  # no shot lasts longer
_PAUSE_S = 0.7  # of silence; what follows is a new line
_LOUD = ("open", "wide", "round")


@dataclass(frozen=True, slots=True)
class Pose:
    """What a figure shows at a frame: its face, and how far the head is lifted or off to a side.

    Both in half pixels.
    """

    face: Face
    lift: int = 0
    sway: int = 0


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a figure does all through a shot, apart from its lines.

    `gaze` is its eyeline on the screen; `lively`: large enough for breath and nods to be seen;
    `sways`: small, but standing free, so that its weight shifts from foot to foot;
    `stride` the seconds of two steps of someone who walks before a camera that goes along.
    """

    gaze: float = 0.0
    lively: bool = False
    sways: bool = False
    stride: float = 0.0


class Part:
    """One figure's part in a shot: blinks 3 to 6 s apart, lips on their cues, breath, small nods.

    The eyes rest on whom they look at; they leave for a moment before a line, or now and then
    without one, and lids fall as they go.
    """

    def __init__(
        self, cues: tuple[tuple[float, str], ...], rate: Rate, seed: int, bearing: Bearing
    ) -> None:
        rng = random.Random(seed)
        self._rate = rate
        self.bearing = bearing
        self._times = [at for at, _ in cues]
        self._mouths = [mouth for _, mouth in cues]
        self._phase = rng.uniform(0, math.tau)
        self._blinks = _blink_frames(rng, rate)
        self._nods = [at for at, mouth in cues if mouth in _LOUD and rng.random() < 0.22]
        self._glances = _before_lines(cues) if cues else _now_and_then(rng)
        leaving = (rate.frames(start) for start, _ in self._glances)
        self._blinks = sorted({*self._blinks, *leaving})

    def at(self, frame: int) -> Pose:
        """The pose at a frame; mouths and breath change on twos."""
        blink = 0.0
        i = bisect_right(self._blinks, frame) - 1
        if i >= 0 and frame - self._blinks[i] < len(_BLINK):
            blink = _BLINK[frame - self._blinks[i]]
        seconds = self._rate.seconds(frame // 2 * 2)
        mouth = "rest"
        cue = bisect_right(self._times, seconds + 0.01) - 1
        if cue >= 0:
            mouth = self._mouths[cue]
        gaze = self.bearing.gaze
        if self.bearing.lively and mouth == "rest" and blink < 1 and self._looks_away(seconds):
            gaze = round(-0.6 * gaze, 3)
        lift = self._lift(seconds) if self.bearing.lively else 0
        return Pose(
            Face(mouth, blink, gaze), lift, self._sway(seconds) if self.bearing.sways else 0
        )

    def _looks_away(self, seconds: float) -> bool:
        i = bisect_right(self._glances, (seconds + 0.01, math.inf)) - 1
        return i >= 0 and seconds < self._glances[i][1]

    def _sway(self, seconds: float) -> int:
        slow, slower = (math.sin(math.tau * seconds / s + self._phase) for s in (3.7, 6.1))
        return round(1.1 * slow + 1.5 * slower)

    def _lift(self, seconds: float) -> int:
        if self.bearing.stride:
            return round(7.0 * abs(math.sin(math.tau * seconds / self.bearing.stride)))
        breath = 1.6 * math.sin(math.tau * seconds / _BREATH_S + self._phase)
        nod = sum(2.4 * math.exp(-(((seconds - at - 0.12) / 0.10) ** 2)) for at in self._nods)
        return round(breath - nod)


def _before_lines(cues: tuple[tuple[float, str], ...]) -> list[tuple[float, float]]:
    """Moments before each line: eyes that were elsewhere come to whom they speak to."""
    glances, quiet_since = [], 0.0
    for at, mouth in cues:
        if mouth != "rest" and at - quiet_since > _PAUSE_S:
            glances.append((max(quiet_since + 0.2, at - 0.75), at - 0.12))
        if mouth != "rest":
            quiet_since = at + 0.3
    return glances


def _now_and_then(rng: random.Random) -> list[tuple[float, float]]:
    """Moments in which someone who does not speak looks elsewhere."""
    glances, at = [], rng.uniform(1.6, 4.0)
    while at < _LONGEST_S:
        glances.append((at, at + rng.uniform(0.6, 1.3)))
        at += rng.uniform(3.5, 7.5)
    return glances


def _blink_frames(rng: random.Random, rate: Rate) -> list[int]:
    frames, at = [], rng.uniform(-1.0, 2.5)
    while at < _LONGEST_S:
        frames.append(rate.frames(max(0.0, at + 5)) - rate.frames(5))
        at += rng.uniform(3.0, 6.0)
    return frames


class CutOut:
    """A figure, drawn: its body once, and a small plate for each face that it shows."""

    def __init__(self, actor: Actor, raster: Raster, rest: Face, blur: float = 0.0) -> None:
        self._actor, self._raster, self._blur = actor, raster, blur
        self.face_box = raster.pixels(actor.face_area)
        self.foot = min(actor.y * raster.scale, raster.height)
        self.span = max(40.0, self.foot - actor.head.top() * raster.scale)
        self.body = self._plate(raster.pixels(actor.bounds), rest)
        """The whole figure with its face at rest; None where it is out of the frame."""
        self._faces: dict[Face, Plate | None] = {rest: None}

    def face(self, face: Face) -> Plate | None:
        """Another face, which is laid over the body; None for the one at rest."""
        if face not in self._faces:
            self._faces[face] = self._plate(self.face_box, face)
        return self._faces[face]

    def _plate(self, box: "skia.IRect", face: Face) -> Plate | None:
        piece = Piece(1.0, lambda canvas: self._actor.draw(canvas, face), self._blur)
        return flatten([piece], self._raster, box=box)


class ActorCel:
    """A figure that breathes, blinks and speaks."""

    def __init__(self, cut_out: CutOut, part: Part, *, depth: float | None = 1.0) -> None:
        self.depth = depth
        self._cut_out, self._part = cut_out, part
        self._foot, self._span = cut_out.foot, cut_out.span
        self._body = _fresh(cut_out.body)
        self._faces: dict[Face, Plate | None] = {}

    def state(self, frame: int) -> Hashable:
        """The pose at a frame."""
        return self._part.at(frame)

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """The face, or the whole figure where it breathes."""
        assert isinstance(before, Pose)
        assert isinstance(after, Pose)
        if self._body is None:
            return skia.IRect.MakeEmpty()
        if (before.lift, before.sway) != (after.lift, after.sway):
            return self._body.box.makeOutset(4, 4)
        return self._cut_out.face_box.makeOutset(4, 4)

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """The body, then the face, lifted by a breath."""
        assert isinstance(state, Pose)
        if self._body is None:
            return
        canvas.save()
        if state.lift:
            canvas.translate(0, self._foot)
            canvas.scale(1, 1 + 0.5 * state.lift / self._span)
            canvas.translate(0, -self._foot)
        for plate in (self._body, self._face(state.face)):
            if plate is None:
                continue
            if self._part.bearing.sways:
                plate.lean(canvas, state.sway, self._foot, self._span)
            else:
                # Sharp and filtered drawing must not alternate, or the picture would seem to breathe.
                plate.lay(canvas, moving=moving or self._part.bearing.lively)
        canvas.restore()

    def _face(self, face: Face) -> Plate | None:
        if face not in self._faces:
            self._faces[face] = _fresh(self._cut_out.face(face))
        return self._faces[face]


def _fresh(plate: Plate | None) -> Plate | None:
    return None if plate is None else plate.fresh()
