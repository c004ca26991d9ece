"""What is asked of the helper process: a request in plain JSON, with its files in the order's own folder."""

import asyncio
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reelwright.engines.http.client import Http
from reelwright.engines.storage.files import environment
from reelwright.ground.digests import digest
from reelwright.providers import wire
from reelwright.providers.contract import Access, Call
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.local.places import Place, weights
from reelwright.providers.prompts import (
    ImageRequest,
    Lora,
    LoraRequest,
    Media,
    VideoRequest,
    media_of,
)

_HUB = re.compile(r"hub:([\w.-]+/[\w.-]+)")
_OURS = re.compile(r"local:(\w+)")
_INSTEAD = {"image-to-image": "text-to-image", "train-lora": "text-to-image"}
_CHOICES: Mapping[str, Sequence[str]] = {
    "device": ("cuda", "mps", "cpu"),
    "dtype": ("float16", "bfloat16", "float32"),
    "memory": ("whole", "offload", "sequential", "slices"),
}
_NUMBERS: Mapping[str, tuple[float, float]] = {
    "steps": (1, 200),
    "guidance": (0, 30),
    "strength": (0.05, 1),
    "fps": (1, 60),
    "rank": (1, 256),
    "size": (16, 2048),
    "rate": (1e-7, 1),
}
_SIDES = 8  # sides of pictures are whole multiples of this in every latent model


def source_of(access: Access, operation: str) -> str:
    """The pipeline an account names for an operation: a folder that is there, or `hub:owner/name`.

    Only what begins with `hub:` may be downloaded, and it is the user who wrote it. Raises UnsupportedError.
    """
    more = access.more
    named = more.get(operation) or more.get(_INSTEAD.get(operation, ""))
    if not named:
        raise UnsupportedError(
            f"the account names no pipeline for {operation}",
            field=operation,
            way_out=f"reelwright accounts add local --more {operation}=/models/NAME (or hub:OWNER/NAME)",
        )
    if _HUB.fullmatch(named):
        return named
    folder = Path(named).expanduser()
    if not folder.is_absolute() or not (folder / "model_index.json").is_file():
        raise UnsupportedError(
            f"no pipeline of diffusers lies in {named[:200]!r}",
            field=operation,
            way_out="name its whole folder (with model_index.json), or hub:OWNER/NAME to have it downloaded",
        )
    return str(folder)


async def order_of(call: Call, place: Place, http: Http) -> dict[str, Any]:
    """A call as JSON; its files and weights are put beside it. Raises UnsupportedError, UnavailableError."""
    access, operation = call.access, call.model.endpoint
    told: dict[str, Any] = {
        "operation": operation,
        "source": source_of(access, operation),
        "settings": settings_of(access),
        "files": [_copied(media, place, n) for n, media in enumerate(_media(call))],
    }
    seed = getattr(call.request, "seed", None)
    told["seed"] = int(digest(call.reference)[:8], 16) >> 1 if seed is None else seed
    match call.request:
        case ImageRequest() as asked:
            told |= {"prompt": asked.prompt, "count": asked.count}
            told |= {"width": _side(asked.width), "height": _side(asked.height)}
            told["loras"] = [
                {"path": await _weights(one, n, place, access, http), "scale": one.scale}
                for n, one in enumerate(asked.loras)
            ]
        case VideoRequest() as asked:
            told |= {"prompt": asked.prompt, "seconds": asked.seconds}
            told |= {"aspect": asked.aspect, "resolution": asked.resolution}
        case LoraRequest() as asked:
            told |= {"trigger": asked.trigger, "steps": asked.steps, "style": asked.style}
            told |= {"captions": list(asked.captions), "keep": str(weights())}
        case _:
            raise UnsupportedError(f"{call.model.title} makes no {call.request.operation}")
    return told


def settings_of(access: Access) -> dict[str, Any]:
    """How the account wants it run; raises UnsupportedError for what nobody can mean."""
    told: dict[str, Any] = {}
    for name, allowed in _CHOICES.items():
        value = access.more.get(name)
        if value and value not in allowed:
            raise UnsupportedError(f"{name} is one of {', '.join(allowed)}", field=name)
        told[name] = value
    for name, (least, most) in _NUMBERS.items():
        value = access.more.get(name)
        try:
            told[name] = float(value) if value else None
        except ValueError:
            raise UnsupportedError(f"{name} is a number", field=name) from None
        if told[name] is not None and not least <= told[name] <= most:
            raise UnsupportedError(f"{name} is between {least:g} and {most:g}", field=name)
    return told


def _media(call: Call) -> Sequence[Media]:
    request = call.request
    return (
        media_of(request) if isinstance(request, ImageRequest | VideoRequest | LoraRequest) else ()
    )


def _side(pixels: int) -> int:
    return max(_SIDES, round(pixels / _SIDES) * _SIDES)


def _copied(media: Media, place: Place, number: int) -> str:
    with environment("cannot keep what is to be made here"):
        name = f"input-{number}{wire.suffix_of(media.media_type)}"
        shutil.copyfile(media.path, place.folder / name)
    return name


async def _weights(lora: Lora, number: int, place: Place, access: Access, http: Http) -> str:
    """Weights on disk: trained here (`local:...`), in the account's folder of them, or fetched from an address."""
    ours = _OURS.fullmatch(lora.url)
    if ours:
        found = weights() / f"{ours[1]}.safetensors"
    elif lora.url.startswith(("http://", "https://")):
        found, _ = await wire.download(http, lora.url, place.folder, f"weights-{number}")
        return str(await asyncio.to_thread(found.rename, found.with_suffix(".safetensors")))
    else:
        found = await asyncio.to_thread(_on_shelf, lora, access)
    if found.suffix != ".safetensors" or not await asyncio.to_thread(found.is_file):
        raise UnsupportedError(
            f"no weights (.safetensors) lie at {lora.url[:200]!r}", field="loras"
        )
    return str(found)


def _on_shelf(lora: Lora, access: Access) -> Path:
    shelf = access.more.get("loras")
    root = Path(shelf).expanduser().resolve() if shelf else None
    found = (root / lora.url).resolve() if root else Path(lora.url)
    # Whoever may ask for a picture may not for that read any file of this machine.
    if root is None or not found.is_relative_to(root):
        raise UnsupportedError(
            "these weights lie outside the account's folder of weights",
            field="loras",
            way_out="reelwright accounts add local --more loras=/models/loras",
        )
    return found
