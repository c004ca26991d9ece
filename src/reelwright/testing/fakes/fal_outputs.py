"""What the fake of fal makes of an input, or says is wrong with it."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reelwright.testing.fakes.media import clip, mp3, picture
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import Work

_DOCS = "https://docs.fal.ai/errors"
_UNFIT = re.compile(r"fal-ai/flux(/|-lora$|-lora/|-pro/)")  # models that say has_nsfw_concepts


@dataclass(frozen=True)
class Made:
    """The answer where the result should be, and files by their path in the store.

    Of a failure `kind` is the platform's type of it (a model's own stands in the body), and
    `complaint` what the status says.
    """

    body: Mapping[str, Any]
    status: int = 200
    kind: str | None = None
    complaint: str = ""
    files: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)


def made_of(work: Work, store: str, stored: Collection[str]) -> Made:
    """What has become of a finished work; `store` is where files are, `stored` what is there."""
    if work.cancelled:
        return _platform(499, "client_cancelled", "Request was cancelled by the client")
    fault = _fault(work, store, stored)
    if fault is not None:
        return fault
    files = dict(_files(work))
    body = _body(work, [f"{store}/{name}" for name in files], files)
    return Made(body, files=files)


def _fault(work: Work, store: str, stored: Collection[str]) -> Made | None:
    match work.mood:
        case Mood.BAD_INPUT:
            return _model(422, "less_than_equal", ["body", "num_images"], "Too many")
        case Mood.REFUSE:
            return _model(422, "content_policy_violation", ["body", "prompt"], "Flagged")
        case Mood.REFUSE_LATER if not _UNFIT.match(work.endpoint):
            return _model(422, "no_media_generated", ["body"], "No media was generated")
        case Mood.FAIL_LATER if "video" in work.endpoint:
            return _model(400, "downstream_service_error", ["body"], "The partner failed")
        case Mood.FAIL_LATER:
            return _platform(500, "runner_server_error", "Runner failed")
    for name, value in work.asked.items():
        if name == "images_data_url" or not name.endswith(("_url", "_urls")):
            continue
        for url in value if isinstance(value, list) else [value]:
            if url.startswith(store) and url.removeprefix(f"{store}/") not in stored:
                return _model(422, "file_download_error", ["body", name], f"No file at {url}")
    return None


def _model(status: int, kind: str, where: list[str], words: str) -> Made:
    detail = {"loc": where, "msg": words, "type": kind, "url": f"{_DOCS}#{kind}", "input": {}}
    return Made({"detail": [detail]}, status, complaint=f"Invalid status code: {status}")


def _platform(status: int, kind: str, words: str) -> Made:
    return Made({"detail": words, "error_type": kind}, status, kind, complaint=words)


def _body(work: Work, urls: list[str], files: Mapping[str, tuple[bytes, str]]) -> dict[str, Any]:
    """The answer as the model's family words it."""
    told = [
        {"url": url, "content_type": kind, "file_name": url.rpartition("/")[2], "file_size": len(content)}
        for url, (content, kind) in zip(urls, files.values(), strict=True)
    ]  # fmt: skip
    seed = work.asked.get("seed", work.number)
    match _family(work.endpoint):
        case "weights":
            return {"diffusers_lora_file": told[0], "config_file": told[1]}
        case "world":
            return {"world_file": told[0]}
        case "panorama":
            return {"image": told[0] | {"width": 512, "height": 256}}
        case "sound":
            return {"audio": told[0]}
        case "video":
            return {"video": told[0]}
    width, height = _size(work)
    images = [one | {"width": width, "height": height} for one in told]
    body = {"images": images, "seed": seed, "prompt": work.asked.get("prompt", ""), "timings": {}}
    if _UNFIT.match(work.endpoint):
        unfit = work.mood is Mood.REFUSE_LATER
        body |= {"has_nsfw_concepts": [unfit] * len(images)}
    return body


def _files(work: Work) -> Iterator[tuple[str, tuple[bytes, str]]]:
    def named(name: str) -> str:
        return f"made/{work.remote_id}/{name}"

    match _family(work.endpoint):
        case "weights":
            yield named("lora.safetensors"), (_weights(work), "application/octet-stream")
            config = json.dumps(dict(work.asked)).encode()
            yield named("config.json"), (config, "application/json")
        case "world":
            yield named("world.zip"), (_world(), "application/zip")
        case "panorama":
            yield named("panorama.png"), (picture(512, 256, work.number), "image/png")
        case "sound":
            yield named("sound.mp3"), (mp3(_seconds(work), work.number), "audio/mpeg")
        case "video":
            tall = work.asked.get("aspect_ratio") == "9:16"
            size = (180, 320) if tall else (320, 180)
            yield named("shot.mp4"), (clip(_seconds(work), *size, work.number), "video/mp4")
        case _:
            kind = work.asked.get("output_format", "jpeg")
            for number in range(work.asked.get("num_images", 1)):
                content = picture(*_size(work), work.number + number, kind)
                yield named(f"{number}.{kind}"), (content, f"image/{kind}")


def _family(endpoint: str) -> str:
    """What comes of a model."""
    words = (
        ("weights", "training trainer"),
        ("world", "image-to-world"),
        ("panorama", "hunyuan_world"),
        ("sound", "music audio tts sound-effects"),
        ("video", "veo video wan/ pixverse lucy"),
    )
    return next((kind for kind, some in words if any(w in endpoint for w in some.split())), "")


def _size(work: Work) -> tuple[int, int]:
    asked = work.asked.get("image_size")
    return (asked["width"], asked["height"]) if isinstance(asked, dict) else (320, 180)


def _seconds(work: Work) -> float:
    """How long it was asked to be, in the words of any model."""
    asked = work.asked
    if "music_length_ms" in asked:
        return asked["music_length_ms"] / 1000
    length = asked.get("duration") or asked.get("seconds_total") or asked.get("duration_seconds")
    return float(str(length).rstrip("s")) if length else 2.0


def _weights(work: Work) -> bytes:
    """An empty file of weights, as safetensors writes one."""
    about = json.dumps({"__metadata__": {"trigger": work.asked.get("trigger_word", "")}}).encode()
    return struct.pack("<Q", len(about)) + about


def _world() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mesh_layer0.ply", "ply\nformat ascii 1.0\nelement vertex 0\nend_header\n")
    return file.getvalue()
