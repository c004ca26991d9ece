"""Pictures of strangers are drawn anew; what is made to harm whoever reads it is refused."""

import gzip
import io
import struct
import time
import zipfile
import zlib

import av
import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from reelwright.engines.media.archives import look_at_gzip, look_at_zip
from reelwright.engines.media.clips import look_at_clip
from reelwright.engines.media.examining import examine
from reelwright.engines.processes.apart import UnreadableError
from reelwright.library.sniffing import sniff, sniff_file
from support.footage import PLACE, branded, moving, photo

SECRET = b"<script>a place, a name</script>"


def drawing(mode="RGB", size=(40, 20)):
    """Red at the left, green at the right, with a blue corner."""
    picture = Image.new("RGB", size, "red")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((size[0] // 2, 0, *size), fill=(0, 200, 0))
    draw.rectangle((0, 0, 4, 4), fill="blue")
    return picture.convert(mode)


def kept(folder, data, media_type):
    """What is kept of a file: the new one, and the facts."""
    source, target = folder / "came", folder / "drawn"
    source.write_bytes(data)
    found = examine(source, media_type, target)
    return target.read_bytes(), found["facts"]


def saved(picture, kind, **more):
    stream = io.BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def test_a_photo_loses_what_it_tells_and_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(drawing(), "JPEG", exif=exif, quality=90, icc_profile=profile) + SECRET
    new, facts = kept(tmp_path, data, "image/jpeg")
    assert SECRET not in new
    with Image.open(io.BytesIO(new)) as picture:
        assert picture.size == (20, 40) == (facts["width"], facts["height"])
        assert not picture.getexif()
        assert picture.info["icc_profile"] == profile
        red, green, _ = np.asarray(picture.convert("RGB"))[30, 10]
        assert green > 150 > red  # green is below now


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_png_keeps_every_pixel_and_loses_its_words_and_its_tail(tmp_path, mode):
    picture = drawing("L").convert("I;16") if mode == "I;16" else drawing(mode)
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    data = saved(picture, "PNG", pnginfo=words) + SECRET
    new, _ = kept(tmp_path, data, "image/png")
    assert SECRET not in new
    with Image.open(io.BytesIO(new)) as again:
        assert again.mode == picture.mode
        assert np.array_equal(np.asarray(again), np.asarray(picture))


def test_drawing_anew_twice_gives_the_same_bytes(tmp_path):
    data = saved(drawing(), "PNG")
    assert kept(tmp_path, data, "image/png") == kept(tmp_path, data, "image/png")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_goes_on_moving_in_its_own_time(tmp_path, kind):
    frames = [drawing(), drawing().rotate(180), Image.new("RGB", (40, 20), "white")]
    more = {"comment": SECRET} if kind == "GIF" else {}
    more |= {"lossless": True, "exif": b"Exif\0\0" + SECRET} if kind == "WEBP" else {}
    times = [100, 250, 500]
    data = saved(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=times, loop=3, **more
    )
    new, facts = kept(tmp_path, data + SECRET, f"image/{kind.lower()}")
    assert SECRET not in new
    assert facts["frames"] == 3
    with Image.open(io.BytesIO(new)) as again:
        assert (getattr(again, "n_frames", 1), again.info["loop"]) == (3, 3)
        for number, frame in enumerate(frames):
            again.seek(number)
            there = np.asarray(again.convert("RGB")).astype(int)
            assert round(again.info["duration"]) == times[number]
            assert np.abs(there - np.asarray(frame).astype(int)).max() < 12


def png_of(width, height):
    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (2**31 - 1, 1), (1, 60_000), (0, 5)])
def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_decoded(tmp_path, size):
    with pytest.raises(UnreadableError):
        kept(tmp_path, png_of(*size), "image/png")


@pytest.mark.parametrize("cut", [8, 60, 200, -20])
def test_half_a_picture_is_refused(tmp_path, cut):
    data = saved(drawing(size=(200, 200)), "JPEG")
    with pytest.raises(UnreadableError):
        kept(tmp_path, data[:cut], "image/jpeg")


