"""Bytes of the library by signed URL: the signature is the right to read, nothing else is asked."""

from collections.abc import AsyncIterator

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.signing import Granted, SignedUrls, disposition
from reelwright.faces.web.problems import answer, declared
from reelwright.ground.digests import digest
from reelwright.library.assets import TakenDownError
from reelwright.library.takedowns import Takedowns
from reelwright.projects.sharing import ProjectSharingService

_FOR_EVER = "private, max-age=31536000, immutable"
_MOST_DIGITS = 18

router = APIRouter(prefix="/media", tags=["media"], route_class=DishkaRoute)


@router.api_route(
    "/{key:path}",
    methods=["GET", "HEAD"],
    response_class=Response,
    responses={
        200: {"content": {"*/*": {}}},
        206: {"description": "The range"},
        304: {"description": "Unchanged"},
        **{k: v for k, v in declared(403, 404, 416, 451).items() if k != 401},
    },
    include_in_schema=False,
)
async def read_media(
    key: str,
    request: Request,
    urls: FromDishka[SignedUrls],
    objects: FromDishka[Objects],
    takedowns: FromDishka[Takedowns],
) -> Response:
    """The bytes a signed URL grants; whole, or the ranges that are asked for."""
    granted = urls.verify(key, request.query_params)
    if granted.bound is not None:
        sharing = await request.app.state.dishka_container.get(ProjectSharingService)
        await sharing.require_live(granted.bound)
    if await takedowns.is_held_back(key):
        raise TakenDownError
    headers = _headers(granted)
    if headers["ETag"] in [
        tag.strip() for tag in request.headers.get("if-none-match", "").split(",")
    ]:
        return Response(status_code=304, headers=headers)
    whole = await objects.open_range(key)
    if whole.path is not None:
        await _close(whole.chunks)
        return FileResponse(whole.path, headers=headers, media_type=granted.media_type)
    wanted = _range(request, headers["ETag"])
    if wanted is None:
        body = None if request.method == "HEAD" else whole.chunks
        return _streamed(200, body, whole.size, headers, granted.media_type)
    await _close(whole.chunks)
    start, end = wanted
    if start >= whole.size or (end is not None and end <= start >= 0):
        headers = {"Content-Range": f"bytes */{whole.size}"}
        return answer(request.scope, 416, "range_unsatisfiable", "no such bytes", headers=headers)
    part = await objects.open_range(key, start, end)
    headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{part.size}"
    body = None if request.method == "HEAD" else part.chunks
    return _streamed(206, body, part.end - part.start, headers, granted.media_type)


def _headers(granted: Granted) -> dict[str, str]:
    """What goes with the bytes. Keys name content, so it never changes under one."""
    name = granted.name or granted.key.rsplit("/", 1)[-1]
    return {
        "ETag": f'"{digest([granted.key, granted.media_type])[:32]}"',
        "Cache-Control": "private, no-cache" if granted.bound else _FOR_EVER,
        "Content-Disposition": disposition(granted.media_type, name),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Accept-Ranges": "bytes",
    }


def _range(request: Request, etag: str) -> tuple[int, int | None] | None:
    """One range that was asked for, (start, end) as `open_range` takes it; else all bytes."""
    condition = request.headers.get("if-range")
    units, _, text = request.headers.get("range", "").partition("=")
    first, dash, last = (part.strip() for part in text.partition("-"))
    numbers = all(part == "" or (part.isascii() and part.isdigit()) for part in (first, last))
    if condition not in {None, etag} or units.strip().lower() != "bytes" or not dash or not numbers:
        return None
    if first:
        return _number(first), _number(last) + 1 if last else None
    return (-_number(last), None) if last and _number(last) else None


def _number(digits: str) -> int:
    """However long it is: behind every end, one number is as good as another."""
    plain = digits.lstrip("0") or "0"
    return int(plain) if len(plain) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _streamed(
    status: int,
    body: AsyncIterator[bytes] | None,
    length: int,
    headers: dict[str, str],
    media_type: str,
) -> Response:
    headers = headers | {"Content-Length": str(length)}
    if body is None:
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(body, status, headers, media_type=media_type)


async def _close(chunks: AsyncIterator[bytes]) -> None:
    aclose = getattr(chunks, "aclose", None)
    if aclose is not None:
        await aclose()
