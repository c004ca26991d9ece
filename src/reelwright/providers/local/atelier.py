"""The helper process: reads an order, makes it, and writes down how it ended. Only here is torch imported."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reelwright.engines.processes.child import serve
from reelwright.ground.errors import ReelwrightError
from reelwright.providers.errors import ProviderError, UnsupportedError
from reelwright.providers.local.errors import StoppedError, told
from reelwright.providers.local.places import ERROR, ORDER, OUTCOME, Place
from reelwright.providers.local.telling import Made, Tell


def handle(message: dict[str, Any]) -> dict[str, Any]:
    """Work an order off. Nothing is raised for foreseen trouble: it stands in the order's folder."""
    place = Place(Path(message["folder"]))
    order = place.read(ORDER) or {}
    parent = os.getppid()

    def tell(fraction: float) -> None:
        if os.getppid() != parent:  # nobody waits for the answer: another process begins it again
            os._exit(0)
        if place.cancelled:
            raise StoppedError
        place.note_progress(min(1.0, fraction))

    try:
        products = _maker(order["operation"])(order, place.folder, tell)
    except ReelwrightError as error:
        place.end(ERROR, told(error))
    except Exception as error:  # noqa: BLE001  # a library's own; whoever asked is to hear of it
        place.end(ERROR, told(_foreseen(error)))
    else:
        place.end(OUTCOME, {"products": products})
    return {}


def _maker(operation: str) -> Callable[[Mapping[str, Any], Path, Tell], Made]:
    match operation:
        case "text-to-image" | "image-to-image":
            from reelwright.providers.local.images import make_images as maker  # noqa: PLC0415  # torch
        case "image-to-video":
            from reelwright.providers.local.shots import make_shot as maker  # noqa: PLC0415
        case _:
            from reelwright.providers.local.training import train as maker  # noqa: PLC0415
    return maker


def _foreseen(error: Exception) -> ProviderError:
    if type(error).__name__ == "OutOfMemoryError":
        return UnsupportedError(
            "this does not fit into the device's memory",
            way_out="ask for less, or set memory=offload (or sequential) in the account",
        )
    return ProviderError(f"{type(error).__name__}: {str(error)[:500]}")


if __name__ == "__main__":
    serve(handle)
