"""What people bring is fitted into the film's form, or refused with a way out."""

import struct
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest
from PIL import Image

from reelwright.engines.media.brought import bring_picture, bring_video, bring_voice
from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import read_wav, write_wav
from reelwright.engines.media.video import SegmentWriter, Sheet, planes
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError
from support.footage import branded, colour_of, moving, photo, write_plain


def test_a_tall_picture_stands_in_the_middle_between_black_bars(tmp_path):
    Image.new("RGB", (100, 400), "white").save(tmp_path / "tall.png")
    frame = next(bring_picture(tmp_path / "tall.png", 320, 180, Rate(), 0))
    luma = planes(frame)[0]
    assert (frame.width, frame.height, frame.format.name) == (320, 180, "yuv420p")
    assert luma[90, 160] > 230
    assert luma[90, 10] == luma[90, 310] == 16


def test_a_clip_is_shown_at_the_films_rate_and_held_at_its_end(tmp_path):
    sheet = Sheet(160, 96)
    with SegmentWriter(tmp_path / "c.mp4", 160, 96, Rate(12)) as segment:
        for n in range(6):
            level = n * 30
            sheet.canvas.clear(0xFF000000 | level << 16 | level << 8 | level)
            segment.write(sheet.converted())
    frames = bring_video(tmp_path / "c.mp4", 160, 96, Rate(24), 0)
    levels = [int(np.median(planes(next(frames))[0])) for _ in range(16)]
    assert all(abs(a - b) <= 1 for a, b in zip(levels[0:10:2], levels[1:10:2], strict=True))
    assert levels[0] < levels[2] < levels[4] < levels[10]
    assert len(set(levels[11:])) == 1


def test_a_recording_becomes_a_voice_whose_mouth_opens_when_it_is_loud(tmp_path):
    t = np.arange(22050) / 22050
    loud = np.where(t > 0.5, 0.5, 0.0) * np.sin(2 * np.pi * 220 * t)
    write_wav(tmp_path / "r.wav", loud.astype(np.float32), 22050)
    seconds, mouths = bring_voice(tmp_path / "r.wav", tmp_path / "v.wav")
    assert abs(seconds - 1.0) < 0.01
    assert read_wav(tmp_path / "v.wav").shape[-1] == pytest.approx(48000, abs=500)
    assert mouths[1][1] == "rest"
    assert mouths[9][1] in ("wide", "open")


@pytest.mark.parametrize("bring", [bring_picture, bring_video], ids=["picture", "clip"])
def test_a_file_that_is_neither_is_refused(bring, tmp_path):
    (tmp_path / "x.mp4").write_bytes(b"not a film at all" * 20)
    with pytest.raises(InvalidInputError, match=r"x\.mp4: is not a readable"):
        next(bring(tmp_path / "x.mp4", 320, 180, Rate(), 0))


def test_a_list_of_other_files_is_no_clip_and_nothing_it_names_is_read(tmp_path):
    sound, listed = tmp_path / "a.wav", tmp_path / "list.m3u8"
    write_wav(sound, np.zeros((1, 48000), np.float32))
    listed.write_text(f"#EXTM3U\n#EXTINF:9,\n{sound}\n#EXT-X-ENDLIST\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="is not a readable"):
        bring_voice(listed, tmp_path / "v.wav")


def test_a_recording_that_is_none_is_refused(tmp_path):
    (tmp_path / "x.wav").write_bytes(b"RIFFxxxx")
    with pytest.raises(InvalidInputError, match=r"x\.wav: is not a readable"):
        bring_voice(tmp_path / "x.wav", tmp_path / "v.wav")


@pytest.mark.parametrize("level", [0.9, 0.01])
def test_recordings_loud_and_quiet_are_brought_to_the_level_of_voices(tmp_path, level):
    t = np.arange(48000 * 2) / 48000
    write_wav(tmp_path / "r.wav", (level * np.sin(2 * np.pi * 440 * t)).astype(np.float32))
    bring_voice(tmp_path / "r.wav", tmp_path / "v.wav")
    assert measure(read_wav(tmp_path / "v.wav")) == pytest.approx(-20, abs=0.5)


def test_a_clip_in_high_definition_that_does_not_name_its_colours_keeps_them(tmp_path):
    red = (63, 102, 240)
    clip = write_plain(tmp_path / "hd.mp4", red, (1280, 720))
    frame = next(bring_video(clip, 1280, 720, Rate(10), 0))
    assert colour_of(frame) == pytest.approx(red, abs=1)
    assert frame.to_image().getpixel((9, 9)) == pytest.approx((255, 0, 0), abs=2)


@pytest.mark.parametrize("fill", [False, True])
def test_a_clip_whose_pixels_are_not_square_fills_the_frame_it_was_made_for(tmp_path, fill):
    clip = write_plain(tmp_path / "dv.mp4", (120, 128, 128), (720, 576), aspect=Fraction(64, 45))
    luma = planes(next(bring_video(clip, 1920, 1080, Rate(10), 0, fill=fill)))[0]
    assert luma.min() > 110


def test_a_clip_taken_upright_stands_upright(tmp_path):
    lying = write_plain(tmp_path / "lying.mp4", (200, 128, 128), (64, 32)).read_bytes()
    at = lying.index(b"tkhd") + 44
    turn = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    (tmp_path / "up.mp4").write_bytes(lying[:at] + turn + lying[at + 36 :])
    luma = planes(next(bring_video(tmp_path / "up.mp4", 64, 64, Rate(10), 0)))[0]
    assert luma[:, 32].min() > 190
    assert luma[32, :8].max() < 20


def test_a_clip_in_high_dynamic_range_is_brought_into_the_films_light(tmp_path):
    told = {"form": "yuv420p10le", "codec": "libx265", "tags": (9, 9, 18)}
    clip = write_plain(tmp_path / "hlg.mp4", (721, 512, 512), (64, 48), count=3, **told)
    light = colour_of(next(bring_video(clip, 64, 48, Rate(10), 0)))[0]
    assert 130 < light < 200


@pytest.mark.parametrize("name", ["m.gif", "m.webp"])
def test_a_picture_that_moves_goes_on_moving_in_the_film(tmp_path, name):
    frames = list(islice(bring_picture(moving(tmp_path / name), 64, 48, Rate(10), 0), 7))
    colours = [one.to_ndarray(format="rgb24")[24, 32].argmax() for one in frames]
    assert [int(one) for one in colours] == [0, 1, 1, 2, 2, 2, 2]


def test_a_photo_that_cannot_be_drawn_is_no_clip(tmp_path):
    data = photo(tmp_path / "a.avif").read_bytes()
    (tmp_path / "a.heic").write_bytes(branded(data, b"heic", b"heic"))
    with pytest.raises(InvalidInputError, match="is a picture and no clip") as caught:
        next(bring_video(tmp_path / "a.heic", 64, 48, Rate(10), 0))
    assert caught.value.way_out == "save it as JPEG or PNG"
