"""Small true media for fakes to answer with: they open in any program, and differ by their seed."""

import io
import wave
from functools import lru_cache

import av
import numpy as np
from PIL import Image

_RATE = 12
_SOUND_RATE = 24_000


@lru_cache(maxsize=64)
def picture(width: int = 320, height: int = 180, seed: int = 0, kind: str = "png") -> bytes:
    """A picture that is neither black nor flat; `kind` is png, jpeg or webp."""
    down, across = np.mgrid[0:height, 0:width]
    red = (across * 255 // max(1, width - 1) + seed * 37) % 256
    green = (down * 255 // max(1, height - 1) + seed * 91) % 256
    blue = np.full_like(red, (seed * 53 + 96) % 256)
    image = Image.fromarray(np.dstack([red, green, blue]).astype(np.uint8))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@lru_cache(maxsize=64)
def clip(seconds: float = 4.0, width: int = 320, height: int = 180, seed: int = 0) -> bytes:
    """An MP4 (H.264) of that length whose picture moves, at 12 frames a second."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=_RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        base = np.asarray(Image.open(io.BytesIO(picture(width, height, seed))).convert("RGB"))
        for number in range(max(1, round(seconds * _RATE))):
            frame = av.VideoFrame.from_ndarray(np.roll(base, number * 4, axis=1), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


@lru_cache(maxsize=64)
def sound(seconds: float = 1.0, seed: int = 0) -> bytes:
    """A WAV of that length with a tone in it, mono, 24 kHz."""
    time = np.arange(max(1, round(seconds * _SOUND_RATE))) / _SOUND_RATE
    tone = 8000 * np.sin(2 * np.pi * (220 + 20 * (seed % 20)) * time)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_SOUND_RATE)
        out.writeframes(tone.astype("<i2").tobytes())
    return file.getvalue()


@lru_cache(maxsize=64)
def mp3(seconds: float = 1.0, seed: int = 0) -> bytes:
    """The same sound as MP3."""
    with av.open(io.BytesIO(sound(seconds, seed)), "r") as tone:
        frames = list(tone.decode(audio=0))
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as out:
        stream = out.add_stream("libmp3lame", rate=_SOUND_RATE, layout="mono")
        for frame in frames:
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return file.getvalue()
