"""Houses: walls with a lit front and a shadow side, roofs, windows that glow when the lamps are lit."""

from dataclasses import dataclass, replace

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, Point, darker, ink, lighter, mix, polygon, rect
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush

PLASTER, BRICK, SLATE, TILE, TIMBER, STONE = (
    ink(c) for c in ("d8cdb8", "a5654c", "5b6470", "a8573f", "8a6a4c", "9a948a")
)


@dataclass(frozen=True, slots=True)
class House:
    """A house by its front: x0 to x1 wide, standing on y, `m` units a metre, walls `tall` metres."""

    x0: float
    x1: float
    y: float
    m: float
    tall: float = 5.2
    wall: Color = PLASTER
    roof: Color = SLATE
    door: Color = TILE
    gable: bool = False


def house(brush: Brush, h: House) -> None:
    """A house with roof, chimney, windows and a door; the gable faces us or the eaves do."""
    h = replace(h, wall=brush.unlit(h.wall, 0.42), roof=brush.unlit(h.roof, 0.3))
    top = h.y - h.tall * h.m
    brush.box(h.x0, top, h.x1, h.y, mix(brush.flat(h.wall), brush.lit(h.wall), 0.45))
    _shaded_end(brush, h, top)
    middle = (h.x0 + h.x1) / 2
    peak = top - min(3.6 * h.m, (h.x1 - h.x0) * 0.42)
    chimney = middle + brush.rng.choice((-0.24, 0.24)) * (h.x1 - h.x0)
    brush.box(chimney - 0.35 * h.m, peak - 0.5 * h.m, chimney + 0.35 * h.m, top, brush.dark(BRICK))
    if h.gable:
        _gable(brush, h, top, peak)
    else:
        _eaves(brush, h, top, peak + 0.8 * h.m)
    _openings(brush, h, top)


def _shaded_end(brush: Brush, h: House, top: float) -> None:
    wide = (h.x1 - h.x0) * 0.24
    x = h.x0 if brush.side > 0 else h.x1 - wide
    brush.box(x, top, x + wide, h.y, brush.dark(h.wall, 0.75))
    brush.box(h.x0, top, h.x1, top + 0.35 * h.m, mix(brush.dark(h.wall), brush.flat(h.wall), 0.2))
    brush.box(h.x0, h.y - 0.45 * h.m, h.x1, h.y, brush.dark(darker(h.wall, 0.25), 0.7))


def _eaves(brush: Brush, h: House, top: float, peak: float) -> None:
    out, slant = 0.45 * h.m, (h.x1 - h.x0) * 0.1
    points = [
        (h.x0 - out, top + 0.1 * h.m),
        (h.x0 + slant, peak),
        (h.x1 - slant, peak),
        (h.x1 + out, top + 0.1 * h.m),
    ]
    tone = SNOW if brush.snowy else h.roof
    brush.slope(polygon(points), peak, top, brush.lit(tone), brush.flat(darker(tone, 0.16)))
    brush.box(h.x0 - out, top, h.x1 + out, top + 0.2 * h.m, brush.dark(h.roof))


def _gable(brush: Brush, h: House, top: float, peak: float) -> None:
    middle, out = (h.x0 + h.x1) / 2, 0.5 * h.m
    brush.shape([(h.x0, top), (middle, peak), (h.x1, top)], brush.flat(h.wall))
    half = (h.x0, top) if brush.side > 0 else (h.x1, top)
    brush.shape([half, (middle, peak), (middle, top)], brush.dark(h.wall, 0.6))
    tone, thick = (SNOW if brush.snowy else h.roof), 0.42 * h.m
    for end, sign in ((h.x0, -1), (h.x1, 1)):
        foot = end + sign * out
        color = brush.lit(tone) if sign == brush.side else brush.flat(tone)
        brush.shape(
            [
                (foot, top + 0.35 * h.m),
                (middle, peak - 0.1 * h.m),
                (middle, peak - thick - 0.1 * h.m),
                (foot, top + 0.3 * h.m - thick),
            ],
            color,
        )
    window(brush, middle - 0.5 * h.m, top - 1.4 * h.m, middle + 0.5 * h.m, top - 0.3 * h.m, h.m)


