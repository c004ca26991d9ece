"""Errors as RFC 9457 problems: one shape for all, and never a stack trace."""

import logging
import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from reelwright.ground.errors import Kind, ReelwrightError, StaleError

MEDIA_TYPE = "application/problem+json"
STATUS = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.DENIED: 403,
    Kind.MISSING: 404,
    Kind.CONFLICT: 409,
    Kind.EXHAUSTED: 429,
    Kind.REFUSED: 422,
    Kind.UNAVAILABLE: 503,
    Kind.FAULT: 500,
}
_OWN = {460: "Checksum Mismatch"}  # of the tus protocol
_TOLD = {"upload_too_large": 413, "checksum_mismatch": 460, "taken_down": 451}
"""Errors for which a protocol of ours asks for a status of its own, by their codes."""
_CODES = {
    400: "malformed",
    404: "missing",
    405: "method_not_allowed",
    413: "too_large",
    412: "wrong_version",
    415: "unsupported_media_type",
    416: "range_unsatisfiable",
}
_WAYS_OUT = {
    404: "/api/v1/openapi.json lists what there is",
    413: "send less at once",
}
_SHOWN = 20
BLOCKED = {"Link": '</>; rel="blocked-by"', "Cache-Control": "no-store"}
"""RFC 7725: who holds it back is this service, and it may let it go again."""

_SECRET = re.compile(r"rw_[a-z]+_[0-9a-z_]+")
"""The text of a link or a token, which stands in some paths and in no log."""

IN_DOUBT = "in_doubt"
"""In a request's state: it failed so late that it may have been done."""
_SOON_S = 1

log = logging.getLogger("reelwright.web")


class FieldProblem(BaseModel):
    """One part of a request that cannot be used."""

    where: str
    message: str


class Problem(BaseModel):
    """What went wrong: `code` is for programs, `detail` and `way_out` are for people.

    `details` is what a program needs to go on; each code says what is in it.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    way_out: str | None = None
    request_id: str | None = None
    incident: str | None = None
    errors: list[FieldProblem] | None = None
    details: dict[str, Any] | None = None


def answer(
    scope: Mapping[str, Any],
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """A problem as a response."""
    problem = Problem(
        type=f"urn:reelwright:problem:{code}",
        title=_phrase(status),
        status=status,
        code=code,
        detail=detail,
        request_id=scope.get("state", {}).get("request_id"),
        **more,
    )
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def foreseen(scope: Mapping[str, Any], error: ReelwrightError) -> JSONResponse:
    """The problem of an error of ours; the words of a fault stay in the log."""
    if error.kind is Kind.FAULT:
        return unforeseen(scope, error)
    headers = {}
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    status = _TOLD.get(error.code) or STATUS[error.kind]
    after = getattr(error, "retry_after", None) or getattr(error, "retry_after_s", None)
    if after is None and status == HTTPStatus.SERVICE_UNAVAILABLE:
        after = _SOON_S
    if after is not None:
        headers["Retry-After"] = str(max(1, round(float(after))))
    if getattr(error, "in_doubt", False):  # whoever keeps answers must know
        scope.get("state", {})[IN_DOUBT] = True
    if isinstance(error, StaleError) and "if-match" in Headers(raw=scope.get("headers", [])):
        status = 412  # as HTTP has it; the same code, and the same in `details`
    if status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
        headers |= BLOCKED
    details = getattr(error, "details", None)  # what the caller needs to go on, as JSON
    return answer(
        scope,
        status,
        error.code,
        error.message,
        headers=headers,
        way_out=error.way_out,
        details=details,
    )


def unforeseen(scope: Mapping[str, Any], error: BaseException) -> JSONResponse:
    """A 500 that says nothing but the name under which the log tells all."""
    incident = f"inc_{secrets.token_hex(6)}"
    log.error(
        "incident %s: %s %s failed",
        incident,
        scope.get("method"),
        _SECRET.sub("rw_…", str(scope.get("path"))),
        exc_info=error,
        extra={"incident": incident},
    )
    way_out = "try again; if it stays, tell whoever runs this service the incident"
    return answer(
        scope, 500, "fault", "something went wrong here", incident=incident, way_out=way_out
    )


def too_large(scope: Mapping[str, Any], most: int) -> JSONResponse:
    """A 413 for a body that is said to be larger than `most` bytes."""
    # The rest of the body is not read, so nothing more can come over this connection.
    return answer(
        scope,
        413,
        _CODES[413],
        f"the body has more than {most} bytes",
        headers={"Connection": "close"},
        way_out=_WAYS_OUT[413],
    )


def install(app: FastAPI) -> None:
    """Answer every error of the app with a problem."""
    app.add_exception_handler(ReelwrightError, _on_foreseen)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_broken)


async def _on_foreseen(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ReelwrightError)
    return foreseen(request.scope, error)


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(request.scope, 400, "malformed", "the body is no JSON")
    # The value itself is left out: it may be a secret, and the sender knows it.
    errors = [
        FieldProblem(where=".".join(map(str, one["loc"])), message=one["msg"])
        for one in found[:_SHOWN]
    ]
    detail = "; ".join(f"{one.where}: {one.message}" for one in errors[:3])
    return answer(request.scope, 422, "invalid_input", detail, errors=errors)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    code = _CODES.get(status, HTTPStatus(status).phrase.lower().replace(" ", "_"))
    detail = str(error.detail)
    if status == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {request.url.path[:200]}"
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not possible here"
    return answer(
        request.scope, status, code, detail, headers=error.headers, way_out=_WAYS_OUT.get(status)
    )


async def _on_broken(request: Request, error: Exception) -> JSONResponse:
    """The line broke before the body was here: no fault, and nobody hears the answer."""
    del error
    return answer(request.scope, 400, "broken_off", "the request broke off")


def _phrase(status: int) -> str:
    return _OWN.get(status) or HTTPStatus(status).phrase


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems an operation may answer, for the OpenAPI document.

    Always: 401 and 403 of the door, 404 for a workspace that is not the caller's, 429, 500.
    """
    return {
        status: {
            "description": _phrase(status),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({401, 403, 404, 429, 500, *statuses})
    }
