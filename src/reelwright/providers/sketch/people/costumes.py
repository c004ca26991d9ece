"""Costumes: fourteen cuts, as the shapes they make of a body; what is sewn on stands in `fronts`."""

from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, paint, smooth
from reelwright.providers.sketch.people.anatomy import Anatomy
from reelwright.providers.sketch.people.limbs import along_widths, fill, sleeve
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Limb, Point, Skeleton, added, between
from reelwright.providers.sketch.people.tones import Tone


@dataclass(frozen=True, slots=True)
class Costume:
    """One cut. `hem` is where it ends along the leg (0 hip, 1 knee, 2 ankle); `bulk` widens it.

    `sleeve`: cloth, second (the shirt under a vest), short. `skirt` says the hem hangs as one form.
    `bare` legs show skin. `loose` sleeves widen to the wrist.
    """

    hem: float = 0.16
    bulk: float = 0.0
    sleeve: str = "cloth"
    skirt: bool = False
    bare: bool = False
    loose: float = 0.0
    flare: float = 0.0


COSTUMES: dict[str, Costume] = {
    "coat": Costume(hem=1.12, bulk=4, skirt=True, flare=10, loose=2),
    "jacket": Costume(hem=0.12, bulk=4, loose=1),
    "suit": Costume(hem=0.34, bulk=2),
    "sweater": Costume(hem=0.14, bulk=3, loose=1.5),
    "shirt": Costume(hem=0.2, bulk=0),
    "tshirt": Costume(hem=0.16, bulk=0, sleeve="short"),
    "dress": Costume(hem=0.98, bulk=-1, sleeve="short", skirt=True, bare=True, flare=22),
    "hoodie": Costume(hem=0.2, bulk=6, loose=3),
    "uniform": Costume(hem=0.26, bulk=2),
    "overalls": Costume(hem=0.1, bulk=0, sleeve="second"),
    "vest": Costume(hem=0.16, bulk=0, sleeve="second"),
    "robe": Costume(hem=1.86, bulk=5, skirt=True, flare=18, loose=9),
    "apron": Costume(hem=0.16, bulk=0),
    "armour": Costume(hem=0.3, bulk=5, flare=6),
}


def costume_of(sitter: Sitter) -> Costume:
    """The sitter's cut."""
    return COSTUMES[sitter.look.costume]


@dataclass(frozen=True, slots=True)
class Trunk:
    """The torso's frame: points by `t` along the spine (0 neck base, 1 pelvis) and across it."""

    bones: Skeleton
    body: Anatomy

    def at(self, t: float, across: float) -> Point:
        c, p = self.bones.chest, self.bones.pelvis
        x, y = p[0] - c[0], p[1] - c[1]
        span = self.body.torso
        return added(between(c, p, t), (y / span, -x / span), across)

    @property
    def near(self) -> float:
        return -(0.60 + 0.40 * self.bones.turn)

    @property
    def far(self) -> float:
        return (0.60 + 0.40 * self.bones.turn) * 0.88


def torso(trunk: Trunk, c: Costume) -> "skia.Path":
    """The upper body down to the hip, or to a short hem."""
    a, b = trunk.body, trunk.bones
    near, far, bulk = trunk.near, trunk.far, c.bulk
    hem = 1.0 + c.hem * a.thigh / a.torso if not c.skirt else 1.06
    hips = a.hip + bulk * 0.6 + (c.flare if not c.skirt else 0)
    belly = a.belly * 0.75
    top_near, top_far = added(b.near_arm.root, (-2, -12.5)), added(b.far_arm.root, (2, -12.5))
    return smooth([
        trunk.at(-0.06, -a.throat * 1.1 - 8), trunk.at(-0.015, -a.throat * 1.4 - 9),
        between(trunk.at(0.0, -a.throat * 1.3 - 9), top_near, 0.6), added(top_near, (1, 1)),
        added(b.near_arm.root, (-12 - bulk * 0.4, -1)), trunk.at(0.34, a.chest * near - bulk * 0.5),
        trunk.at(0.62, a.waist * near - bulk), trunk.at(0.9, (a.hip + bulk * 0.5) * near), trunk.at(hem, hips * near),
        trunk.at(hem + 0.015, 0), trunk.at(hem, hips * far), trunk.at(0.9, (a.hip + bulk * 0.5) * far + belly * 0.5),
        trunk.at(0.66, a.waist * far + bulk + belly), trunk.at(0.34, a.chest * far + bulk * 0.5),
        added(b.far_arm.root, (10 + bulk * 0.4, -1)), added(top_far, (-1, 1)),
        between(trunk.at(0.0, a.throat * 1.2), top_far, 0.55), trunk.at(-0.015, a.throat * 1.2 - 1), trunk.at(-0.055, a.throat - 2),
    ], tension=0.42)  # fmt: skip