def _openings(brush: Brush, h: House, top: float) -> None:
    width = h.x1 - h.x0
    bays = max(2, round(width / (2.9 * h.m)))
    floors = 2 if h.tall > 4.2 else 1
    bay = width / bays
    at_door = brush.rng.randrange(bays)
    for floor in range(floors):
        sill = top + h.m * (2.25 if floor == 0 and floors == 2 else h.tall - 1.0)
        for i in range(bays):
            middle = h.x0 + bay * (i + 0.5)
            if floor == floors - 1 and i == at_door:
                door(brush, middle, h.y, h.m, h.door)
            else:
                half = min(0.62 * h.m, bay * 0.3)
                window(brush, middle - half, sill - 1.35 * h.m, middle + half, sill, h.m)


def window(
    brush: Brush, x0: float, y0: float, x1: float, y1: float, m: float, *, glow: bool | None = None
) -> None:
    """A window with frame, cross bar and sill; lit at random unless `glow` says it."""
    bright = brush.light.lamps and (brush.rng.random() < 0.62 if glow is None else glow)
    frame = max(1.0, 0.09 * m)
    brush.box(x0 - frame, y0 - frame, x1 + frame, y1 + frame, brush.flat(lighter(PLASTER, 0.4)))
    if bright:
        path = skia.Path()
        path.addRect(rect(x0, y0, x1, y1))
        brush.slope(path, y0, y1, brush.lamplit(0.75), brush.lamplit(1.0))
        curtain = (x1 - x0) * 0.24
        brush.box(x0, y0, x0 + curtain, y1, brush.lamplit(0.35))
        brush.box(x1 - curtain, y0, x1, y1, brush.lamplit(0.35))
    else:
        brush.box(x0, y0, x1, y1, mix(brush.glass(), brush.dark(SLATE), 0.45))
        brush.shape(
            [(x0, y1), (x0 + (x1 - x0) * 0.75, y0), (x1, y0), (x0 + (x1 - x0) * 0.3, y1)],
            brush.glass(),
        )
    bars = skia.Path()
    bars.addRect(rect((x0 + x1) / 2 - frame / 3, y0, (x0 + x1) / 2 + frame / 3, y1))
    bars.addRect(rect(x0, y0 + (y1 - y0) * 0.42 - frame / 3, x1, y0 + (y1 - y0) * 0.42 + frame / 3))
    brush.fill(bars, brush.flat(lighter(PLASTER, 0.3)))
    brush.box(
        x0 - frame * 1.8,
        y1 + frame * 0.4,
        x1 + frame * 1.8,
        y1 + frame * 1.6,
        brush.flat(SNOW) if brush.snowy else brush.dark(STONE),
    )


