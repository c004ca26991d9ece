"""Expressions: how far brows, lids and mouth are pulled, for each word and its strength."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Expression:
    """Pulls on a face at rest; lengths in hundredths of the head.

    `inner`, `outer`: ends of the brows, up. `lid`: opening of the eye, 1 at rest. `under`: lower lid
    pushed up. `corner`: mouth corners up. `wide`: mouth width, 1 at rest. `gape`: jaw opened.
    `bare`: teeth shown. `frown`: furrow between the brows. `tears`, `blush`: 0 to 1. `odd`: the far
    brow raised, the mouth pulled to one side. `nose`: wrinkled. `tilt`: the head, degrees. `look`:
    gaze down.
    """

    inner: float = 0.0
    outer: float = 0.0
    lid: float = 1.0
    under: float = 0.0
    corner: float = 1.1
    wide: float = 1.0
    gape: float = 0.0
    bare: float = 0.0
    frown: float = 0.0
    tears: float = 0.0
    blush: float = 0.0
    odd: float = 0.0
    nose: float = 0.0
    tilt: float = 0.0
    look: float = 0.0


EXPRESSIONS: dict[str, Expression] = {
    "neutral": Expression(),
    "joy": Expression(inner=1.2, outer=1.2, lid=0.86, under=1.6, corner=4.6, wide=1.26, bare=0.75, blush=0.5, tilt=-3),
    "laughter": Expression(inner=2.2, outer=2.0, lid=0.22, under=2.6, corner=5.4, wide=1.34, gape=8.5, bare=1, blush=0.8, tilt=-8),
    "sadness": Expression(inner=4.0, outer=-2.6, lid=0.70, under=0.4, corner=-3.6, wide=0.9, frown=0.35, tilt=6, look=1.6),
    "tears": Expression(inner=5.0, outer=-2.8, lid=0.58, under=1.6, corner=-4.6, wide=1.04, gape=1.6, bare=0.4, frown=0.6, tears=1, blush=0.7, tilt=9, look=1.4),
    "anger": Expression(inner=-5.0, outer=2.2, lid=0.74, under=1.3, corner=-3.0, wide=1.06, gape=1.4, bare=0.9, frown=1, nose=0.6, tilt=4, blush=0.3),
    "fear": Expression(inner=5.4, outer=0.6, lid=1.24, under=0.0, corner=-2.8, wide=1.14, gape=3.4, bare=0.5, frown=0.5, tilt=-4),
    "surprise": Expression(inner=5.4, outer=5.2, lid=1.3, under=-0.4, corner=-0.2, wide=0.62, gape=9.0, tilt=-5),
    "disgust": Expression(inner=-3.2, outer=0.4, lid=0.62, under=2.2, corner=-3.8, wide=0.94, frown=0.7, odd=0.5, nose=1, tilt=-6),
    "doubt": Expression(inner=-1.6, outer=0.2, lid=0.80, under=0.8, corner=-1.0, wide=0.86, odd=1, frown=0.2, tilt=7),
    "tenderness": Expression(inner=2.8, outer=-0.6, lid=0.72, under=1.0, corner=2.6, wide=1.04, blush=0.8, tilt=8, look=0.6),
    "tiredness": Expression(inner=0.6, outer=-2.4, lid=0.42, under=0.0, corner=-1.6, wide=0.92, tilt=9, look=1.8),
}  # fmt: skip


def expression_of(word: str, strength: float) -> Expression:
    """The word's pulls at a strength of 0 to 1; even the weakest shows."""
    rest, full = EXPRESSIONS["neutral"], EXPRESSIONS.get(word, EXPRESSIONS["neutral"])
    t = 0.35 + 0.8 * min(1.0, max(0.0, strength))
    return Expression(**{
        f.name: getattr(rest, f.name) + (getattr(full, f.name) - getattr(rest, f.name)) * t
        for f in fields(Expression)
    })  # fmt: skip
