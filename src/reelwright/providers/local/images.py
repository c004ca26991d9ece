"""Pictures: from words, or after a picture."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from reelwright.providers.errors import RefusedError, UnsupportedError
from reelwright.providers.local.pipelines import generators, pipeline_for, steps_told, taken
from reelwright.providers.local.telling import Made, Tell


def make_images(order: Mapping[str, Any], folder: Path, tell: Tell) -> Made:
    """As PNG, one after the other: what fits for one picture fits for eight."""
    pipeline = pipeline_for(order)
    first = _opened(folder / order["files"][0], order) if order["files"] else None
    made: Made = []
    with _weighted(pipeline, order["loras"]):
        for number, generator in enumerate(generators(order["seed"], order["count"])):
            seed = order["seed"] + number
            share = _share(tell, number, order["count"])
            picture = _one(pipeline, order, first, generator, steps_told(share, pipeline))
            name = f"picture-{number + 1}.png"
            picture.save(folder / "made" / name)
            facts = {"width": picture.width, "height": picture.height, "seed": seed}
            made.append({"name": name, "media_type": "image/png", "facts": facts})
    return made


def _one(pipeline: Any, order: Mapping[str, Any], first: Any, generator: Any, after: Any) -> Any:
    settings = order["settings"]
    steps = settings["steps"]
    wished = {
        "prompt": order["prompt"],
        "image": first,
        "strength": settings["strength"],
        "width": order["width"],
        "height": order["height"],
        "num_inference_steps": int(steps) if steps else None,
        "guidance_scale": settings["guidance"],
        "generator": generator,
        "callback_on_step_end": after,
    }
    result = pipeline(**taken(pipeline, wished))
    if any(getattr(result, "nsfw_content_detected", None) or ()):
        raise RefusedError("the pipeline's own checker blanked the picture", stage="output")
    return result.images[0]


def _opened(path: Path, order: Mapping[str, Any]) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB").resize((order["width"], order["height"]))


def _share(tell: Tell, number: int, count: int) -> Tell:
    def heard(fraction: float) -> None:
        tell((number + fraction) / count)

    return heard


@contextmanager
def _weighted(pipeline: Any, loras: list[dict[str, Any]]) -> Iterator[None]:
    """The pipeline with trained weights laid over its own, and without them afterwards."""
    if not loras:
        yield
        return
    names = [f"weights_{number}" for number in range(len(loras))]
    try:
        for name, lora in zip(names, loras, strict=True):
            path = Path(lora["path"])
            pipeline.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name=name)
        pipeline.set_adapters(names, adapter_weights=[lora["scale"] for lora in loras])
    except (ValueError, KeyError, RuntimeError, AttributeError) as error:
        _unload(pipeline)
        raise UnsupportedError(
            f"these weights do not fit this pipeline: {str(error)[:200]}", field="loras"
        ) from error
    try:
        yield
    finally:
        _unload(pipeline)


def _unload(pipeline: Any) -> None:
    if hasattr(pipeline, "unload_lora_weights"):
        pipeline.unload_lora_weights()
