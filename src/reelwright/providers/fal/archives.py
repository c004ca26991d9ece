"""Pictures to train on, as the archive that fal's trainers read: each with its caption beside it."""

import io
import zipfile
from pathlib import Path

from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import LoraRequest
from reelwright.providers.wire import content_of, suffix_of

MEDIA_TYPE = "application/zip"


def archive_of(request: LoraRequest) -> bytes:
    """The archive. Captions name the trigger: where there are captions, the trainer itself adds none."""
    if request.captions and len(request.captions) != len(request.images):
        raise UnsupportedError(
            f"{len(request.captions)} captions do not fit {len(request.images)} pictures",
            field="captions",
            way_out="give one for each, or none",
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # pictures do not get smaller
        for number, image in enumerate(request.images, 1):
            name = Path(f"{number:04}{suffix_of(image.media_type, image.name)}")
            archive.writestr(str(name), content_of(image))
            if request.captions:
                caption = _named(request.trigger, request.captions[number - 1])
                archive.writestr(str(name.with_suffix(".txt")), caption)
    return file.getvalue()


def _named(trigger: str, caption: str) -> str:
    if trigger.casefold() in caption.casefold():
        return caption
    return f"{trigger}, {caption}" if caption else trigger
