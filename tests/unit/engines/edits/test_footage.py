"""What comes from cameras, telephones and recorders keeps its colours, its shape, its movement and its level."""

import io
import itertools
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from reelwright.engines.media.edits.measures import UnreadableError
from reelwright.engines.media.edits.measuring import measure_file
from support.edits import heard, make, write_sound
from support.footage import (
    branded,
    colour_of,
    frames_in,
    moving,
    photo,
    write_at,
    write_plain,
)

RED_709 = (63, 102, 240)
HLG_WHITE, PQ_WHITE = 721, 573
"""A white sheet, 203 nits, as 10 bits hold it (ITU-R BT.2408)."""


def test_a_film_in_high_definition_that_does_not_name_its_colours_keeps_them(tmp_path):
    film = write_plain(tmp_path / "hd.mp4", RED_709, (1280, 720))
    made = make(tmp_path, "trim", {"end": 0.5}, film)
    first = frames_in(made["path"])[0]
    assert colour_of(first) == pytest.approx(RED_709, abs=1)
    assert first.colorspace == 1
    picture = make(tmp_path, "extract_frame", {"at": 0}, film)["path"]
    assert Image.open(picture).getpixel((9, 9)) == pytest.approx((255, 0, 0), abs=2)


def test_a_small_film_that_does_not_name_its_colours_is_of_those_of_television(tmp_path):
    film = write_plain(tmp_path / "sd.mp4", (81, 90, 240), (720, 576))  # red by BT.601
    made = make(tmp_path, "trim", {"end": 0.5}, film)
    assert colour_of(frames_in(made["path"])[0]) == pytest.approx(RED_709, abs=2)


def test_a_gif_of_a_film_fitted_into_a_square_has_its_colours(tmp_path):
    film = write_plain(tmp_path / "hd.mp4", RED_709, (1280, 720))
    asked = {"format": "gif", "width": 64, "height": 64}
    with Image.open(make(tmp_path, "resize", asked, film)["path"]) as picture:
        assert picture.convert("RGB").getpixel((32, 32)) == pytest.approx((255, 0, 0), abs=8)


def test_pixels_that_are_not_square_become_square(tmp_path):
    film = write_plain(tmp_path / "dv.mp4", (120, 128, 128), (720, 576), aspect=Fraction(64, 45))
    found = measure_file(film)
    assert (found.width, found.height) == (1024, 576)
    made = make(tmp_path, "trim", {"end": 0.5}, film)
    with av.open(str(made["path"])) as file:
        stream = file.streams.video[0]
        assert (stream.width, stream.height) == (1024, 576)
        assert stream.sample_aspect_ratio in (None, 0, 1)


@pytest.mark.parametrize(("curve", "white"), [(18, HLG_WHITE), (16, PQ_WHITE)], ids=["HLG", "PQ"])
def test_what_is_brighter_than_white_is_brought_under_it_and_stays_brighter(tmp_path, curve, white):
    lights = []
    for light in (64, white, 850):
        told = {"form": "yuv420p10le", "codec": "libx265", "tags": (9, 9, curve)}
        film = write_plain(tmp_path / f"{light}.mp4", (light, 512, 512), (64, 48), count=3, **told)
        first = frames_in(make(tmp_path, "convert", {"format": "mp4"}, film)["path"])[0]
        assert (first.colorspace, first.color_trc) == (1, 1)
        lights.append(colour_of(first)[0])
    assert lights[0] == pytest.approx(16, abs=1)
    assert 130 < lights[1] < 200
    assert lights[1] + 30 < lights[2] < 235


def test_two_moving_seconds_before_half_a_still_minute_keep_every_frame(tmp_path):
    times = [10 * n for n in range(120)] + [1200 + 600 * n for n in range(30)]
    film = write_at(tmp_path / "screen.mp4", times)
    assert measure_file(film).rate == "60"
    made = make(tmp_path, "trim", {"start": 0, "end": 2}, film)
    lights = [round(colour_of(one)[0]) for one in frames_in(made["path"])]
    assert len(lights) == 120
    assert sum(a != b for a, b in itertools.pairwise(lights)) == 119


def test_movement_is_kept_that_begins_after_minutes(tmp_path):
    times = [600 * n for n in range(200)] + [120_000 + 10 * n for n in range(120)]
    assert measure_file(write_at(tmp_path / "late.mp4", times)).rate == "60"


def test_the_rate_of_a_film_whose_clock_trembles_is_its_own(tmp_path):
    chance = np.random.default_rng(1)
    times = [20 * n + int(chance.integers(-1, 2)) for n in range(1, 200)]
    assert 29 < measure_file(write_at(tmp_path / "phone.mp4", times)).frame_rate < 31


@pytest.mark.parametrize("rate", [24, 25, 30, 60])
def test_a_gif_lasts_as_long_as_its_film_and_shows_at_most_twelve_frames_a_second(tmp_path, rate):
    film = write_at(tmp_path / "film.mp4", range(3 * rate), rate)
    with Image.open(make(tmp_path, "convert", {"format": "gif"}, film)["path"]) as picture:
        pauses = []
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            pauses.append(picture.info["duration"])
    assert sum(pauses) == pytest.approx(3000, abs=10)
    assert min(pauses[:-1]) >= 80


