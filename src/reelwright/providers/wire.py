"""What adapters share on the wire: one request that may be billed, many that may not, files both ways."""

import base64
import mimetypes
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from reelwright.engines.http import failures
from reelwright.engines.http.client import Answer, Form, Http
from reelwright.engines.storage.files import environment
from reelwright.providers.errors import (
    NotSentError,
    ProviderError,
    UnavailableError,
    UnknownOutcomeError,
)
from reelwright.providers.prompts import Media

Shape = TypeVar("Shape", bound=BaseModel)


class Told(BaseModel):
    """What a vendor tells; whatever it tells besides is left aside."""

    model_config = ConfigDict(extra="ignore")


PATIENCE_S = 180.0
"""How long a vendor that answers with the finished thing may be silent."""

_SUFFIXES = {"audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/x-wav": ".wav", "image/jpeg": ".jpg",
             "image/webp": ".webp", "video/mp4": ".mp4", "model/gltf-binary": ".glb"}  # fmt: skip


async def send_paid(
    http: Http,
    url: str,
    body: Any = None,
    *,
    headers: Mapping[str, str],
    form: Form | None = None,
    within_s: float | None = None,
    method: str = "POST",
) -> Answer:
    """The one request that may be billed. Raises NotSentError, or UnknownOutcomeError when it may have arrived."""
    async with send_paid_stream(
        http, url, body, headers=headers, form=form, within_s=within_s, method=method
    ) as (answer, parts):
        return await whole(answer, parts)


@asynccontextmanager
async def send_paid_stream(
    http: Http,
    url: str,
    body: Any = None,
    *,
    headers: Mapping[str, str],
    form: Form | None = None,
    within_s: float | None = None,
    method: str = "POST",
) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
    """The same, with the answer read as it comes. Some vendors bill for what is asked with `GET`."""
    patience_s = PATIENCE_S if within_s is None else within_s
    try:
        async with http.post_stream(
            url, body, headers=headers, form=form, within_s=patience_s, method=method
        ) as (answer, parts):
            yield answer, parts
    except (failures.NotSentError, failures.AddressRefusedError) as error:
        raise NotSentError(error.message) from error
    except (failures.UnreachableError, failures.TooLargeError) as error:
        raise UnknownOutcomeError(error.message) from error


async def read(http: Http, url: str, *, headers: Mapping[str, str]) -> Answer:
    """A request that costs nothing and may be repeated. Raises UnavailableError."""
    try:
        return await http.get(url, headers=headers)
    except failures.UnreachableError as error:
        raise UnavailableError(error.message) from error


async def tell(
    http: Http,
    url: str,
    body: Any = None,
    *,
    headers: Mapping[str, str],
    form: Form | None = None,
    content: bytes | None = None,
    method: str = "POST",
) -> Answer:
    """A writing request that is never billed: an upload, a cancel.

    Raises UnavailableError, and NotSentError where the vendor has seen nothing of it.
    """
    try:
        return await http.post(
            url, body, headers=headers, form=form, content=content, method=method
        )
    except failures.NotSentError as error:
        raise NotSentError(error.message) from error
    except failures.UnreachableError as error:
        raise UnavailableError(error.message) from error


async def download(
    http: Http, url: str, folder: Path, name: str, *, headers: Mapping[str, str] | None = None
) -> tuple[Path, str]:
    """A finished file into `folder`: its path and media type. Raises UnavailableError when it is not to be had."""
    path = folder / name
    try:
        with environment("cannot keep what the vendor made"):
            answer = await http.download(url, path, headers=headers)
    except failures.UnreachableError as error:
        raise UnavailableError(error.message) from error
    if answer.status != 200:
        raise UnavailableError(f"a finished file is not to be had (HTTP {answer.status})")
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    media_type = media_type or "application/octet-stream"
    whole = path.with_suffix(suffix_of(media_type, url))
    path.rename(whole)
    return whole, media_type


def save(content: bytes, folder: Path, name: str, media_type: str) -> Path:
    """What came in the answer itself, as a file."""
    path = folder / f"{name}{suffix_of(media_type)}"
    with environment("cannot keep what the vendor made"):
        path.write_bytes(content)
    return path


def suffix_of(media_type: str, url: str = "") -> str:
    """The ending of a file of that type, as the trade writes it."""
    known = _SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type)
    return known or Path(url.partition("?")[0]).suffix or ".bin"


def content_of(media: Media) -> bytes:
    """What is in a file."""
    with environment("cannot read what is to be handed along"):
        return media.path.read_bytes()


def in_base64(media: Media) -> str:
    """A file's content in base 64."""
    return base64.b64encode(content_of(media)).decode("ascii")


def data_uri(media: Media) -> str:
    """A file as a `data:` address."""
    return f"data:{media.media_type};base64,{in_base64(media)}"


def shaped(answer: Answer, shape: type[Shape], *, paid: bool = False) -> Shape:
    """The answer's JSON as a typed model. Of a paid request, an answer nobody can read is an unknown outcome."""
    try:
        return shape.model_validate_json(answer.body)
    except ValidationError as error:
        what = f"{failures.shown(answer.url)} answered what nobody foresaw ({error.error_count()} faults)"
        raise (UnknownOutcomeError(what) if paid else ProviderError(what)) from None


async def whole(answer: Answer, parts: AsyncIterator[bytes]) -> Answer:
    """An answer whose parts are still coming, with its body."""
    body = bytearray()
    async for some in parts:
        body += some
    return Answer(answer.status, answer.url, answer.headers, bytes(body))
