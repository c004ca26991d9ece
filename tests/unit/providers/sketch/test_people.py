import random
from dataclasses import replace

import numpy as np
import pytest

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Acting, Setting, TimeOfDay, Weather
from reelwright.film.looks import CHOICES, COLOURS, Look
from reelwright.film.picture import Figure, Place
from reelwright.film.voices import MOUTHS
from reelwright.providers.sketch.ink import ink
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.people.actor import Actor, Face
from reelwright.providers.sketch.people.crowds import draw_passers, gather
from reelwright.providers.sketch.people.expressions import EXPRESSIONS
from reelwright.providers.sketch.people.gestures import GESTURES
from reelwright.providers.sketch.people.poses import POSES
from reelwright.providers.sketch.stage import Mark, Palette, Stage

PALETTE = Palette(ink("6f7f86"), ink("b89a78"), ink("c2563e"))
PLACE = Place("EXT. STREET - DAY", Setting.EXT, "STREET", TimeOfDay.DAY, Weather.CLEAR)
LIGHT = light_of(PLACE)
WIDE, HIGH = 300, 300
PLAIN = Look(hair="short", beard="none", costume="shirt")
ALL_POSES = ("stand", "walk", "run", *POSES)


def actor(look=PLAIN, *, height=230.0, x=130.0, y=270.0, light=LIGHT, name="ANNA", **of_figure):
    return Actor(Figure(name, look, **of_figure), x, y, height, light, PALETTE)


def portrait(look=PLAIN, **of_figure):
    """An actor whose head fills most of the sheet."""
    far = actor(look, height=1000, x=0, y=0, **of_figure)
    height = 1000 * 170 / far.head.height()
    near = actor(look, height=height, x=0, y=0, **of_figure)
    return actor(
        look, height=height, x=150 - near.head.centerX(), y=240 - near.head.bottom(), **of_figure
    )


REST = Face()


def pixels(one, face=REST, phase=0.0, clip=None, ground=0xFFB8C4C8):
    surface = skia.Surface(WIDE, HIGH)
    canvas = surface.getCanvas()
    canvas.clear(ground)
    if clip is not None:
        canvas.clipRect(clip)
    one.draw(canvas, face, phase)
    return surface.makeImageSnapshot().toarray().astype(np.int16)


def differing(a, b):
    return int((np.abs(a - b).max(axis=2) > 6).sum())


def test_every_word_of_every_choice_draws_another_picture():
    for field, words in CHOICES.items():
        base = replace(PLAIN, costume="vest") if field == "build" else PLAIN
        seen = [pixels(portrait(replace(base, **{field: word})), phase=0.0) for word in words]
        for i, one in enumerate(seen):
            for j in range(i):
                assert differing(one, seen[j]) > 60, (field, words[i], words[j])


def test_every_colour_of_cloth_draws_another_picture():
    for field in ("colour", "second"):
        seen = {pixels(portrait(replace(PLAIN, **{field: word}))).tobytes() for word in COLOURS}
        assert len(seen) == len(COLOURS)


def test_build_and_height_show_in_a_full_figure():
    for field in ("build", "height", "age"):
        seen = [pixels(actor(replace(PLAIN, **{field: word}))) for word in CHOICES[field]]
        for i, one in enumerate(seen):
            assert all(differing(one, other) > 150 for other in seen[:i]), (field, i)


@pytest.mark.parametrize("strength", [0.2, 1.0])
def test_every_expression_draws_another_face(strength):
    seen = [
        pixels(portrait(acting=Acting(expression=word, strength=strength))) for word in EXPRESSIONS
    ]
    for i, one in enumerate(seen):
        assert all(differing(one, other) > 25 for other in seen[:i]), list(EXPRESSIONS)[i]


def test_strength_makes_an_expression_stronger():
    rest = pixels(portrait(acting=Acting(expression="neutral")))
    weak = pixels(portrait(acting=Acting(expression="surprise", strength=0.1)))
    strong = pixels(portrait(acting=Acting(expression="surprise", strength=1.0)))
    assert 0 < differing(rest, weak) < differing(rest, strong)


@pytest.mark.parametrize("expression", ["neutral", "joy", "anger"])
def test_every_mouth_draws_another_mouth(expression):
    one = portrait(acting=Acting(expression=expression))
    seen = [pixels(one, Face(mouth)) for mouth in MOUTHS]
    for i, drawn in enumerate(seen):
        assert all(differing(drawn, other) > 20 for other in seen[:i]), MOUTHS[i]


