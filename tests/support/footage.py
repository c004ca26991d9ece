"""Small films and photos as cameras, telephones and recorders make them."""

from fractions import Fraction

import av
import numpy as np
from PIL import Image

PLACE = b"52.5200 N 13.4050 E"


def write_plain(path, colour, size=(320, 180), *, count=10, rate=10, **told):
    """A film of one colour (Y, U, V); `told` may be `aspect`, `tags` (matrix, primaries, curve), `form`, `codec`."""
    form = told.get("form", "yuv420p")
    with av.open(str(path), "w") as file:
        stream = file.add_stream(told.get("codec", "libx264"), rate=rate, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = *size, form
        context = stream.codec_context
        if "aspect" in told:
            context.sample_aspect_ratio = told["aspect"]
        if "tags" in told:
            context.colorspace, context.color_primaries, context.color_trc = told["tags"]
        frame = plain_frame(colour, size, form)
        for number in range(count):
            frame.pts, frame.time_base = number, Fraction(1, rate)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def plain_frame(colour, size=(320, 180), form="yuv420p"):
    """A frame of one colour."""
    frame = av.VideoFrame(size[0], size[1], form)
    kind = np.uint8 if form == "yuv420p" else np.uint16
    for plane, value in zip(frame.planes, colour, strict=True):
        np.frombuffer(memoryview(plane), kind)[:] = value
    return frame


def colour_of(frame):
    """The mean of each plane of a yuv420p frame."""
    rows = [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        for plane in frame.planes
    ]
    return [
        float(row[:, : plane.width].mean()) for row, plane in zip(rows, frame.planes, strict=True)
    ]


def frames_in(path):
    """All frames of a film."""
    with av.open(str(path)) as file:
        return list(file.decode(video=0))


def write_at(path, times, ticks=600):
    """A film whose frames, each of another grey, come at these times, in ticks."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=min(ticks, 60))
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, ticks)
        for number, time in enumerate(times):
            frame = plain_frame((number * 37 % 200 + 20, 128, 128), (64, 48))
            frame.pts, frame.time_base = time, Fraction(1, ticks)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def photo(path, **more):
    """A red picture in which stands where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    Image.new("RGB", (64, 48), "red").save(path, exif=exif, **more)
    return path


def branded(data, major, others):
    """A file of the ISO family under other brands."""
    size = int.from_bytes(data[:4], "big")
    more = [others] * ((size - 16) // 4) if isinstance(others, bytes) else others
    return data[:8] + major + data[12:16] + b"".join(more) + data[size:]


def moving(path, times=(100, 200, 300), size=(64, 48), **more):
    """A picture that moves: red, green, blue, each for so many milliseconds."""
    colours = ("red", "lime", "blue")
    frames = [Image.new("RGB", size, colours[n % 3]) for n in range(len(times))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=list(times), **more)
    return path
