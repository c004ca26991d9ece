"""Films are cut, joined and brought into other forms with picture and sound in step."""

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reelwright.engines.media.edits.measures import UnreadableError
from reelwright.engines.media.edits.measuring import measure_file
from reelwright.engines.media.edits.params import OperationRefusedError
from support.edits import FPS, flashes_and_beeps, heard, make, shown, write_flashes, write_sound


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def film(folder):
    return write_flashes(folder / "film.mp4")


@given(start=st.integers(0, 30), length=st.integers(2, 10))
@settings(max_examples=8, deadline=None)
def test_wherever_it_is_cut_what_flashed_with_a_tone_still_does(folder, film, start, length):
    # Not on the tick itself: there rounding may take either frame.
    begin = start / FPS
    made = make(folder, "trim", {"start": begin, "end": begin + length / FPS}, film)
    assert len(shown(made["path"])) == length
    flashes, beeps = flashes_and_beeps(made["path"])
    for flash in flashes:
        near = [beep for beep in beeps if abs(beep - flash) < 0.03]
        assert near or flash > length / FPS - 0.05, (flashes, beeps)


def test_joined_films_keep_in_step_and_take_the_form_of_the_first(folder, film):
    other = write_flashes(folder / "b.mp4", 3, (48, 80), rate=5, sound_rate=48_000)
    made = make(folder, "join", {}, film, other, film)
    facts = made["facts"]
    assert (facts["width"], facts["height"], facts["rate"]) == (64, 48, "10")
    assert facts["seconds"] == pytest.approx(11.0, abs=0.05)
    flashes, beeps = flashes_and_beeps(made["path"])
    # The second film is upright: a white frame of it is white in the middle only, and lasts longer.
    lit = {int(time) for time, light in shown(made["path"]) if light > 60 and time % 1 < 0.15}
    lights = [float(one) for one in sorted(lit)]
    assert lights == [float(n) for n in range(11)]
    assert beeps == pytest.approx(lights, abs=0.03)
    assert len(flashes) == 8


def test_a_silent_film_between_others_is_silence_of_its_length(folder, film):
    silent = make(folder, "convert", {"format": "gif"}, film)["path"].rename(folder / "s.gif")
    made = make(folder, "join", {}, film, silent, film)
    signal, rate = heard(made["path"])
    middle = signal[:, int(4.2 * rate) : int(7.8 * rate)]
    assert np.abs(middle).max() < 0.02
    assert made["facts"]["seconds"] == pytest.approx(12.0, abs=0.15)


@pytest.mark.parametrize(
    ("params", "size"),
    [
        ({"width": 32}, (32, 24)),
        ({"height": 99}, (132, 98)),
        ({"width": 40, "height": 40}, (40, 40)),
        ({"width": 40, "height": 40, "fit": "cover"}, (40, 40)),
        ({"width": 40, "height": 20, "fit": "stretch"}, (40, 20)),
    ],
)
def test_films_are_resized(folder, film, params, size):
    facts = make(folder, "resize", params, film)["facts"]
    assert (facts["width"], facts["height"]) == size
    assert facts["seconds"] == pytest.approx(4.0, abs=0.05)
    assert facts["sample_rate"] == 44_100


def test_a_film_taken_upright_stays_upright(folder):
    lying = write_flashes(folder / "lying.mp4", 1, (64, 32)).read_bytes()
    # The matrix of a telephone held upright, in the header of the track: a quarter clockwise.
    at = lying.index(b"tkhd") + 44
    turn = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    (folder / "up.mp4").write_bytes(lying[:at] + turn + lying[at + 36 :])
    assert measure_file(folder / "up.mp4").width == 32
    facts = make(folder, "trim", {"end": 0.5}, folder / "up.mp4")["facts"]
    assert (facts["width"], facts["height"]) == (32, 64)


def test_a_part_of_the_picture_is_kept(folder, film):
    facts = make(folder, "crop", {"x": 10, "y": 8, "width": 30, "height": 20}, film)["facts"]
    assert (facts["width"], facts["height"]) == (30, 20)