def archive(folder, entries):
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in entries:
            file.writestr(name, data)
    return path


def test_archives_that_swell_beyond_measure_are_refused(tmp_path):
    look_at_zip(archive(tmp_path, [("a.txt", b"words " * 1000), ("b.zip", b"PK")]))
    zeros = b"\0" * (150 * 2**20)
    with pytest.raises(UnreadableError, match="swell"):
        look_at_zip(archive(tmp_path, [("a", zeros)]))
    bomb = tmp_path / "a.gz"
    bomb.write_bytes(gzip.compress(zeros, 1))
    with pytest.raises(UnreadableError, match="swell"):
        look_at_gzip(bomb)
    bomb.write_bytes(gzip.compress(b"words " * 1000))
    look_at_gzip(bomb)
    bomb.write_bytes(gzip.compress(b"words " * 1000)[:-30] + b"?" * 30)
    with pytest.raises(UnreadableError, match="broken"):
        look_at_gzip(bomb)


def test_an_archive_whose_files_share_their_bytes_is_refused(tmp_path):
    path = archive(tmp_path, [("a", b"words " * 100), ("b", b"words " * 100)])
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # begins where the first does
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="swell"):
        look_at_zip(path)


def clip(path, codec, *, sound=False):
    with av.open(str(path), "w", format="mp4") as file:
        if sound:
            stream = file.add_stream(codec, rate=48000)
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate = 48000
        else:
            stream = file.add_stream(codec, rate=24)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            frame = av.VideoFrame(64, 48, "yuv420p")
        for number in range(10):
            frame.pts = number * (1024 if sound else 1)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return path


def test_a_clip_is_told_by_what_is_in_it(tmp_path):
    found = look_at_clip(clip(tmp_path / "a", "mpeg4"), "video/mp4")
    assert found["facts"]["width"] == 64
    assert found["facts"]["fps"] == 24
    assert found["media_type"] == "video/mp4"
    found = look_at_clip(clip(tmp_path / "b", "aac", sound=True), "video/mp4")
    assert found["media_type"] == "audio/mp4"
    assert found["facts"]["sample_rate"] == 48000


def test_a_list_of_other_addresses_is_no_clip(tmp_path):
    path = tmp_path / "a.m3u8"
    path.write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n")
    for media_type in ("video/mp4", "audio/mpeg", "video/x-msvideo"):
        with pytest.raises(UnreadableError):
            look_at_clip(path, media_type)


AVIF_BRANDS = [b"avif", b"mif1", b"miaf", b"MA1B"]


@pytest.mark.parametrize(
    ("major", "others"),
    [
        (b"avif", AVIF_BRANDS),
        (b"mif1", AVIF_BRANDS),
        (b"heic", AVIF_BRANDS),
        (b"isom", AVIF_BRANDS),
        (b"msf1", b"msf1"),
        (b"heic", b"heic"),
        (b"avis", b"avis"),
        (b"crx ", b"isom"),
        (b"isom", b"isom"),
        (b"qt  ", b"qt  "),
        (b"M4A ", b"M4A "),
    ],
)
def test_a_photo_under_any_brand_is_drawn_anew_or_refused(tmp_path, major, others):
    data = branded(photo(tmp_path / "a.avif").read_bytes(), major, others)
    assert PLACE in data
    new, way_out = drawn_or_refused(tmp_path, data)
    assert PLACE not in new
    assert new or way_out == "save it as JPEG or PNG"
    assert new or major != b"avif"


def drawn_or_refused(folder, data):
    """What is kept of a file, and what to do if nothing is."""
    try:
        return kept(folder, data, sniff(data[:4096]))[0], None
    except UnreadableError as error:
        return b"", error.way_out