def door(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    """A front door with frame, panels, knob and a step."""
    half, top = 0.52 * m, y - 2.15 * m
    brush.box(
        x - half * 1.25, top - 0.14 * m, x + half * 1.25, y, brush.flat(lighter(PLASTER, 0.4))
    )
    brush.box(x - half, top, x + half, y, brush.flat(color))
    panels = skia.Path()
    for i in (0, 1):
        for j in (-1, 1):
            cx, cy = x + j * half * 0.45, top + (0.55 + i * 0.95) * m
            panels.addRect(rect(cx - half * 0.28, cy - 0.36 * m, cx + half * 0.28, cy + 0.36 * m))
    brush.fill(panels, brush.dark(color, 0.7))
    brush.oval(
        x + half * 0.66, y - 1.08 * m, x + half * 0.84, y - 0.98 * m, brush.lit(ink("e8c76a"))
    )
    brush.box(x - half * 1.5, y - 0.14 * m, x + half * 1.5, y + 0.08 * m, brush.lit(STONE, 0.6))


def row(
    brush: Brush,
    y: float,
    m: float,
    walls: list[Color],
    *,
    roofs: tuple[Color, ...] = (SLATE, TILE),
) -> None:
    """A closed row of town houses from border to border."""
    rng, x = brush.rng, brush.stage.left - 3 * m
    while x < brush.stage.right:
        wide = rng.uniform(5.5, 8.5) * m
        wall = rng.choice(walls)
        one = House(
            x,
            x + wide,
            y,
            m,
            rng.uniform(5.4, 8.2),
            wall,
            rng.choice(roofs),
            brush.accent if rng.random() < 0.35 else ink("4f5d55"),
            rng.random() < 0.35,
        )
        house(brush, one)
        x += wide


def skyline(
    brush: Brush,
    y: float,
    low: float,
    high: float,
    base: Color,
    *,
    wide: tuple[float, float] = (50, 120),
) -> None:
    """Far towers as one silhouette with a lit edge each and a scatter of windows: four paths in all."""
    rng, stage = brush.rng, brush.stage
    walls, edges, panes, bright = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    x = stage.left
    while x < stage.right:
        w, h = rng.uniform(*wide), rng.uniform(low, high)
        _tower(rng.random(), walls, x, y, w, h)
        edge = w * 0.22
        edges.addRect(
            rect(x + w - edge, y - h, x + w, y + 40)
            if brush.side > 0
            else rect(x, y - h, x + edge, y + 40)
        )
        _panes(brush, panes, bright, (x, y - h, x + w, y), w / rng.choice((4, 5, 6)))
        x += w * rng.uniform(0.92, 1.12)
    brush.slope(
        walls, y - high, y, brush.dark(base, 0.8), brush.light.far(brush.dark(base, 0.8), 0.55)
    )
    brush.fill(edges, mix(brush.dark(base, 0.8), brush.lit(base), 0.55))
    brush.fill(panes, mix(brush.dark(base), brush.glass(), 0.5))
    if brush.light.lamps:
        brush.fill(bright, brush.lamplit(0.7))


def _tower(kind: float, path: "skia.Path", x: float, y: float, w: float, h: float) -> None:
    path.addRect(rect(x, y - h, x + w, y + 40))
    if kind < 0.3:
        path.addRect(rect(x + w * 0.2, y - h - w * 0.25, x + w * 0.8, y - h))
    elif kind < 0.45:
        path.addPath(polygon([(x, y - h), (x + w / 2, y - h - w * 0.5), (x + w, y - h)]))
    elif kind < 0.7:
        path.addRect(rect(x + w * 0.46, y - h - w * 0.5, x + w * 0.5, y - h))


def _panes(
    brush: Brush,
    panes: "skia.Path",
    bright: "skia.Path",
    box: tuple[float, float, float, float],
    step: float,
) -> None:
    x0, y0, x1, y1 = box
    chance = 0.34 if brush.light.lamps else 0.0
    y = y0 + step
    while y < y1 - step:
        x = x0 + step * 0.4
        while x < x1 - step * 0.6:
            pane = rect(x, y, x + step * 0.5, y + step * 0.62)
            (bright if brush.rng.random() < chance else panes).addRect(pane)
            x += step
        y += step * 1.35


def facade(
    brush: Brush, box: tuple[float, float, float, float], m: float, wall: Color, *, floors: int = 4
) -> None:
    """A city house front above its shop: cornice, rows of windows, a lit and a shaded part."""
    x0, y0, x1, y1 = box
    brush.box(x0, y0, x1, y1, mix(brush.flat(wall), brush.lit(wall), 0.3))
    third = (x1 - x0) * 0.3
    brush.box(
        *((x0, y0, x0 + third, y1) if brush.side > 0 else (x1 - third, y0, x1, y1)),
        brush.dark(wall, 0.6),
    )
    brush.box(
        x0 - 0.2 * m,
        y0 - 0.5 * m,
        x1 + 0.2 * m,
        y0,
        brush.flat(SNOW) if brush.snowy else brush.lit(lighter(wall, 0.15)),
    )
    brush.box(x0, y0, x1, y0 + 0.3 * m, brush.dark(wall))
    bays = max(2, round((x1 - x0) / (2.4 * m)))
    bay, rise = (x1 - x0) / bays, (y1 - y0) / floors
    panes: list[tuple[float, float, float, float]] = []
    ledges = skia.Path()
    for floor in range(floors):
        low = y0 + rise * (floor + 0.86)
        ledges.addRect(rect(x0, low + 0.22 * m, x1, low + 0.3 * m))
        for i in range(bays):
            middle = x0 + bay * (i + 0.5)
            panes.append((middle - 0.5 * m, low - min(1.7 * m, rise * 0.62), middle + 0.5 * m, low))
    brush.fill(ledges, brush.dark(wall, 0.5))
    windows(brush, panes, m)


def windows(brush: Brush, panes: list[tuple[float, float, float, float]], m: float) -> None:
    """Many windows of one front at once: a path for every colour."""
    frames, dull, glints, bright, curtains = (skia.Path() for _ in range(5))
    for x0, y0, x1, y1 in panes:
        frames.addRect(rect(x0 - 0.1 * m, y0 - 0.1 * m, x1 + 0.1 * m, y1 + 0.1 * m))
        frames.addRect(rect(x0 - 0.2 * m, y1 + 0.1 * m, x1 + 0.2 * m, y1 + 0.22 * m))
        if brush.light.lamps and brush.rng.random() < 0.5:
            bright.addRect(rect(x0, y0, x1, y1))
            curtains.addRect(rect(x0, y0, x0 + (x1 - x0) * 0.24, y1))
            curtains.addRect(rect(x1 - (x1 - x0) * 0.24, y0, x1, y1))
        else:
            dull.addRect(rect(x0, y0, x1, y1))
            wide = x1 - x0
            glints.addPath(
                polygon([(x0, y1), (x0 + wide * 0.7, y0), (x1, y0), (x0 + wide * 0.3, y1)])
            )
    brush.fill(frames, brush.flat(lighter(PLASTER, 0.4)))
    brush.fill(dull, mix(brush.glass(), brush.dark(SLATE), 0.45))
    brush.fill(glints, brush.glass())
    brush.fill(bright, brush.lamplit(0.95))
    brush.fill(curtains, brush.lamplit(0.4))


def shop(
    brush: Brush, x0: float, x1: float, y: float, m: float, color: Color, *, awning: bool = True
) -> None:
    """A shop at street level: dark frame, lit panes with goods, a door, an awning in stripes."""
    top = y - 3.3 * m
    brush.box(x0, top, x1, y, brush.flat(darker(color, 0.45)))
    brush.box(x0, top, x1, top + 0.7 * m, brush.flat(color))
    pane = skia.Path()
    door_x = x0 + (x1 - x0) * 0.72
    pane.addRect(rect(x0 + 0.3 * m, top + 0.95 * m, door_x - 0.2 * m, y - 0.6 * m))
    pane.addRect(rect(door_x, top + 0.95 * m, door_x + 0.95 * m, y - 0.1 * m))
    if brush.light.lamps:
        brush.slope(pane, top, y, brush.lamplit(1.0), brush.lamplit(0.6))
    else:
        brush.slope(pane, top, y, brush.glass(), brush.dark(SLATE))
    goods = skia.Path()
    x = x0 + 0.5 * m
    while x < door_x - 0.7 * m:
        tall = brush.rng.uniform(0.3, 1.1) * m
        goods.addRoundRect(rect(x, y - 0.6 * m - tall, x + 0.34 * m, y - 0.6 * m), 0.1 * m, 0.1 * m)
        x += brush.rng.uniform(0.42, 0.75) * m
    brush.fill(goods, mix(brush.dark(color), brush.lamplit(0.3), 0.3 if brush.light.lamps else 0.0))
    if awning:
        _awning(brush, x0 + 0.1 * m, x1 - 0.1 * m, top + 0.8 * m, m, color)


def _awning(brush: Brush, x0: float, x1: float, y: float, m: float, color: Color) -> None:
    stripes, drop, out = max(4, round((x1 - x0) / (0.6 * m))), 0.85 * m, 0.35 * m
    step = (x1 - x0) / stripes
    halves: tuple[list[list[Point]], ...] = ([], [])
    for i in range(stripes):
        a, b = x0 + i * step, x0 + (i + 1) * step
        spread = (
            (a - (x0 + x1) / 2) * out / ((x1 - x0) / 2),
            (b - (x0 + x1) / 2) * out / ((x1 - x0) / 2),
        )
        halves[i % 2].append(
            [
                (a, y),
                (b, y),
                (b + spread[1], y + drop),
                ((a + b + sum(spread)) / 2, y + drop + 0.2 * m),
                (a + spread[0], y + drop),
            ]
        )
    for shapes, tone in zip(halves, (color, lighter(color, 0.7)), strict=True):
        path = skia.Path()
        for shape in shapes:
            path.addPath(polygon(shape))
        brush.fill(path, brush.lit(SNOW if brush.snowy else tone, 0.8))
