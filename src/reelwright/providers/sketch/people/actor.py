"""The actor: one figure at a spot, drawn at any scale, whose face can change while the rest stays."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.picture import Figure
from reelwright.providers.sketch.ink import fade, linear, mix, paint, radial
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.people.anatomy import HEAD, anatomy_of
from reelwright.providers.sketch.people.expressions import expression_of
from reelwright.providers.sketch.people.eyes import LINE, draw_eyes
from reelwright.providers.sketch.people.figures import Body
from reelwright.providers.sketch.people.heads import skull_of
from reelwright.providers.sketch.people.mouths import draw_mouth
from reelwright.providers.sketch.people.poses import CYCLES, pose_of
from reelwright.providers.sketch.people.sitter import sit
from reelwright.providers.sketch.stage import Palette

Draw = Callable[["skia.Canvas"], None]
_RIM = 1.3, 2.4  # how wide at least, in units of the frame, and in head units
_FACE = (-19.0, -66.0, 36.5, 1.0)  # what changes with a face, in head units


@dataclass(frozen=True, slots=True)
class Face:
    """One moment of a face: a mouth of `voices.MOUTHS`, lids shut 0 to 1, gaze -1 to 1 (screen)."""

    mouth: str = "rest"
    blink: float = 0.0
    gaze: float = 0.0


class Actor:
    """A figure standing at (x, y), or sitting on what is there; `height` is an adult's, in units.

    Under a dark sky a `rim` of light parts it from the ground behind.
    """

    def __init__(
        self,
        figure: Figure,
        x: float,
        y: float,
        height: float,
        light: Light,
        palette: Palette,
        *,
        rim: bool = True,
    ) -> None:
        self.figure, self.x, self.y, self.light = figure, x, y, light
        self.plan = anatomy_of(figure.look)
        self.stature = height * self.plan.stature
        self.scale = self.stature / (self.plan.heads * HEAD)
        self.facing = figure.facing or 1
        acting = figure.acting
        self.sitter = sit(figure, light, palette, self.scale * HEAD)
        self.skull = skull_of(figure.look)
        self.expression = expression_of(acting.expression, acting.strength)
        self._tapes: dict[int, tuple[Body, skia.Picture, skia.Picture]] = {}
        self._body = self._pose(0.0)
        # Only who moves through a cycle needs room for all of it: a breath fits in the outset.
        cycle = range(1, 8) if acting.pose in CYCLES else ()
        moments = [self._body, *(self._pose(k / 8) for k in cycle)]
        self.bounds = _joined([self._to_frame(moment.extent()) for moment in moments])
        self.bounds.join(self._shadow_box())
        self._rim = max(_RIM[0], _RIM[1] * self.scale) if rim and light.open_night else 0.0
        self.bounds.outset(self.scale * 2 + self._rim, self.scale * 2 + self._rim)
        self.head = self._head_box(self._body, (-42, -100, 36, 0))
        self.face_area = _joined([self._head_box(moment, _FACE) for moment in moments])
        self.eyes_y = self._head_box(self._body, (0, LINE, 20, LINE)).centerY()

    def draw(self, canvas: "skia.Canvas", face: Face = Face(), phase: float = 0.0) -> None:
        """Draw the figure; `phase` 0 to 1 goes through a walk, a run, a dance, a breath."""
        if canvas.quickReject(self.bounds):
            return
        body, before, after = self._tape(round(phase * 48) % 48)
        if not body.pose.seated:
            self._draw_shadow(canvas)
        if self._rim:
            self._draw_rim(canvas, before, after)
        canvas.save()
        canvas.concat(self._frame)
        canvas.drawPicture(before)
        if not self.sitter.behind:
            with body.head_space(canvas):
                self._draw_face(canvas, face)
        canvas.drawPicture(after)
        canvas.restore()

    def _tape(self, step: int) -> tuple[Body, "skia.Picture", "skia.Picture"]:
        """What does not change with the face, recorded once for each of 48 steps of a cycle."""
        if step not in self._tapes:
            body = self._pose(step / 48) if step else self._body
            self._tapes[step] = body, _record(body.draw_before_face), _record(body.draw_after_face)
        return self._tapes[step]

    def _draw_face(self, canvas: "skia.Canvas", face: Face) -> None:
        draw_eyes(canvas, self.sitter, self.expression, face.blink, face.gaze * self.facing)
        draw_mouth(canvas, self.sitter, face.mouth, self.expression)

    def _pose(self, phase: float) -> Body:
        acting = self.figure.acting
        pose = pose_of(acting.pose, self.sitter.seed, phase)
        return Body(self.sitter, self.plan, self.skull, pose, acting.gesture, self.expression)

    @property
    def _frame(self) -> "skia.Matrix":
        """From the body's units to the frame's."""
        m = skia.Matrix.Translate(self.x, self.y)
        return m.preScale(self.facing * self.scale, self.scale)

    def _to_frame(self, box: "skia.Rect") -> "skia.Rect":
        return self._frame.mapRect(box)

    def _draw_rim(self, canvas: "skia.Canvas", *body: "skia.Picture") -> None:
        """The whole figure as one light, a little aside to the key and up: the figure covers all but its edge."""
        tone = fade(mix(self.light.key, self.light.sky[3], 0.25), 0.62)
        light = skia.Paint(ColorFilter=skia.ColorFilters.Blend(tone, skia.BlendMode.kSrcIn))
        canvas.saveLayer(self.bounds, light)
        canvas.translate(self.light.side * self._rim, -0.6 * self._rim)
        canvas.concat(self._frame)
        for part in body:
            canvas.drawPicture(part)
        canvas.restore()

    def _head_box(self, body: Body, box: tuple[float, float, float, float]) -> "skia.Rect":
        return self._to_frame(body.head_matrix().mapRect(skia.Rect(*box)))

    @property
    def _reach(self) -> float:
        """How far the shadow falls away from the key, in units."""
        low = 0.25 if self.light.indoors else 1.0 - self.light.height
        return self.stature * (0.10 + 0.62 * low * low)

    def _shadow_box(self) -> "skia.Rect":
        foot = self._footprint()
        away = -self.light.side * self._reach
        thick = self.stature * 0.035
        return skia.Rect(
            min(foot.left(), foot.left() + away), foot.bottom() - thick,
            max(foot.right(), foot.right() + away), foot.bottom() + thick,
        )  # fmt: skip

    def _footprint(self) -> "skia.Rect":
        return self._to_frame(self._body.footprint())

    def _draw_shadow(self, canvas: "skia.Canvas") -> None:
        """A dark pool under the feet, and a long one away from the key."""
        foot, long = self._footprint(), self._shadow_box()
        near, away = self.light.near, -self.light.side
        alpha = 0.16 + 0.30 * self.light.strength
        x0 = foot.left() if away > 0 else foot.right()
        x1 = x0 + away * long.width()
        canvas.drawOval(
            long, paint(shader=linear((x0, 0), (x1, 0), [fade(near, alpha), fade(near, 0)]))
        )
        core = [fade(near, 0.62), fade(near, 0.4), fade(near, 0)]
        canvas.save()
        canvas.translate(foot.centerX(), foot.bottom())
        canvas.scale(foot.width() / 2, self.stature * 0.021)
        canvas.drawCircle(0, 0, 1, paint(shader=radial((0, 0), 1, core, [0.0, 0.5, 1.0])))
        canvas.restore()


def _joined(boxes: list["skia.Rect"]) -> "skia.Rect":
    whole = skia.Rect.MakeEmpty()
    for box in boxes:
        whole.join(box)
    return whole


def _record(draw: Draw) -> "skia.Picture":
    recorder = skia.PictureRecorder()
    draw(recorder.beginRecording(skia.Rect(-4000, -4000, 4000, 4000), skia.RTreeFactory()()))
    return recorder.finishRecordingAsPicture()
