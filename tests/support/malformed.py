"""Files that are wrong in many ways: cut, mixed up, swollen, or not what they say."""

import gzip
import io
import struct
import zipfile
from typing import Any

import av
from PIL import Image

from support.pictures import picture_bytes

_MARKS = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\x10\0\0\0WEBP", b"RIFF\x10\0\0\0WAVE",
    b"\0\0\0\x18ftypmp42", b"\0\0\0\x18ftypavif", b"\x1a\x45\xdf\xa3", b"OggS\0\2", b"fLaC", b"ID3\4",
    b"\xff\xfb\x90", b"PK\3\4", b"\x1f\x8b\x08", b"%PDF-1.7", b"<svg ", b"<!doctype html>", b"RIFF\x10\0\0\0AVI ",
)  # fmt: skip


def whole_files() -> list[bytes]:
    """A small right file of each kind."""
    moving = io.BytesIO()
    Image.new("RGB", (32, 16), "red").save(
        moving, "GIF", save_all=True, append_images=[Image.new("RGB", (32, 16), "blue")]
    )
    inner = _zip([("a.txt", b"words"), ("b.png", picture_bytes())])
    return [
        picture_bytes("PNG", (64, 48)),
        picture_bytes("JPEG", (64, 48), comment=b"words"),
        picture_bytes("WEBP", (64, 48)),
        picture_bytes("AVIF", (64, 48)),
        moving.getvalue(),
        _clip("mp4", "mpeg4"),
        _clip("matroska", "mpeg4"),
        _clip("avi", "mpeg4"),
        _sound("wav", "pcm_s16le"),
        _sound("flac", "flac"),
        _sound("ogg", "flac"),
        _sound("mp3", "mp3"),
        _zip([("inner.zip", inner), ("other.zip", _zip([("inner.zip", inner)]))]),
        gzip.compress(gzip.compress(b"\0" * 100_000)),
    ]


def malformed(chance, wholes: list[bytes]) -> bytes:
    """A file that is wrong in some way, by chance."""
    data = bytearray(chance.choice(wholes))
    match chance.randrange(8):
        case 0:
            return bytes(data[: chance.randrange(1, len(data))])
        case 1:
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 2:  # in the head, where sizes stand
            for _ in range(chance.randrange(1, 8)):
                data[chance.randrange(min(64, len(data)))] = chance.choice((0, 1, 127, 128, 255))
        case 3:  # a false beginning
            mark = chance.choice(_MARKS)
            data[: len(mark)] = mark
        case 4:
            return chance.choice(_MARKS) + chance.randbytes(chance.randrange(1, 3000))
        case 5:
            other = chance.choice(wholes)
            at = chance.randrange(len(data))
            data[at:] = other[chance.randrange(len(other)) :]
        case 6:  # huge numbers anywhere
            at = chance.randrange(max(1, len(data) - 8))
            data[at : at + 4] = struct.pack(">I", chance.choice((2**31 - 1, 2**32 - 1, 60_000, 0)))
        case _:
            at = chance.randrange(len(data))
            data[at:at] = chance.randbytes(chance.randrange(1, 500))
    return bytes(data) or b"x"


def _zip(entries: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def _clip(form: str, codec: str) -> bytes:
    stream = io.BytesIO()
    with av.open(stream, "w", format=form) as file:
        track: Any = file.add_stream(codec, rate=24)
        track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = number
            file.mux(track.encode(frame))
        file.mux(track.encode())
    return stream.getvalue()


def _sound(form: str, codec: str) -> bytes:
    stream = io.BytesIO()
    with av.open(stream, "w", format=form) as file:
        track: Any = file.add_stream(codec, rate=48000)
        track.layout = "mono"
        for number in range(5):
            frame = av.AudioFrame(track.format.name, "mono", 1152)
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            frame.sample_rate, frame.pts = 48000, number * 1152
            file.mux(track.encode(frame))
        file.mux(track.encode())
    return stream.getvalue()