def draw_leg(
    canvas: "skia.Canvas", sitter: Sitter, leg: Limb, toe: float, a: Anatomy, away: bool
) -> None:
    """A trouser leg or a bare leg, and its shoe."""
    c, m = costume_of(sitter), a.limb
    tone: Tone = sitter.skin if c.bare else sitter.legs
    widths = (23 * m, 22 * m, 18.5 * m, 14.5 * m, 15 * m, 12.5 * m, 10.5 * m)
    if c.bare:
        widths = (20 * m, 19 * m, 15 * m, 11 * m, 12 * m, 9.0 * m, 6.5 * m)
    _shoe(canvas, sitter, leg, toe, a)
    path = along_widths(leg, widths)
    fill(canvas, sitter, path, tone, 13 * m, away)
    if sitter.fine and not c.bare:
        fold = paint(fade(tone.deep, 0.5), stroke=1.8)
        x, y = leg.joint
        canvas.drawPath(
            smooth([(x - 9 * m, y - 3), (x, y + 2), (x + 8 * m, y)], closed=False), fold
        )


def _shoe(canvas: "skia.Canvas", sitter: Sitter, leg: Limb, toe: float, a: Anatomy) -> None:
    canvas.save()
    canvas.translate(*leg.end)
    canvas.rotate(toe)
    k = 0.78 + 0.22 * a.limb
    canvas.scale(k, k)
    woman = sitter.look.sex == "woman" and costume_of(sitter).bare
    path = smooth([(-11, -9), (-12.5, 5), (-11, 12.6), (2, 13), (24, 13), (33, 12.4), (33, 8), (26, 3.4),
        (15, -0.5), (9.5, -9)], tension=0.4)  # fmt: skip
    if woman:
        path = smooth([(-8, -2), (-10, 4), (-9, 12.6), (0, 10), (12, 13), (31, 12.6), (30, 8.5), (20, 6),
            (8, 4)], tension=0.4)  # fmt: skip
    tone = sitter.shoe
    canvas.drawPath(path, paint(shader=linear((0, -9), (0, 13), [tone.lit, tone.deep])))
    canvas.restore()


def draw_arm(canvas: "skia.Canvas", sitter: Sitter, arm: Limb, a: Anatomy, away: bool) -> None:
    """A sleeve, or a short sleeve and the bare arm; the hand is not included."""
    c, m = costume_of(sitter), a.limb
    tone = sitter.second if c.sleeve == "second" else sitter.cloth
    b = c.bulk * 0.35
    if c.sleeve == "short":
        bare = along_widths(arm, (13 * m, 12.5 * m, 10.5 * m, 10.5 * m, 8.5 * m, 7 * m), 0.35)
        fill(canvas, sitter, bare, sitter.skin, 8 * m, away)
        path = along_widths(arm, (10 * m, 15.5 * m, 17 * m, 17.5 * m), 0.0, 0.62)
    else:
        f = c.loose
        path = along_widths(
            arm,
            (
                15 * m + b,
                17 * m + b,
                15 * m + b,
                13.5 * m + b,
                13 * m + b + f * 0.3,
                11.5 * m + f * 0.7,
                9.5 * m + f,
            ),
        )
    sleeve(canvas, sitter, arm, path, tone, 9 * m, away)
    if sitter.fine and c.sleeve != "short":
        x, y = arm.joint
        fold = paint(fade(tone.deep, 0.5), stroke=1.7)
        canvas.drawPath(
            smooth([(x - 11 * m, y - 4), (x - 2, y), (x + 9 * m, y - 5)], closed=False), fold
        )
        canvas.drawPath(
            smooth([(x - 9 * m, y + 5), (x, y + 6), (x + 8 * m, y + 1)], closed=False), fold
        )