def test_every_pose_draws_another_body():
    seen = [pixels(actor(acting=Acting(pose=word), y=200), phase=0.1) for word in ALL_POSES]
    for i, one in enumerate(seen):
        assert all(differing(one, other) > 400 for other in seen[:i]), ALL_POSES[i]


def test_every_gesture_draws_another_body():
    seen = [pixels(actor(acting=Acting(gesture=word))) for word in GESTURES]
    for i, one in enumerate(seen):
        assert all(differing(one, other) > 60 for other in seen[:i]), list(GESTURES)[i]


def test_a_rim_of_light_parts_a_figure_from_the_night():
    night = light_of(replace(PLACE, time_of_day=TimeOfDay.NIGHT))
    one = Figure("ANNA", replace(PLAIN, colour="black", hair_colour="black"))
    plain, lit = (
        pixels(Actor(one, 130, 270, 230, night, PALETTE, rim=rim), ground=0xFF0A1424)
        for rim in (False, True)
    )
    brighter = (lit - plain)[..., :3].max(axis=2) > 25
    assert 100 < brighter.sum() < 0.1 * brighter.size
    day = (pixels(Actor(one, 130, 270, 230, LIGHT, PALETTE, rim=rim)) for rim in (False, True))
    assert (next(day) == next(day)).all()


def test_walking_and_running_move_with_the_phase():
    for pose in ("walk", "run", "dance"):
        one = actor(acting=Acting(pose=pose))
        frames = [pixels(one, phase=phase) for phase in (0.0, 0.25, 0.5)]
        assert differing(frames[0], frames[1]) > 150
        assert differing(frames[1], frames[2]) > 150


def test_standing_has_more_than_one_variant():
    seen = {pixels(actor(replace(PLAIN), name=name)).tobytes() for name in "ABCDEFGH"}
    assert len(seen) > 3


@pytest.mark.parametrize("facing", [-1, 1])
@pytest.mark.parametrize("expression", ["neutral", "tears", "laughter", "surprise", "anger"])
def test_the_face_area_holds_every_pixel_that_changes_with_the_face(facing, expression):
    for look in (
        PLAIN,
        replace(PLAIN, age="child", head="round"),
        replace(PLAIN, head="long", sex="woman"),
    ):
        one = portrait(look, facing=facing, acting=Acting(expression=expression, strength=1.0))
        rest = pixels(one)
        area = one.face_area
        outside = np.ones((HIGH, WIDE), bool)
        outside[
            int(area.top()) : int(area.bottom()) + 1, int(area.left()) : int(area.right()) + 1
        ] = False
        for face in (
            Face("open", 1.0, 1.0),
            Face("wide", 0.5, -1.0),
            Face("round", 0.0, 1.0),
            Face("tongue"),
        ):
            changed = np.abs(pixels(one, face) - rest).max(axis=2) > 0
            assert changed.any()
            assert not (changed & outside).any(), face


def test_drawing_again_inside_the_face_area_gives_the_same_picture():
    one = portrait()
    talking = Face("open", 0.4, 0.5)
    surface = skia.Surface(WIDE, HIGH)
    canvas = surface.getCanvas()
    canvas.clear(0xFFB8C4C8)
    one.draw(canvas)
    canvas.clipRect(skia.Rect(one.face_area.roundOut()))
    canvas.clear(0xFFB8C4C8)
    one.draw(canvas, talking)
    again = surface.makeImageSnapshot().toarray().astype(np.int16)
    assert differing(again, pixels(one, talking)) < 60  # edges are cut by another rasteriser


def test_gaze_is_in_screen_directions_whichever_way_one_faces():
    for facing in (-1, 1):
        one = portrait(facing=facing)
        left, right = (pixels(one, Face(gaze=g)).min(axis=2) < 60 for g in (-1.0, 1.0))
        band = slice(int(one.eyes_y) - 8, int(one.eyes_y) + 8)
        centre = [np.nonzero(dark[band])[1].mean() for dark in (left, right)]
        assert centre[0] < centre[1]