def test_many_frames_out_of_few_bytes_are_refused_at_once(tmp_path):
    source = moving(tmp_path / "many.webp", [40] * 390, (1000, 1000), lossless=True)
    assert source.stat().st_size < 30_000
    begun = time.process_time()
    with pytest.raises(UnreadableError, match="too many frames") as caught:
        examine(source, "image/webp", tmp_path / "new")
    assert time.process_time() - begun < 1
    assert caught.value.way_out == "bring it as a clip, as MP4 or WebM"


def test_a_picture_that_moves_and_is_hardly_written_is_refused(tmp_path):
    source = moving(tmp_path / "flat.webp", [40] * 50, (1000, 1000), lossless=True)
    assert 50_000_000 / source.stat().st_size > 2_000
    with pytest.raises(UnreadableError, match="too many frames"):
        examine(source, "image/webp", tmp_path / "new")


def test_an_avif_that_moves_does_not_become_one_that_stands_still(tmp_path):
    with pytest.raises(UnreadableError, match="moves"):
        examine(moving(tmp_path / "m.avif"), "image/avif", tmp_path / "new")


@pytest.mark.parametrize(("kind", "media_type"), [("TIFF", "image/tiff"), ("BMP", "image/bmp")])
def test_pictures_of_scanners_are_drawn_anew(tmp_path, kind, media_type):
    more = {"exif": exif_of(PLACE)} if kind == "TIFF" else {}
    data = saved(drawing(), kind, **more) + PLACE
    assert sniff(data[:4096]) == media_type
    new, facts = kept(tmp_path, data, media_type)
    assert PLACE not in new
    assert facts == {"width": 40, "height": 20}
    with Image.open(io.BytesIO(new)) as again:
        assert np.array_equal(np.asarray(again), np.asarray(drawing()))


def exif_of(words):
    exif = Image.Exif()
    exif[0x010E] = words.decode()
    return exif


def test_pages_and_raw_pictures_are_kept_as_they_are_and_shown_by_nobody(tmp_path):
    pages = saved(drawing(), "TIFF", save_all=True, append_images=[drawing("L").convert("RGB")])
    raw = saved(drawing(), "TIFF", tiffinfo={254: 1})
    for data in (pages, raw):
        (tmp_path / "came").write_bytes(data)
        found = examine(tmp_path / "came", "image/tiff", tmp_path / "drawn")
        assert found == {"media_type": "application/octet-stream", "facts": {}}


@pytest.mark.parametrize(
    ("form", "codec", "media_type"),
    [
        ("mpegts", "mpeg2video", "video/mp2t"),
        ("mpeg", "mpeg2video", "video/mpeg"),
        ("mxf", "mpeg2video", "application/mxf"),
        ("adts", "aac", "audio/aac"),
        ("aiff", "pcm_s16be", "audio/aiff"),
    ],
)
def test_what_recorders_write_is_looked_at(tmp_path, form, codec, media_type):
    path = tmp_path / "recorded"
    sound = media_type.startswith("audio/")
    with av.open(str(path), "w", format=form) as file:
        (write_silence if sound else write_black)(file, codec)
    assert sniff_file(path) == media_type
    found = look_at_clip(path, media_type)
    assert found["media_type"] == media_type
    told = {"sample_rate": 48_000} if sound else {"width": 64, "height": 48}
    assert told.items() <= found["facts"].items()


def write_silence(file, codec):
    stream = file.add_stream(codec, rate=48_000, layout="mono")
    resampler = av.AudioResampler(stream.format, "mono", 48_000)
    for number in range(40):
        frame = av.AudioFrame("s16", "mono", 1024)
        frame.sample_rate, frame.pts = 48_000, number * 1024
        for one in resampler.resample(frame):
            file.mux(stream.encode(one))
    file.mux(stream.encode(None))


def write_black(file, codec):
    stream = file.add_stream(codec, rate=25)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for number in range(25):
        frame = av.VideoFrame(64, 48, "yuv420p")
        frame.pts = number
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
