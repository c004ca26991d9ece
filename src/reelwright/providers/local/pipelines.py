"""Pipelines of diffusers, loaded as the account wants them; the last one stays loaded for the next order."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image, DiffusionPipeline

from reelwright.providers.errors import UnsupportedError

_CLASSES = {
    "text-to-image": AutoPipelineForText2Image,
    "image-to-image": AutoPipelineForImage2Image,
}
_loaded: dict[str, Any] = {}


def device_of(settings: Mapping[str, Any]) -> str:
    """Where it runs: as the account says, else on the best there is."""
    if settings["device"]:
        return settings["device"]
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def dtype_of(settings: Mapping[str, Any], device: str) -> torch.dtype:
    """How numbers are kept: halves on a GPU, whole on a processor, which knows no others well."""
    named = settings["dtype"] or ("float16" if device == "cuda" else "float32")
    return getattr(torch, named)


def pipeline_for(order: Mapping[str, Any]) -> Any:
    """The order's pipeline, loaded. Raises UnsupportedError when what is named is none for it."""
    key = repr((order["operation"], order["source"], sorted(order["settings"].items(), key=str)))
    if key not in _loaded:
        _loaded.clear()  # two would seldom fit
        _loaded[key] = _placed(load(order), order["settings"])
    return _loaded[key]


def load(order: Mapping[str, Any]) -> Any:
    """A pipeline in this process's memory. No code from its folder is run, and no pickles are opened."""
    source, settings = order["source"], order["settings"]
    hub = source.startswith("hub:")
    kind = _CLASSES.get(order["operation"], DiffusionPipeline)
    try:
        pipeline = kind.from_pretrained(
            source.removeprefix("hub:"),
            torch_dtype=dtype_of(settings, device_of(settings)),
            use_safetensors=True,
            local_files_only=not hub,
        )
    except (OSError, ValueError, ImportError, AttributeError, KeyError) as error:
        raise UnsupportedError(
            f"{source} does not load for {order['operation']}: {str(error)[:300]}",
            field=order["operation"],
            way_out="name a whole pipeline of diffusers for it, with weights as safetensors",
        ) from error
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _placed(pipeline: Any, settings: Mapping[str, Any]) -> Any:
    device, memory = device_of(settings), settings["memory"]
    if memory == "offload" and device != "cpu":
        pipeline.enable_model_cpu_offload(device=device)
        return pipeline
    if memory == "sequential" and device != "cpu":
        pipeline.enable_sequential_cpu_offload(device=device)
        return pipeline
    if memory in ("offload", "sequential", "slices"):
        pipeline.enable_attention_slicing()
        for saving in ("enable_slicing", "enable_tiling"):
            if hasattr(getattr(pipeline, "vae", None), saving):
                getattr(pipeline.vae, saving)()
    return pipeline.to(device)


def taken(pipeline: Any, wished: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is wished for, what this pipeline's call has a parameter for."""
    known = inspect.signature(pipeline.__call__).parameters
    return {name: value for name, value in wished.items() if name in known and value is not None}


def generators(seed: int, count: int) -> list[torch.Generator]:
    """One for each picture, always the processor's: the same seed is the same noise on every device."""
    return [torch.Generator("cpu").manual_seed(seed + number) for number in range(count)]


def steps_told(tell: Callable[[float], None], pipeline: Any) -> Callable[..., dict[str, Any]]:
    """What a pipeline calls after each step."""

    def after(_: Any, step: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        tell((step + 1) / max(1, pipeline.num_timesteps) * 0.95)
        return tensors

    return after
