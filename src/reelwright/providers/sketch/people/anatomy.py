"""Anatomy: how long and wide the parts of a body are, by age, sex, build and height."""

from dataclasses import dataclass

from reelwright.film.looks import Look

HEAD = 100.0  # everything about a body is measured so that its head is 100 high


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Lengths and half widths, in hundredths of the person's own head; `stature` is in adults."""

    stature: float
    heads: float
    neck: float
    torso: float
    thigh: float
    shin: float
    upper: float
    fore: float
    shoulder: float
    chest: float
    waist: float
    hip: float
    limb: float
    throat: float
    belly: float
    stoop: float

    @property
    def leg(self) -> float:
        return self.thigh + self.shin

    @property
    def arm(self) -> float:
        return self.upper + self.fore


# heads high, stature, leg share, stoop in degrees, shoulder factor
_AGES = {
    "child": (4.4, 0.68, 0.535, 0.0, 0.84),
    "teen": (5.7, 0.91, 0.60, 1.0, 0.91),
    "young": (6.5, 1.0, 0.605, 0.0, 0.97),
    "adult": (6.4, 1.0, 0.60, 0.0, 1.0),
    "middle": (6.3, 0.99, 0.595, 2.0, 1.02),
    "old": (6.0, 0.94, 0.585, 9.0, 0.95),
}
# girth of torso, of limbs, of shoulders; belly
_BUILDS = {
    "lean": (0.86, 0.84, 0.94, 0.0),
    "average": (1.0, 1.0, 1.0, 0.0),
    "broad": (1.13, 1.18, 1.13, 2.0),
    "round": (1.3, 1.2, 1.05, 18.0),
}
_HEIGHTS = {"short": 0.92, "average": 1.0, "tall": 1.08}


def anatomy_of(look: Look) -> Anatomy:
    """The anatomy of a look."""
    heads, stature, legs, stoop, broad = _AGES[look.age]
    girth, limbs, wide, belly = _BUILDS[look.build]
    woman, child = look.sex == "woman", look.age == "child"
    grown = not child and woman
    tall = _HEIGHTS[look.height]
    heads *= 1 + (tall - 1) * 0.5
    body = (heads - 1) * HEAD
    shoulder = (58 if not grown else 48) * broad * wide
    leg = body * legs
    return Anatomy(stature=stature * tall * (0.95 if grown else 1.0),
        heads=heads, neck=body * (0.026 if not child else 0.022) + (2 if grown else 0),
        torso=body * (1 - legs - 0.045),
        thigh=leg * 0.485, shin=leg * 0.515, upper=body * 0.205, fore=body * 0.18, shoulder=shoulder, chest=(46 if not grown else 40) * broad * girth, waist=(42 if not grown else 31) * broad * girth + belly, hip=(41 if not grown else 43) * broad * girth + belly * 0.5, limb=(1.0 if not grown else 0.84) * limbs * (0.92 if child else 0.94 if look.age == "teen" else 1),
        throat=(20 if not grown else 15.5) * (0.8 if child else 1) * (0.8 + 0.2 * limbs),
        belly=belly, stoop=stoop)  # fmt: skip
