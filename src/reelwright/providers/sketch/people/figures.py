"""Figures: a body put together, in the order in which its parts cover each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.people.anatomy import Anatomy
from reelwright.providers.sketch.people.beards import draw_beard, draw_moustache
from reelwright.providers.sketch.people.brows import draw_brows, draw_tears
from reelwright.providers.sketch.people.chests import draw_under
from reelwright.providers.sketch.people.collars import draw_over
from reelwright.providers.sketch.people.costumes import (
    Trunk,
    costume_of,
    draw_arm,
    draw_leg,
    torso,
)
from reelwright.providers.sketch.people.expressions import Expression
from reelwright.providers.sketch.people.gestures import Reach, gesticulate, gesture_of
from reelwright.providers.sketch.people.glasses import draw_glasses
from reelwright.providers.sketch.people.hair import (
    cut_of,
    draw_back_hair,
    draw_hair,
    draw_hair_behind,
)
from reelwright.providers.sketch.people.hands import draw_hand
from reelwright.providers.sketch.people.hats import draw_hat
from reelwright.providers.sketch.people.heads import (
    Skull,
    draw_ear,
    draw_head,
    draw_nape,
    draw_neck,
)
from reelwright.providers.sketch.people.limbs import cloak
from reelwright.providers.sketch.people.noses import draw_nose
from reelwright.providers.sketch.people.poses import Pose, stand_up
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Limb, Skeleton
from reelwright.providers.sketch.people.skirts import draw_skirt
from reelwright.providers.sketch.people.things import draw_thing


@dataclass(slots=True)
class Body:
    """One person in one stance; draws in head units with the feet at (0, 0), facing right."""

    sitter: Sitter
    plan: Anatomy
    skull: Skull
    pose: Pose
    word: str
    mood: Expression
    bones: Skeleton = field(init=False)

    def __post_init__(self) -> None:
        self.bones = gesticulate(stand_up(self.pose, self.plan), gesture_of(self.word), self.plan)

    def extent(self) -> "skia.Rect":
        """A box around everything that may be drawn."""
        b = self.bones
        limbs = (b.near_arm, b.far_arm, b.near_leg, b.far_leg)
        points = [p for limb in limbs for p in (limb.root, limb.joint, limb.end)]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = skia.Rect(min(xs) - 62, min(ys) - 62, max(xs) + 62, max(ys) + 50)
        box.join(self.head_matrix().mapRect(skia.Rect(-82, -150, 78, 62)))
        return box

    def footprint(self) -> "skia.Rect":
        """Where the body meets the ground: both feet, or all of it when it lies."""
        b = self.bones
        ends = [b.near_leg.end[0], b.far_leg.end[0]]
        if abs(b.lean) > 40:
            ends.append(b.chin[0])
        if b.pelvis[1] > -0.62 * self.plan.leg:
            ends.append(b.near_leg.joint[0])
        return skia.Rect(min(ends) - 24, -20, max(ends) + 36, 2)

    def head_matrix(self) -> "skia.Matrix":
        """From head units (chin at 0, 0) to the body's."""
        b = self.bones
        m = skia.Matrix.Translate(*b.chin)
        m.preRotate(b.tilt + b.lean * 0.35 + self.mood.tilt)
        m.preScale(self.skull.wide, self.skull.long)
        return m

    @contextmanager
    def head_space(self, canvas: "skia.Canvas") -> Iterator[None]:
        """Draw in head units."""
        canvas.save()
        canvas.concat(self.head_matrix())
        yield
        canvas.restore()

    def draw_before_face(self, canvas: "skia.Canvas") -> None:
        """Everything up to the bare face."""
        s, b, gesture = self.sitter, self.bones, gesture_of(self.word)
        if not s.behind:
            with self.head_space(canvas):
                draw_back_hair(canvas, s)
        if not gesture.front:
            self._arm(canvas, b.far_arm, gesture.far, away=True)
        self._lower(canvas)
        self._upper(canvas)
        if gesture.front:
            self._arm(canvas, b.far_arm, gesture.far, away=True)
        if not gesture.over:
            self._arm(canvas, b.near_arm, gesture.near, away=False)
        with self.head_space(canvas):
            if s.behind:
                draw_nape(canvas, s, self.skull)
            else:
                draw_head(canvas, s, self.skull)
                draw_nose(canvas, s)
                draw_brows(canvas, s, self.mood)
                draw_beard(canvas, s, self.skull)

    def draw_after_face(self, canvas: "skia.Canvas") -> None:
        """What lies over the face: hair, ear, glasses, hat, a raised arm."""
        s, gesture = self.sitter, gesture_of(self.word)
        with self.head_space(canvas):
            if s.behind:
                if cut_of(s).ears:
                    draw_ear(canvas, s, 36)
                draw_hair_behind(canvas, s)
            else:
                draw_tears(canvas, s, self.mood)
                draw_moustache(canvas, s)
                draw_hair(canvas, s)
                if cut_of(s).ears:
                    draw_ear(canvas, s)
                draw_glasses(canvas, s)
            draw_hat(canvas, s)
        if gesture.over:
            self._arm(canvas, self.bones.near_arm, gesture.near, away=False)

    def _lower(self, canvas: "skia.Canvas") -> None:
        s, b = self.sitter, self.bones
        draw_leg(canvas, s, b.far_leg, b.far_toe, self.plan, away=True)
        draw_leg(canvas, s, b.near_leg, b.near_toe, self.plan, away=False)

    def _upper(self, canvas: "skia.Canvas") -> None:
        s, b, c = self.sitter, self.bones, costume_of(self.sitter)
        trunk = Trunk(b, self.plan)
        path = torso(trunk, c)
        cloak(canvas, s, path, s.cloth)
        if c.skirt:
            path.addPath(draw_skirt(canvas, s, trunk, c))
        canvas.save()
        canvas.clipPath(path, True)
        self._chest(canvas)
        draw_under(canvas, s)
        canvas.restore()
        with self.head_space(canvas):
            draw_neck(canvas, s, self.plan.throat / self.skull.wide, self.plan.neck, b.lean * 0.2)
        canvas.save()
        self._chest(canvas)
        draw_over(canvas, s)
        canvas.restore()

    def _chest(self, canvas: "skia.Canvas") -> None:
        """Chest units: neck base at (0, 0), shoulders at 58, hips at y 195."""
        b, a = self.bones, self.plan
        canvas.translate(*b.chest)
        canvas.rotate(b.lean)
        canvas.scale(a.shoulder / 58 * (0.6 + 0.4 * b.turn), a.torso / 195)

    def _arm(self, canvas: "skia.Canvas", arm: Limb, reach: Reach | None, away: bool) -> None:
        s, gesture = self.sitter, gesture_of(self.word)
        shape, twist = (reach.hand, reach.twist) if reach else (self.pose.hand, self.pose.wrist)
        size = (0.9 if s.look.sex == "woman" else 1.0) * (0.8 + 0.2 * self.plan.limb)
        size = max(0.72, size * self.plan.arm / 208)
        holds = gesture.thing and gesture.holder == ("far" if away else "near")
        if holds:  # the cuff first: fingers close over what they hold
            draw_arm(canvas, s, arm, self.plan, away)
            draw_thing(canvas, s, gesture.thing, arm.end, size)
        if shape:
            draw_hand(canvas, s, arm.end, arm.angle + twist, shape, size, flip=not away, away=away)
        if not holds:
            draw_arm(canvas, s, arm, self.plan, away)
