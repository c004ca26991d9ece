"""A look at what came before it is accepted: does it open, is it as large and long as asked, is it anything at all?"""

import io
from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from PIL import Image, UnidentifiedImageError

from reelwright.providers.contract import Outcome, Product, Request
from reelwright.providers.errors import UnusableError
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import MusicRequest, VideoRequest

_DARK, _FLAT = 4.0, 0.75  # of 255: mean of a black frame, spread of one without any drawing
_STILL = 0.35  # mean difference between a first and a last frame where nothing moves
_SILENT = 1e-4
_SHORT = 0.6  # of the length that was asked for
_LOOKED_AT = 12


def inspect(request: Request, outcome: Outcome) -> list[str]:
    """Raise UnusableError for what cannot be used; answers what is odd and still usable."""
    if not outcome.products:
        raise UnusableError("the vendor sent nothing")
    odd: list[str] = []
    for product in outcome.products:
        odd += _look(request, product)
    return odd


def _look(request: Request, product: Product) -> Iterable[str]:
    if product.path.stat().st_size == 0:
        raise UnusableError("the vendor sent an empty file")
    kind = product.media_type.partition("/")[0]
    if kind == "image":
        return _look_at_picture(product.path)
    if kind == "video":
        return _look_at_clip(request, product.path)
    if kind == "audio" and request.operation is not Operation.TRAIN_LORA:
        return _listen(request, product.path)
    return ()


def _look_at_picture(path: Path) -> Iterable[str]:
    try:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            small = np.asarray(image.convert("L").resize((64, 64)), np.float32)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnusableError("the picture does not open") from error
    if small.mean() < _DARK and small.std() < _FLAT:
        raise UnusableError("the picture is black")
    return ["the picture is of one colour"] if small.std() < _FLAT else ()


def _look_at_clip(request: Request, path: Path) -> Iterable[str]:
    try:
        with av.open(str(path), "r") as clip:
            seconds = float(clip.duration or 0) / av.time_base
            frames = _some_frames(clip)
    except (av.FFmpegError, ValueError) as error:
        raise UnusableError("the shot does not open") from error
    if not frames:
        raise UnusableError("the shot has no pictures")
    if max(frame.mean() for frame in frames) < _DARK:
        raise UnusableError("the shot is black")
    wanted = request.seconds if isinstance(request, VideoRequest) else 0.0
    if seconds < wanted * _SHORT:
        raise UnusableError(f"the shot is {seconds:.1f} s long, and {wanted:g} s were asked for")
    moved = max((float(np.abs(one - frames[0]).mean()) for one in frames[1:]), default=0.0)
    return ["nothing moves in the shot"] if moved < _STILL else ()


def _some_frames(clip: "av.container.InputContainer") -> list[np.ndarray]:
    frames: list[np.ndarray] = []
    for number, frame in enumerate(clip.decode(video=0)):
        if number % 8 == 0:
            frames.append(frame.reformat(64, 36, "gray").to_ndarray().astype(np.float32))
        if len(frames) >= _LOOKED_AT:
            break
    return frames


def _listen(request: Request, path: Path) -> Iterable[str]:
    loudest = 0.0
    try:
        with av.open(str(path), "r") as sound:
            seconds = float(sound.duration or 0) / av.time_base
            for frame in sound.decode(audio=0):
                samples = frame.to_ndarray()
                full = 1.0 if samples.dtype.kind == "f" else 2.0 ** (8 * samples.dtype.itemsize - 1)
                loudest = max(loudest, float(np.abs(samples.astype(np.float32)).max()) / full)
    except (av.FFmpegError, ValueError) as error:
        raise UnusableError("the sound does not open") from error
    if loudest < _SILENT:
        raise UnusableError("the sound is silent")
    wanted = request.seconds if isinstance(request, MusicRequest) else 0.0
    if seconds and seconds < wanted * _SHORT:
        return [f"the music is {seconds:.1f} s long, and {wanted:g} s were asked for"]
    return ()