@pytest.mark.parametrize("form", ["mp4", "mov", "webm"])
def test_other_forms_hold_the_same_film(folder, film, form):
    made = make(folder, "export", {"format": form, "quality": "low"}, film)
    assert made["facts"]["format"] == form
    flashes, beeps = flashes_and_beeps(made["path"])
    assert flashes == pytest.approx([0, 1, 2, 3], abs=0.01)
    assert beeps == pytest.approx(flashes, abs=0.03)


def test_the_sound_of_a_film_is_taken_out_of_it(folder, film):
    made = make(folder, "convert", {"format": "flac"}, film)
    assert made["media_type"] == "audio/flac"
    signal, rate = heard(made["path"])
    assert signal.shape[1] / rate == pytest.approx(4.0, abs=0.03)


def test_the_frame_of_a_moment_is_a_picture(folder, film):
    for moment, light in ((1.0, True), (1.05, True), (1.15, False), (0, True), (3.95, False)):
        made = make(folder, "extract_frame", {"at": moment, "format": "jpeg"}, film)
        with Image.open(made["path"]) as picture:
            assert picture.format == "JPEG"
            assert (float(np.asarray(picture).mean()) > 128) is light, moment


def test_filters_change_every_frame_and_turn_the_film(folder, film):
    asked = {"filters": [{"name": "invert"}, {"name": "rotate", "degrees": 90}]}
    made = make(folder, "filter", asked, film)
    assert (made["facts"]["width"], made["facts"]["height"]) == (48, 64)
    dark = [time for time, light in shown(made["path"]) if light < 128]
    assert dark == pytest.approx([0, 1, 2, 3], abs=0.01)


def test_a_film_fades_in_sound_and_picture(folder, film):
    asked = {"filters": [{"name": "invert"}]}
    bright = make(folder, "filter", asked, film)["path"].rename(folder / "bright.mp4")
    made = make(folder, "fade", {"into": 2, "out": 1, "curve": "linear"}, bright)
    lights = dict(shown(made["path"]))
    assert lights[0.5] == pytest.approx(16 + 0.275 * 219, abs=12)
    assert lights[2.5] > 220
    assert lights[3.5] < 150
    signal, rate = heard(made["path"])
    first, third = (
        np.abs(signal[:, int(at * rate) : int((at + 0.1) * rate)]).max() for at in (1, 2)
    )
    assert first == pytest.approx(third / 2, rel=0.15)


def test_a_film_made_louder_keeps_its_picture(folder, film):
    made = make(folder, "gain", {"gain_db": -6.02}, film)
    assert len(shown(made["path"])) == 40
    before, after = heard(film)[0], heard(made["path"])[0]
    assert np.abs(after).max() == pytest.approx(np.abs(before).max() / 2, rel=0.1)


def test_lists_of_files_and_torn_files_are_not_opened(folder, film):
    sound = write_sound(folder / "secret.wav", np.zeros(8000), 8000)
    for name, text in (
        ("a.m3u8", f"#EXTM3U\n#EXTINF:9,\n{sound}\n#EXT-X-ENDLIST\n"),
        ("a.txt", f"ffconcat version 1.0\nfile '{sound}'\n"),
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.bin", ""),
    ):
        (folder / name).write_text(text)
        with pytest.raises(UnreadableError):
            measure_file(folder / name)
    (folder / "torn.mp4").write_bytes(film.read_bytes()[:500])
    with pytest.raises(UnreadableError):
        measure_file(folder / "torn.mp4")


def test_what_a_film_does_not_have_is_refused(folder, film):
    silent = make(folder, "convert", {"format": "gif"}, film)["path"].rename(folder / "q.gif")
    for operation, params in (
        ("loudness", {}),
        ("gain", {"gain_db": 3}),
        ("convert", {"format": "wav"}),
    ):
        with pytest.raises(OperationRefusedError, match="has no sound"):
            make(folder, operation, params, silent)
