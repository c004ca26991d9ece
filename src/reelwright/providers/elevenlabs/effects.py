"""Sound effects."""

from typing import Any

from reelwright.providers.catalogue import Model
from reelwright.providers.elevenlabs.shapes import Ask
from reelwright.providers.prompts import SoundEffectRequest


def ask(model: Model, request: SoundEffectRequest) -> Ask:
    """The request for a sound; without a length the model chooses one that suits."""
    body: dict[str, Any] = {"text": request.prompt, "model_id": model.endpoint}
    if request.seconds is not None:
        body["duration_seconds"] = model.limits.fit(request.seconds)
    return Ask("/v1/sound-generation", body, {"output_format": model.defaults["output_format"]})
