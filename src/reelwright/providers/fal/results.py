"""What fal answers: a place in the queue, where a request stands, and what was made."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel

from reelwright.engines.http.client import Answer
from reelwright.providers.complaints import Complaint
from reelwright.providers.errors import ProviderError, RefusedError, UnknownTicketError
from reelwright.providers.fal.errors import complaint_of, error_of
from reelwright.providers.wire import shaped

_OF_THE_ACCOUNT = frozenset({401, 402, 403, 429})


class Submitted(BaseModel):
    """A request that was taken."""

    request_id: str
    status_url: str
    response_url: str
    cancel_url: str

    @property
    def urls(self) -> dict[str, str]:
        """By the names tickets give them."""
        return {
            "status": self.status_url,
            "result": self.response_url,
            "cancel": self.cancel_url,
        }


class Line(BaseModel):
    """A line of a model's log."""

    message: str = ""


class Progress(BaseModel):
    """Where a request stands. There is no state of failure: it is completed, with an error."""

    status: Literal["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]
    queue_position: int | None = None
    logs: list[Line] | None = None
    error: str | None = None
    error_type: str | None = None


class File(BaseModel):
    """Something made."""

    url: str
    content_type: str | None = None
    file_name: str | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None


class Result(BaseModel):
    """What any model answers: it fills one of these."""

    images: list[File] = []
    image: File | None = None
    video: File | None = None
    audio: File | None = None
    world_file: File | None = None
    diffusers_lora_file: File | None = None
    seed: int | None = None
    has_nsfw_concepts: list[bool] | None = None

    def files(self) -> Iterator[File]:
        """All that may be shown: a picture the model blackened is not among them."""
        unfit = self.has_nsfw_concepts or []
        for number, file in enumerate(self.images):
            if number >= len(unfit) or not unfit[number]:
                yield file
        single = (self.image, self.video, self.audio, self.world_file, self.diffusers_lora_file)
        yield from (file for file in single if file is not None)

    def facts(self, file: File) -> dict[str, Any]:
        """What it tells of a file."""
        known = {
            "width": file.width,
            "height": file.height,
            "seconds": file.duration,
            "seed": self.seed,
        }
        if file is self.diffusers_lora_file:
            known |= {"url": file.url}  # by which it is used
        return {name: value for name, value in known.items() if value is not None}


def verdict(answer: Answer, progress: Progress | None = None) -> Result | ProviderError:
    """What became of a request, by the answer where its result should be.

    Raises what says nothing of the request itself: a key that is not accepted, a service that is away.
    """
    told = None if progress is None else progress.error
    if answer.status < 400:
        if progress is not None and told is not None:
            return error_of(Complaint(500, progress.error_type or "", message=told))
        return _fit(shaped(answer, Result))
    complaint = complaint_of(answer)
    if progress is not None and told is not None:
        return error_of(replace(complaint, kind=complaint.kind or progress.error_type or ""))
    if answer.status == 404 and not complaint.kind:
        raise UnknownTicketError("fal keeps the result no longer")
    if answer.status in _OF_THE_ACCOUNT or not complaint.kind:
        raise error_of(complaint)
    return error_of(complaint)


def _fit(result: Result) -> Result | ProviderError:
    if any(result.files()):
        return result
    if result.has_nsfw_concepts and any(result.has_nsfw_concepts):
        return RefusedError("fal found what was made unfit to be shown", stage="output", paid=True)
    return ProviderError("fal answered without any file")
