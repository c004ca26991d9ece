"""Shots as files: their frames, keys and bytes, and that redrawing only what changed changes nothing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from reelwright.film.breakdown.model import Acting, Move, Setting, Size, TimeOfDay, Weather
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.drawings import Caption, Lips, MotionRequest
from reelwright.providers.sketch.acting import Bearing, Part
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.flicker import FlickerCel
from reelwright.providers.sketch.idling import IdleCel
from reelwright.providers.sketch.ink import ink
from reelwright.providers.sketch.light import light_of
from reelwright.providers.sketch.motion import Shot, make_motion
from reelwright.providers.sketch.people.actor import Actor
from reelwright.providers.sketch.people.poses import CYCLES, pose_of
from reelwright.providers.sketch.stage import Palette
from reelwright.providers.sketch.walking import WalkCel

BEACH = Place("EXT. BEACH - DAY", Setting.EXT, "BEACH", TimeOfDay.DAY)
LIGHT, PALETTE = light_of(BEACH), Palette(ink("6f7f86"), ink("b89a78"), ink("c2563e"))
ANNA = Figure("ANNA", Look(sex="woman", hair="bob"), facing=1)
TALK = (Lips("ANNA", ((0.0, "open"), (0.25, "closed"), (0.5, "round"), (0.75, "rest"))),)


def _request(move: Move = Move.STATIC, size: Size = Size.CLOSE, **more: Any) -> MotionRequest:
    place = more.pop("place", BEACH)
    figures = more.pop("figures", (ANNA,))
    picture = Picture(320, 180, place, Framing(size=size, move=move), figures)
    return MotionRequest(picture, frames=more.pop("frames", 24), **more)


class _Screen:
    """Takes frames as the writer does, and keeps their pixels."""

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []

    def write(self, frame: av.VideoFrame) -> None:
        self.seen.append(frame.to_ndarray().copy())


def _frames(request: MotionRequest) -> list[np.ndarray]:
    screen = _Screen()
    Shot(request).film(screen)
    return screen.seen


def _packets(path) -> list[av.Packet]:
    with av.open(str(path)) as container:
        return [p for p in container.demux(video=0) if p.size]


def _time(packet: av.Packet) -> int:
    assert packet.pts is not None
    return packet.pts


def test_a_file_holds_the_frames_and_both_handles(tmp_path):
    product = make_motion(_request(frames=20, handles=6, rate=Rate(25)), tmp_path)
    assert product.media_type == "video/mp4"
    assert product.facts["frames"] == 32
    assert len(_packets(product.path)) == 32
    assert list(tmp_path.iterdir()) == [product.path]


def test_the_cut_can_be_made_at_handles_and_keys(tmp_path):
    product = make_motion(_request(Move.PUSH_IN, frames=30, handles=5, keys=(12,)), tmp_path)
    packets = _packets(product.path)
    times = sorted(_time(p) for p in packets)
    keys = sorted(times.index(_time(p)) for p in packets if p.is_keyframe)
    assert keys == [0, 5, 17, 35]


@pytest.mark.parametrize("move", [Move.STATIC, Move.TRACK_LEFT])
def test_the_same_request_gives_the_same_bytes_in_another_process(tmp_path, move):
    here = make_motion(_request(move, lips=TALK), tmp_path).path
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from test_motion import *; from test_motion import _request;"
        "make_motion(_request(Move(sys.argv[3]), lips=TALK), Path(sys.argv[1]))"
    )
    there = tmp_path / "there"
    there.mkdir()
    tests = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", program, str(there), tests, move.value], check=True)
    assert here.read_bytes() == (there / here.name).read_bytes()


@pytest.mark.parametrize("pose", ["walk", "stand"])
@pytest.mark.parametrize("size", [Size.CLOSE, Size.WIDE])
def test_redrawing_what_changed_equals_drawing_it_all(size, pose):
    acting = replace(ANNA, acting=Acting(pose=pose))
    request = _request(
        size=size, lips=TALK, figures=(acting,), captions=(Caption(4, 15, ("Hello there.",)),)
    )
    for frame, seen in enumerate(_frames(request)):
        shot = Shot(request)
        assert np.abs(seen.astype(int) - shot.frame(frame).to_ndarray()).max() <= 1


def test_lips_move_the_mouth_and_little_else():
    words = (Lips("ANNA", ((0.0, "teeth"), (0.5, "rest"))),)  # no open vowel: she does not nod
    quiet, loud = _frames(_request()), _frames(_request(lips=words))
    changed = np.argwhere(np.abs(quiet[2][:180].astype(int) - loud[2][:180]) > 12)
    assert len(changed) > 8
    height, width = np.ptp(changed, axis=0)
    assert height < 60
    assert width < 60


def test_a_figure_blinks():
    eyes = [frame[:180].astype(int) for frame in _frames(_request(frames=24 * 7))]
    assert max(np.abs(a - b).max() for a, b in zip(eyes[::2], eyes[1::2], strict=True)) > 40


def test_a_caption_is_shown_from_its_start_up_to_its_end():
    plain = _frames(_request())
    captioned = _frames(_request(captions=(Caption(6, 12, ("The light came back.",)),)))
    differs = [
        int(np.abs(a.astype(int) - b).max()) > 60 for a, b in zip(plain, captioned, strict=True)
    ]
    assert differs == [6 <= i < 12 for i in range(24)]


@pytest.mark.parametrize("move", [m for m in Move if m is not Move.STATIC])
def test_every_move_moves_and_covers_the_frame(move):
    frames = _frames(_request(move, Size.WIDE, frames=36))
    assert np.abs(frames[2].astype(int) - frames[30]).mean() > 0.5
    edges = [frame[:180][:, [0, -1]].min() for frame in (frames[0], frames[-1])]
    assert min(edges) > 17  # nothing black shows at the sides: the border is drawn


def test_figures_and_distance_move_unlike_each_other():
    shot = Shot(_request(Move.TRACK_RIGHT, Size.WIDE))
    assert len({cel.depth for cel in shot.cels if cel.depth is not None}) >= 3


def _walk(move: Move, frames: int = 24, pose: str = "walk") -> tuple[Shot, WalkCel]:
    walker = (replace(ANNA, acting=Acting(pose=pose)),)
    shot = Shot(_request(move, Size.WIDE, figures=walker, frames=frames))
    return shot, next(cel for cel in shot.cels if isinstance(cel, WalkCel))


def test_a_walker_crosses_the_frame_and_a_tracking_camera_goes_along():
    free, tracked = (_walk(move, 120)[1] for move in (Move.STATIC, Move.TRACK_RIGHT))
    camera = Camera(Move.TRACK_RIGHT, Size.WIDE, 35, 5.0, 1280)
    behind = 0.25 * (camera.at(1).x - camera.at(0).x)
    ways = [cel.state(119)[1] - cel.state(0)[1] for cel in (free, tracked)]
    assert ways[0] > 150
    assert 0 < ways[1] - behind < 0.6 * ways[0]


@pytest.mark.parametrize("pose", ["walk", "run"])
def test_a_foot_on_the_ground_stays_where_it_is(pose):
    feet = Actor(replace(ANNA, acting=Acting(pose=pose)), 0, 0, 230, LIGHT, PALETTE)
    carries = CYCLES[pose] * (feet.plan.leg + 13)
    stance = [pose_of(pose, 0, 0.06 + k / 48).near_foot[0] for k in range(1, 16)]
    steps = np.diff(stance) * (feet.plan.leg + 13)
    assert steps == pytest.approx([-carries / 48] * 14, rel=1e-6)


def test_people_of_a_crowd_shift_their_weight_in_place():
    picture = replace(_request(size=Size.WIDE).picture, crowd=20, width=1280, height=720)
    shot = Shot(MotionRequest(picture, frames=96))
    idlers = [cel for cel in shot.cels if isinstance(cel, IdleCel)]
    assert len(idlers) >= 3
    for cel in idlers:
        states = {cel.state(frame) for frame in range(96)}
        assert len(states) > 1
        assert max(abs(state) for state in states) <= 6


def test_a_fire_flickers_where_it_burns_and_only_in_the_dark():
    camp = replace(BEACH, heading="EXT. CAMP", location="CAMP", time_of_day=TimeOfDay.NIGHT)
    request = _request(size=Size.WIDE, place=camp, figures=(), frames=20)
    frames = np.array([frame[:180].astype(int) for frame in _frames(request)])
    changed = np.argwhere(np.ptp(frames, axis=0) > 8)
    assert len(changed) > 50
    assert (np.ptp(changed, axis=0) < (150, 230)).all()
    day = replace(camp, time_of_day=TimeOfDay.DAY)
    assert not any(isinstance(cel, FlickerCel) for cel in Shot(_request(place=day)).cels)


def test_who_stands_small_in_the_frame_shifts_weight_and_who_is_near_breathes():
    near, small = (
        [Part((), Rate(24), 7, bearing).at(frame) for frame in range(144)]
        for bearing in (Bearing(lively=True), Bearing(sways=True))
    )
    assert len({pose.lift for pose in near}) > 2
    assert {pose.sway for pose in near} == {0}
    assert len({pose.sway for pose in small}) > 2
    assert {pose.lift for pose in small} == {0}


def test_eyes_leave_before_a_line_and_are_back_when_it_starts():
    part = Part(((2.0, "open"), (2.4, "rest")), Rate(24), 7, Bearing(0.7, lively=True))
    gaze = [part.at(frame).face.gaze for frame in range(72)]
    assert min(gaze[:46]) < 0
    assert set(gaze[46:60]) == {0.7}


def test_lightning_lights_the_sky():
    storm = replace(BEACH, weather=Weather.STORM, time_of_day=TimeOfDay.NIGHT)
    means = [
        frame[:60].mean() for frame in _frames(_request(size=Size.WIDE, place=storm, frames=80))
    ]
    assert max(means) > min(means) + 30


def test_a_picture_of_ones_own_is_filmed_instead(tmp_path):
    Image.new("RGB", (500, 500), (255, 0, 0)).save(tmp_path / "mine.png")
    frame = _frames(_request(Move.PUSH_IN, still=tmp_path / "mine.png"))[10]
    assert np.abs(frame[:180].astype(int) - 63).max() <= 6


def test_what_is_no_picture_is_refused_by_name(tmp_path):
    (tmp_path / "mine.png").write_text("no")
    with pytest.raises(InvalidInputError, match=r"mine\.png"):
        make_motion(_request(still=tmp_path / "mine.png"), tmp_path)
