"""Uploads that go on where they broke off: the tus protocol 1.0, https://tus.io/protocols/resumable-upload."""

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from reelwright.app.settings import WebSettings
from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import API, FILES, PIECE, UploadInPath, content_type, locate
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.visitors import Scope as Right
from reelwright.library.upload_service import UploadService
from reelwright.library.uploads import ALGORITHMS, Checksum, NewUpload, Upload, UploadState
from reelwright.projects.service import ProjectService
from reelwright.projects.types import LARGEST_FILE

_VERSION = "1.0.0"
_EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
_LONGEST_METADATA = 8192


class PieceRoute(GuardedRoute):
    """A guarded path that speaks tus: every answer says its version, and other versions are refused."""

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def speaking(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Tus-Resumable", _VERSION)
            await send(message)

        await super().handle(scope, receive, speaking)

    @override
    def most(self, settings: WebSettings, kind: str) -> int:
        return LARGEST_FILE if kind in FILES else settings.max_body


router = APIRouter(prefix="/uploads", tags=["uploads"], route_class=PieceRoute)


class UploadView(BaseModel):
    """A file that is coming: `offset` of `size` bytes are here; `asset_id` is there when it is finished."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    size: int
    offset: int
    project_type: str
    project_id: str | None
    state: UploadState
    asset_id: str | None
    error: dict[str, Any] | None
    expires_at: datetime
    created_at: datetime


def _view(one: Upload) -> UploadView:
    return UploadView(
        id=one.id,
        name=one.name,
        size=one.size,
        offset=one.received,
        project_type=one.project_type,
        project_id=one.project_id,
        state=one.state,
        asset_id=one.asset_id if one.state is UploadState.FINISHED else None,
        error=dict(one.error) if one.error else None,
        expires_at=one.expires_at,
        created_at=one.created_at,
    )


_BYTES: dict[str, Any] = {
    "requestBody": {"content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}}
}


def _header(name: str, what: str, *, required: bool = True) -> dict[str, Any]:
    schema = {"type": "string"}
    return {"name": name, "in": "header", "required": required, "description": what} | {
        "schema": schema
    }


def _answers(status: int) -> dict[int | str, dict[str, Any]]:
    """What an answer about an upload says in its headers."""
    said = {
        "Upload-Offset": "How many bytes are here.",
        "Upload-Expires": "When it is forgotten.",
        "Content-Location": "The asset, when it is finished.",
    }
    headers = {
        name: {"description": what, "schema": {"type": "string"}} for name, what in said.items()
    }
    return {status: {"description": HTTPStatus(status).phrase, "headers": headers}}


_SPEAKS = _header("Tus-Resumable", "1.0.0")
_CHECKSUM = _header("Upload-Checksum", "An algorithm and a digest in base 64.", required=False)
_CREATING = [
    _SPEAKS,
    _header("Upload-Length", "How many bytes there are."),
    _header("Upload-Metadata", "Names, each with a value in base 64.", required=False),
    _CHECKSUM,
]
_APPENDING = [_SPEAKS, _header("Upload-Offset", "Where the bytes begin."), _CHECKSUM]


@router.options("", status_code=204, responses=declared())
@asks(Role.GUEST)
async def describe_uploads(_: Caller, response: Response) -> None:
    """What of the protocol is spoken here, and how large a file may be."""
    response.headers["Tus-Version"] = _VERSION
    response.headers["Tus-Extension"] = _EXTENSIONS
    response.headers["Tus-Max-Size"] = str(LARGEST_FILE)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)


@router.post(
    "",
    status_code=201,
    response_class=Response,
    responses=_answers(201) | declared(400, 404, 409, 412, 413, 415, 422, 429, 460),
    openapi_extra=_BYTES | {"parameters": _CREATING},
)
@asks(Role.GUEST, Right.WRITE)
async def create_upload(
    who: Caller,
    request: Request,
    response: Response,
    uploads: FromDishka[UploadService],
    projects: FromDishka[ProjectService],
) -> None:
    """Announce a file, and send its beginning if wanted.

    `Upload-Metadata` may say `filename`, and `project_id` or `project_type`.
    """
    _check_version(request)
    size = _number(request, "upload-length")
    told = _metadata(request)
    new = await _announced(who, size, told, projects)
    upload = await uploads.create(who, new)
    locate(response, "uploads", upload.id)
    if request.headers.get("content-length", "0") != "0":
        _check_piece(request)
        checksum = _checksum(request)
        upload = await uploads.append(who, upload.id, 0, _body(request), checksum)
    _describe(response, upload)


async def _announced(
    who: Principal, size: int, told: Mapping[str, str], projects: ProjectService
) -> NewUpload:
    name = told.get("filename") or told.get("name") or "file"
    if "project_id" in told:
        project = await projects.get(who, ProjectId.parse(told["project_id"]))
        return NewUpload(name, size, project.project_type, project.id)
    return NewUpload(name, size, told.get("project_type", "custom"))


@router.head(
    "/{upload_id}",
    response_class=Response,
    responses=_answers(200) | declared(404, 412),
    openapi_extra={"parameters": [_SPEAKS]},
)
@asks(Role.GUEST)
async def find_upload_offset(
    who: Caller, upload_id: UploadInPath, request: Request, uploads: FromDishka[UploadService]
) -> Response:
    """Where to go on."""
    _check_version(request)
    upload = await uploads.finish(who, upload_id)
    answer = Response(headers={"Cache-Control": "no-store", "Upload-Length": str(upload.size)})
    _describe(answer, upload)
    return answer


@router.get("/{upload_id}", responses=declared(404))
@asks(Role.GUEST)
async def get_upload(
    who: Caller, upload_id: UploadInPath, uploads: FromDishka[UploadService]
) -> UploadView:
    """One upload, and the asset it became, or why it was refused."""
    return _view(await uploads.get(who, upload_id))


@router.patch(
    "/{upload_id}",
    status_code=204,
    response_class=Response,
    responses=_answers(204) | declared(400, 404, 409, 412, 413, 415, 422, 429, 460),
    openapi_extra=_BYTES | {"parameters": _APPENDING},
)
@asks(Role.GUEST, Right.WRITE)
async def continue_upload(
    who: Caller,
    upload_id: UploadInPath,
    request: Request,
    response: Response,
    uploads: FromDishka[UploadService],
) -> None:
    """Send bytes from an offset on; with the last ones the file is looked at, and becomes an asset."""
    _check_version(request)
    _check_piece(request)
    offset, checksum = _number(request, "upload-offset"), _checksum(request)
    upload = await uploads.append(who, upload_id, offset, _body(request), checksum)
    _describe(response, upload)


@router.delete("/{upload_id}", status_code=204, responses=declared(404, 409))
@asks(Role.GUEST, Right.WRITE)
async def end_upload(
    who: Caller, upload_id: UploadInPath, uploads: FromDishka[UploadService]
) -> None:
    """Forget an upload and its bytes; an asset that came of it stays."""
    await uploads.end(who, upload_id)


def _describe(response: Response, upload: Upload) -> None:
    response.headers["Upload-Offset"] = str(upload.received)
    response.headers["Upload-Expires"] = format_datetime(
        upload.expires_at.astimezone(UTC), usegmt=True
    )
    if upload.state is UploadState.FINISHED:
        response.headers["Content-Location"] = f"{API}/assets/{upload.asset_id}"


async def _body(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != _VERSION:
        headers = {"Tus-Version": _VERSION}
        raise HTTPException(412, f"`Tus-Resumable: {_VERSION}` is spoken here", headers)


def _check_piece(request: Request) -> None:
    if content_type(request.scope) != PIECE:
        raise HTTPException(415, f"send {PIECE}")


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise HTTPException(400, f"the header {header} must be a number of bytes")
    return int(text)


def _checksum(request: Request) -> Checksum | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, digest = text.partition(" ")
    try:
        return Checksum(algorithm.strip().lower(), base64.b64decode(digest, validate=True))
    except (binascii.Error, InvalidInputError):
        ways = ", ".join(ALGORITHMS)
        detail = f"Upload-Checksum is an algorithm ({ways}) and a digest in base 64"
        raise HTTPException(400, detail) from None


def _metadata(request: Request) -> dict[str, str]:
    """Names and values, as the protocol writes them: `name base64,name base64`."""
    text = request.headers.get("upload-metadata", "")
    told: dict[str, str] = {}
    try:
        for pair in filter(None, (one.strip() for one in text[:_LONGEST_METADATA].split(","))):
            name, _, value = pair.partition(" ")
            told[name] = base64.b64decode(value, validate=True).decode()
    except ValueError:
        raise HTTPException(
            400, "Upload-Metadata is names and values in base 64, with commas between"
        ) from None
    return told
