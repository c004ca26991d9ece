"""A moving shot from its first picture."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from reelwright.engines.media.video import SegmentWriter
from reelwright.film.timeline import Rate
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.local.pipelines import generators, pipeline_for, steps_told, taken
from reelwright.providers.local.telling import Made, Tell

_RATE = 7  # pictures a second: what Stable Video Diffusion was trained at
_LONG_SIDE = 1024.0
_GRID = 64


def make_shot(order: Mapping[str, Any], folder: Path, tell: Tell) -> Made:
    """As MP4 of the length asked for, at the account's `fps`; its shape is the picture's own."""
    pipeline, settings = pipeline_for(order), order["settings"]
    if not taken(pipeline, {"image": True}):
        raise UnsupportedError(
            f"{type(pipeline).__name__} begins from no picture",
            field="image-to-video",
            way_out="name a pipeline of image-to-video, such as Stable Video Diffusion",
        )
    rate = round(settings["fps"] or _RATE)
    frames = max(2, math.ceil(order["seconds"] * rate))
    first = _opened(folder / order["files"][0], settings["size"] or _LONG_SIDE)
    wished = {
        "image": first,
        "prompt": order["prompt"],
        "width": first.width,
        "height": first.height,
        "num_frames": frames,
        "fps": rate,
        "frame_rate": rate,
        "num_inference_steps": int(settings["steps"]) if settings["steps"] else None,
        "guidance_scale": settings["guidance"],
        "decode_chunk_size": 2 if settings["memory"] not in (None, "whole") else None,
        "generator": generators(order["seed"], 1)[0],
        "output_type": "pil",
        "callback_on_step_end": steps_told(tell, pipeline),
    }
    pictures = pipeline(**taken(pipeline, wished)).frames[0]
    _write(pictures, folder / "made" / "shot.mp4", rate)
    facts = {
        "width": pictures[0].width,
        "height": pictures[0].height,
        "seconds": len(pictures) / rate,
        "frames": len(pictures),
        "seed": order["seed"],
    }
    return [{"name": "shot.mp4", "media_type": "video/mp4", "facts": facts}]


def _opened(path: Path, long_side: float) -> Image.Image:
    with Image.open(path) as image:
        scale = long_side / max(image.size)
        width, height = (max(_GRID, round(side * scale / _GRID) * _GRID) for side in image.size)
        return image.convert("RGB").resize((width, height))


def _write(pictures: Sequence[Image.Image], path: Path, rate: int) -> None:
    width, height = (side - side % 2 for side in pictures[0].size)
    with SegmentWriter(path, width, height, Rate(rate, 1)) as writer:
        for picture in pictures:
            frame = av.VideoFrame.from_image(picture.convert("RGB"))
            writer.write(
                frame.reformat(
                    width,
                    height,
                    "yuv420p",
                    dst_colorspace=Colorspace.ITU709,
                    dst_color_range=ColorRange.MPEG,
                )
            )
