"""The front of a public building: school, hospital, court, town hall. Steps, columns, a flag."""

from reelwright.providers.sketch.ink import fade, ink, mix, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, spill
from reelwright.providers.sketch.sets.scenery.houses import BRICK, PLASTER, STONE, skyline, window
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LINE = 506.0
LAMPS = (-235.0, 235.0)


def build(stage: Stage) -> None:
    """A wide building, its door in the middle, lawns and a walk before it."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: skyline(b, 446, 80, 220, ink("76808c"), wide=(50, 100)), name="town")
    site.layer(0.25, lambda b: trees.treeline(b, 456, 90, ink("6c9463")), name="trees")
    site.layer(0.5, _building, name="building")
    site.layer(0.7, _walk, name="walk and lawn")
    site.lamps(_lamplight, depth=0.7)
    site.layer(0.88, _near, name="near walk")
    site.foreground(lambda b: frames.bough(b, -b.side))
    site.marks((-50, 658), (100, 648), (-195, 640), (215, 634), (20, 606))
    site.seats((-350, 640, 0.45))
    site.spots((-120, 676), (170, 674), (300, 660))


def _wall(brush: Brush) -> int:
    walls = mix(STONE, PLASTER, 0.6), mix(BRICK, brush.dominant, 0.2)
    return brush.unlit(walls[brush.stage.variant % 2], 0.35)


def _building(brush: Brush) -> None:
    ground.plane(brush, 456, ink("84a957"))
    m, wall, half = brush.metre(LINE) * 0.82, _wall(brush), 620.0
    top = LINE - 7.6 * m
    brush.slope(
        ground.smooth_box(-half, top, half, LINE, 1), top, LINE, brush.lit(wall), brush.flat(wall)
    )
    end = (-half, -half + 150) if brush.side > 0 else (half - 150, half)
    brush.box(end[0], top, end[1], LINE, fade(brush.dark(wall), 0.7))
    brush.box(-half - 12, top - 16, half + 12, top, brush.lit(SNOW if brush.snowy else PLASTER))
    brush.box(-half, top, half, top + 7, fade(brush.light.near, 0.35))
    brush.box(-half, LINE - 0.9 * m, half, LINE, brush.flat(STONE))
    brush.box(-half, LINE - 4.3 * m, half, LINE - 4.1 * m, brush.lit(PLASTER))
    for x in range(-570, 600, 76):
        if abs(x) > 190:
            for low in (5.0, 1.7):
                window(brush, x - 22, LINE - (low + 1.9) * m, x + 22, LINE - low * m, m)
    _portico(brush, m, top)


def _portico(brush: Brush, m: float, top: float) -> None:
    pale = mix(PLASTER, SNOW, 0.3)
    brush.box(-176, LINE - 6.4 * m, 176, LINE, brush.dark(_wall(brush), 0.8))
    inside = brush.lamplit(0.9) if brush.light.lamps else brush.glass()
    for x in (-74, 0, 74):
        brush.box(x - 28, LINE - 3.3 * m, x + 28, LINE, brush.light.near)
        brush.box(x - 24, LINE - 3.2 * m, x - 2, LINE, inside)
        brush.box(x + 2, LINE - 3.2 * m, x + 24, LINE, inside)
        window(brush, x - 20, LINE - 5.6 * m, x + 20, LINE - 4.1 * m, m)
    for x in (-156, -52, 52, 156):
        brush.pillar(x, LINE, 15, 12, 6.2 * m, pale, 11)
        brush.box(x - 19, LINE - 6.4 * m, x + 19, LINE - 6.1 * m, brush.lit(pale))
        brush.box(x - 19, LINE - 0.3 * m, x + 19, LINE, brush.flat(pale))
    y = LINE - 6.4 * m
    brush.box(-190, y - 0.7 * m, 190, y, brush.flat(pale))
    roof = top - 1.3 * m
    brush.shape(
        [(-204, y - 0.7 * m), (0, roof), (204, y - 0.7 * m)],
        brush.lit(SNOW if brush.snowy else pale),
    )
    brush.shape(
        [(-164, y - 0.85 * m), (0, roof + 0.5 * m), (164, y - 0.85 * m)], brush.dark(pale, 0.7)
    )
    brush.oval(-20, y - 1.9 * m, 20, y - 1.9 * m + 40, brush.lit(brush.accent))
    street.flag(brush, 0, roof, 92, 70, brush.accent)
    for i in range(5):
        step = LINE + i * 6
        brush.box(
            -196 - i * 9,
            step,
            196 + i * 9,
            step + 6.5,
            brush.lit(ground.snowed(brush, STONE, 0.5)) if i % 2 == 0 else brush.flat(STONE),
        )


def _walk(brush: Brush) -> None:
    lawn = ink("84a957")
    ground.plane(brush, LINE + 24, lawn)
    slab = ground.snowed(brush, street.CONCRETE, 0.6)
    brush.slope(
        polygon([(-236, LINE + 24), (236, LINE + 24), (560, 880), (-560, 880)]),
        LINE + 24,
        800,
        brush.flat(slab),
        brush.dark(slab),
    )
    ground.grass(brush, LINE + 30, 640, 200, lawn, 0.8)
    for side in (-1, 1):
        a, b = sorted((side * 262.0, side * (brush.stage.right + 20)))
        trees.hedge(brush, a, b, 556, 34)
        trees.broadleaf(brush, side * 470, 568, 330)
        trees.poplar(brush, side * 300, 548, 170)
    for x in LAMPS:
        street.lamp(brush, x, 560, brush.metre(560), arm=0, tall=3.0)


def _near(brush: Brush) -> None:
    slab = street.CONCRETE
    ground.plane(brush, 596, slab)
    ground.paving(brush, 598, brush.dark(slab), x=0, wide=150, rows=6)
    ground.puddles(brush, 610, 790)
    street.bench(brush, -350, 634, brush.metre(620), street.WOOD)
    street.bin_(brush, -500, 636, brush.metre(620))
    m = brush.metre(620)
    for x in (320, 520):
        brush.pillar(
            x,
            640,
            0.5 * m,
            0.62 * m,
            0.55 * m,
            slab,
            0.4 * m,
        )
        trees.bush(brush, x, 640 - 0.5 * m, 0.95 * m)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(560)
    for x in LAMPS:
        street.lamplight(brush, x, 560 - 3.3 * m, 562, m * 0.8)
    spill(brush, -100, 100, LINE + 28, 110, 0.3)
    halo(brush, 0, LINE - 70, 210, 0.2)


DESIGN = SetDesign(
    name="civic_front",
    words=listed(
        """
        school, high school, hospital, courthouse, court house, city hall, town hall, library,
        museum, university, college, police station, police headquarters, bank, embassy, white
        house, capitol, government building, office building, hotel, theater, theatre, prison,
        fire station, police precinct, headquarters, opera house, state house, train terminal,
        ministry, palace of justice, church school, clinic, emergency entrance, dormitory,
        monastery, funeral home, funeral parlor, funeral parlour, radio station, tv station,
        television station, news station, jail, county jail, county courthouse, penitentiary,
        federal building, pentagon, senate, parliament, consulate, precinct, sheriff office,
        sheriff station, police department, medical center, medical centre, institute, academy,
        center, centre, offices, office, corporate headquarters, hq, complex, orphanage, asylum,
        sanitarium, nursing home, laboratory, lab, facility, observatory, kindergarten,
        elementary school, middle school, preschool, concert hall, convention center, church
        hall, post office, elks lodge, union hall, hall, firehouse, hotel entrance, lobby
        entrance, auditorium, gym, institution, morgue, research center, treasury, tribunal,
        school grounds, church grounds, prison grounds, hotel grounds, hospital grounds,
        entrance, main entrance, front entrance, front steps, steps, dorm, schoolyard, school
        yard, admin building, administration building, office tower, field office, real estate
        office, law office, prefecture, savings
        """
    ),
    build=build,
    air="city",
)