@pytest.mark.parametrize("pose", ALL_POSES)
def test_nothing_is_drawn_outside_the_bounds(pose):
    for facing, gesture, look in (
        (1, "none", replace(PLAIN, hair="long", costume="robe", hat="straw", build="round")),
        (-1, "wave", replace(PLAIN, hair="afro", costume="dress", sex="woman")),
        (1, "point", replace(PLAIN, hair="ponytail", age="old", hat="crown")),
    ):
        one = actor(
            look, height=150, x=150, y=190, facing=facing, acting=Acting(pose=pose, gesture=gesture)
        )
        whole, inside = pixels(one, phase=0.2), pixels(one, phase=0.2, clip=one.bounds)
        assert differing(whole, inside) == 0
        assert one.bounds.contains(one.head)


def test_the_eyes_are_in_the_head_and_the_head_over_the_feet():
    one = actor()
    assert one.head.top() < one.eyes_y < one.head.bottom() < one.y
    assert abs(one.head.height() / one.stature - 1 / 6.4) < 0.02


def test_children_are_smaller_with_larger_heads():
    child, adult = actor(replace(PLAIN, age="child")), actor()
    assert child.stature < 0.75 * adult.stature
    assert child.head.height() / child.stature > 1.3 * adult.head.height() / adult.stature


def test_the_same_figure_gives_the_same_pixels():
    first, second = pixels(portrait()), pixels(portrait())
    assert (first == second).all()


def test_facing_turns_the_figure_round():
    assert differing(pixels(portrait(facing=1)), pixels(portrait(facing=-1))) > 3000


@pytest.mark.parametrize("role", ["shoulder", "back"])
def test_someone_seen_from_behind_has_no_face(role):
    one = portrait(role=role)
    assert differing(pixels(one), pixels(one, Face("open", 1.0, 1.0))) == 0
    assert differing(pixels(one), pixels(portrait())) > 3000


@pytest.mark.parametrize("hour", list(TimeOfDay))
def test_people_change_with_the_hour_and_stay_readable(hour):
    light = light_of(replace(PLACE, time_of_day=hour))
    one = pixels(portrait(light=light))[60:230, 90:210, :3]
    assert one.std() > 18
    if hour is not TimeOfDay.DAY:
        assert differing(pixels(portrait(light=light)), pixels(portrait())) > (
            900 if hour is TimeOfDay.MORNING else 8000
        )


def test_the_key_light_makes_one_side_brighter():
    sums = []
    for side in (-1, 1):
        drawn = pixels(portrait(replace(PLAIN, hair="bald"), light=light_of(PLACE, side)))[
            100:230, 90:210
        ]
        sums.append(drawn[:, 60:].sum() - drawn[:, :60].sum())
    assert sums[0] < sums[1]


def square():
    stage = Stage(PLACE, 1280, LIGHT, PALETTE, random.Random(1))
    stage.marks = [Mark(0, 640, 300), Mark(80, 600, 242)]
    return stage


def test_a_crowd_is_varied_and_the_same_again():
    crowd = gather(square(), 12)
    people = [*crowd.far, *crowd.near]
    assert len(people) == 12
    assert len({one.figure.look for one in people}) == 12
    assert crowd == gather(square(), 12)
    assert len(gather(square(), 1000).far) + len(gather(square(), 1000).near) == 40


def test_a_crowd_stands_on_the_ground_behind_the_nearest_mark_and_leaves_the_middle_free():
    stage = square()
    crowd = gather(stage, 40)
    for one in (*crowd.far, *crowd.near):
        assert one.mark.y < 640
        assert one.mark.height / (one.mark.y - stage.horizon) == pytest.approx(300 / 210)
    assert max(one.mark.y for one in crowd.far) <= 600 < min(one.mark.y for one in crowd.near)
    assert min(abs(one.mark.x) for one in crowd.near) > 200


def test_a_crowd_is_less_colourful_than_those_with_names():
    one = actor(replace(PLAIN, colour="rust"))

    def colourfulness(draw):
        surface = skia.Surface(WIDE, HIGH)
        surface.getCanvas().clear(0xFF808080)
        draw(surface.getCanvas())
        seen = surface.makeImageSnapshot().toarray()[..., :3].astype(np.int16)
        return np.ptp(seen, axis=2).max()

    quiet = colourfulness(lambda canvas: draw_passers(canvas, [one], LIGHT, PALETTE))
    assert 20 < quiet < 0.7 * colourfulness(one.draw)
