"""Training of LoRA weights on pictures: small matrices beside the attention of a Stable Diffusion model."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import DDPMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.training_utils import cast_training_params
from diffusers.utils import convert_state_dict_to_diffusers
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from PIL import Image, ImageOps

from reelwright.providers.errors import UnsupportedError
from reelwright.providers.local.pipelines import device_of, load
from reelwright.providers.local.telling import Made, Tell

_PERSON, _STYLE = "a photo of {trigger}", "a picture in the style of {trigger}"
_ATTENTION = ["to_k", "to_q", "to_v", "to_out.0"]
_RANK, _LEARNING_RATE, _SIZE = 8, 1e-4, 512
_NAME = "weights.safetensors"


def train(order: Mapping[str, Any], folder: Path, tell: Tell) -> Made:
    """As safetensors; facts: `url` (`local:...`, by which pictures ask for them), steps, loss."""
    pipeline = load(order)
    if not isinstance(pipeline, StableDiffusionPipeline) or not isinstance(
        pipeline.unet, UNet2DConditionModel
    ):
        raise UnsupportedError(
            f"{type(pipeline).__name__} cannot be trained here",
            field="train-lora",
            way_out="name a pipeline of Stable Diffusion 1 or 2 for train-lora",
        )
    course = _Course(pipeline.to(device_of(order["settings"])), order, folder)
    loss = course.run(tell)
    course.save(folder / "made")
    kept = Path(order["keep"])
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "made" / _NAME, kept / f"{folder.name}.safetensors")
    facts = {"url": f"local:{folder.name}", "steps": order["steps"], "loss": loss}
    return [{"name": _NAME, "media_type": "application/octet-stream", "facts": facts}]


class _Course:
    """One training: the noise of each step comes of the order's seed, so that the same order trains the same."""

    def __init__(self, pipeline: Any, order: Mapping[str, Any], folder: Path) -> None:
        self._pipeline, self._order = pipeline, order
        self._noise = torch.Generator("cpu").manual_seed(order["seed"])
        settings = order["settings"]
        self._rate = settings["rate"] or _LEARNING_RATE
        rank = round(settings["rank"] or _RANK)
        unet = pipeline.unet
        for part in (unet, pipeline.vae, pipeline.text_encoder):
            part.requires_grad_(requires_grad=False)
        torch.manual_seed(order["seed"])  # what the matrices begin with
        unet.add_adapter(
            LoraConfig(
                r=rank, lora_alpha=rank, init_lora_weights="gaussian", target_modules=_ATTENTION
            )
        )
        cast_training_params(unet, dtype=torch.float32)
        size = round(settings["size"] or _SIZE)
        self._examples = [
            (self._latents(_opened(folder / name, size)), self._words(number))
            for number, name in enumerate(order["files"])
        ]

    def run(self, tell: Tell) -> float:
        """All steps; answers the mean loss of the last ones."""
        unet = self._pipeline.unet
        scheduler = DDPMScheduler.from_config(self._pipeline.scheduler.config)
        trained = [one for one in unet.parameters() if one.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=self._rate, weight_decay=1e-2)
        unet.train()
        losses: list[float] = []
        steps = self._order["steps"]
        for step in range(steps):
            loss = self._loss(scheduler, *self._examples[step % len(self._examples)])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(float(loss.detach()))
            tell((step + 1) / steps * 0.98)
        last = losses[-20:]
        return sum(last) / len(last)

    def save(self, folder: Path) -> None:
        """Write the weights alone."""
        layers = convert_state_dict_to_diffusers(get_peft_model_state_dict(self._pipeline.unet))
        StableDiffusionPipeline.save_lora_weights(
            folder, unet_lora_layers=layers, weight_name=_NAME, safe_serialization=True
        )

    def _loss(self, scheduler: Any, latents: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        noise = torch.randn(latents.shape, generator=self._noise).to(latents)
        most = scheduler.config.num_train_timesteps
        at = torch.randint(0, most, (1,), generator=self._noise).to(latents.device)
        guess = self._pipeline.unet(scheduler.add_noise(latents, noise, at), at, words).sample
        wanted = noise
        if scheduler.config.prediction_type == "v_prediction":
            wanted = scheduler.get_velocity(latents, noise, at)
        return torch.nn.functional.mse_loss(guess.float(), wanted.float())

    @torch.no_grad()
    def _latents(self, pixels: torch.Tensor) -> torch.Tensor:
        vae = self._pipeline.vae
        pixels = pixels.to(vae.device, vae.dtype)
        mean = vae.encode(pixels).latent_dist.mean
        return mean * vae.config.scaling_factor

    @torch.no_grad()
    def _words(self, number: int) -> torch.Tensor:
        given = self._order["captions"]
        worded = _STYLE if self._order["style"] else _PERSON
        caption = given[number] if number < len(given) and given[number] else worded
        caption = caption.replace("{trigger}", self._order["trigger"])
        told, _ = self._pipeline.encode_prompt(caption, self._pipeline.device, 1, False)
        return told


def _opened(path: Path, size: int) -> torch.Tensor:
    with Image.open(path) as image:
        square = ImageOps.fit(image.convert("RGB"), (size, size))
    pixels = np.asarray(square, np.float32) / 127.5 - 1.0
    return torch.from_numpy(pixels).permute(2, 0, 1).unsqueeze(0)