def test_grey_of_sixteen_bits_is_as_bright_in_eight(tmp_path):
    grey = np.linspace(0, 65_535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(grey).save(tmp_path / "grey.png")
    for asked, params in (("convert", {"format": "png"}), ("thumbnail", {"size": 160})):
        made = make(tmp_path, asked, params, tmp_path / "grey.png")["path"]
        with Image.open(made) as picture:
            light = np.asarray(picture.convert("L")).astype(float)
        assert light.mean(axis=1) == pytest.approx(grey.mean(axis=1) / 257, abs=4)


def wide_profile():
    """A profile in which red and green have changed places: whoever ignores it is found out."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = {name: plain.index(name) + 4 for name in (b"rXYZ", b"gXYZ")}
    red, green = (plain[one : one + 8] for one in at.values())
    other = bytearray(plain)
    other[at[b"rXYZ"] : at[b"rXYZ"] + 8] = green
    other[at[b"gXYZ"] : at[b"gXYZ"] + 8] = red
    return bytes(other)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_colours_of_a_profile_are_brought_into_those_of_a_screen(tmp_path, mode):
    picture = Image.new("RGB", (8, 8), (255, 0, 0)).convert(mode)
    picture.save(tmp_path / "wide.png", icc_profile=wide_profile())
    made = make(tmp_path, "convert", {"format": "png"}, tmp_path / "wide.png")["path"]
    with Image.open(made) as one:
        assert one.convert("RGB").getpixel((4, 4)) == pytest.approx((0, 255, 0), abs=2)
        assert "icc_profile" not in one.info


def test_a_profile_that_is_broken_or_of_another_kind_of_picture_counts_for_nothing(tmp_path):
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile, mode, colour in ((b"none", "RGB", (9, 99, 199)), (plain, "L", 99)):
        Image.new(mode, (8, 8), colour).save(tmp_path / "p.png", icc_profile=profile)
        made = make(tmp_path, "convert", {"format": "png"}, tmp_path / "p.png")["path"]
        wanted = colour if mode == "RGB" else (colour,) * 3
        assert Image.open(made).convert("RGB").getpixel((4, 4)) == wanted


@pytest.mark.parametrize("name", ["m.webp", "m.png", "m.avif"])
def test_a_picture_that_moves_is_a_film(tmp_path, name):
    source = moving(tmp_path / name)
    found = measure_file(source)
    assert (found.medium, found.rate, found.seconds) == ("video", "10", 0.6)
    made = make(tmp_path, "resize", {"width": 32}, source)
    assert made["media_type"] == "video/mp4"
    frames = [one.to_ndarray(format="rgb24")[12, 16] for one in frames_in(made["path"])]
    assert [int(one.argmax()) for one in frames] == [0, 1, 1, 2, 2, 2]
    assert make(tmp_path, "thumbnail", {"size": 160}, source)["facts"]["width"] == 64


def test_avif_bmp_and_tiff_are_pictures(tmp_path):
    for name in ("a.avif", "a.bmp", "a.tif"):
        Image.new("RGB", (64, 48), "red").save(tmp_path / name)
        made = make(tmp_path, "resize", {"width": 32}, tmp_path / name)
        assert (made["media_type"], made["facts"]["width"]) == ("image/png", 32)
        assert Image.open(made["path"]).convert("RGB").getpixel((5, 5)) == pytest.approx(
            (255, 0, 0), abs=3
        )


def test_a_picture_that_cannot_be_drawn_or_of_which_much_would_be_lost_is_refused(tmp_path):
    data = photo(tmp_path / "a.avif").read_bytes()
    (tmp_path / "a.heic").write_bytes(branded(data, b"heic", b"heic"))
    pages = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    for name in ("a.heic", "pages.tif"):
        with pytest.raises(UnreadableError) as caught:
            measure_file(tmp_path / name)
        assert caught.value.way_out == "save it as JPEG or PNG"


def test_six_channels_at_once_stay_under_full_scale(tmp_path):
    rate = 48_000
    wave = 0.9 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    six = write_sound(tmp_path / "six.wav", np.tile(wave, (6, 1)), rate)
    signal, _ = heard(make(tmp_path, "convert", {"format": "wav"}, six)["path"])
    assert signal.shape == (2, rate)
    assert np.abs(signal).max() < 1
    middle = signal[0, 10_000:30_000]
    assert np.corrcoef(middle, wave[10_000:30_000])[0, 1] > 0.999, "it is not bent"


def test_words_in_the_middle_of_six_channels_are_3_db_quieter_on_either_side(tmp_path):
    rate = 48_000
    six = np.zeros((6, rate))
    six[2] = 0.2 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    source = write_sound(tmp_path / "six.wav", six, rate)
    signal, _ = heard(make(tmp_path, "convert", {"format": "wav"}, source)["path"])
    assert np.abs(signal).max(axis=1) == pytest.approx([0.2 * 0.7071] * 2, rel=0.02)


def test_what_is_made_of_a_photo_does_not_say_where_it_was_taken(tmp_path):
    made = make(tmp_path, "convert", {"format": "png"}, photo(tmp_path / "a.avif"))["path"]
    with Image.open(io.BytesIO(made.read_bytes())) as one:
        assert not dict(one.getexif())
