"""The interface described by itself: the OpenAPI document, and a page made from it."""

from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import iter_route_contexts

from reelwright.faces.web.access import Access, Place, asks
from reelwright.faces.web.events import EventView
from reelwright.faces.web.principals import GuardedRoute
from reelwright.faces.web.problems import Problem, declared

router = APIRouter(tags=["reference"], route_class=GuardedRoute)

_ABOUT = """Turns screenplays into films.

Sign in with `Authorization: Bearer <token>`, a token's text or a session's, or with the cookie that
`/auth/login` sets. All that is seen and made belongs to one workspace: that of the token, else the one
that `Reelwright-Workspace` names, else the personal one. Errors are `application/problem+json` (RFC 9457): `code` is for programs, `detail` and
`way_out` are for people. Lists come in pages: go on with `cursor` until `next` is null.
"""
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code{font-size:.9em}td{padding:.2rem 1rem .2rem 0;vertical-align:top}"
)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=_ABOUT, routes=app.routes
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, EventView):  # no operation's own answer: problems, and what streams
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= schema.pop("$defs", {}) | {model.__name__: schema}
        asked = {name: access for name, _, _, access in operations_of(app)}
        for operations in document["paths"].values():
            for operation in operations.values():
                _correct(operation)
                if access := asked.get(operation["operationId"]):
                    said = operation.get("description", "")
                    operation["description"] = f"{said}\n\n{access.described}".strip()
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        app.openapi_schema = document
    return app.openapi_schema


def operations_of(app: FastAPI) -> Iterator[tuple[str, str, str, Access]]:
    """All guarded operations: their names, methods, whole paths, and what they ask."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, GuardedRoute):
            for method in sorted(context.methods or ()):
                yield route.name, method, context.path or "", route.access


def _correct(operation: dict[str, Any]) -> None:
    """FastAPI declares its own validation errors where we did not; ours are problems."""
    said = operation["responses"].get("422", {}).get("content", {})
    if "application/json" in said:
        operation["responses"] |= {"422": declared(422)[422]}


@router.get("/openapi.json", response_class=JSONResponse, include_in_schema=False)
@asks(place=Place.SELF)
async def read_openapi(request: Request) -> JSONResponse:
    """The OpenAPI document."""
    return JSONResponse(describe(request.app))


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
@asks(place=Place.SELF)
async def read_docs(request: Request) -> HTMLResponse:
    """All operations on one page, without a script of anybody's."""
    document = describe(request.app)
    rows = "".join(
        f"<tr><td><code>{method.upper()}</code></td><td><code>{escape(path)}</code></td>"
        f"<td>{escape(operation.get('description', ''))}</td></tr>"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    )
    title = escape(f"{document['info']['title']} {document['info']['version']}")
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(_ABOUT)}</p>"
        f'<p>The whole document: <a href="openapi.json">openapi.json</a></p><table>{rows}</table>'
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})
