"""The interface described by itself: the OpenAPI document, and a page made from it."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.description import ABOUT, describe, operations
from reelwright.faces.web.principals import GuardedRoute

router = APIRouter(tags=["reference"], route_class=GuardedRoute)

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code{font-size:.9em}td{padding:.2rem 1rem .2rem 0;vertical-align:top}"
)


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
        f"<td>{escape(operation['summary'])} {escape(operation.get('description', ''))}</td></tr>"
        for method, path, operation in operations(document)
    )
    title = escape(f"{document['info']['title']} {document['info']['version']}")
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(ABOUT)}</p>"
        f'<p>The whole document: <a href="openapi.json">openapi.json</a></p><table>{rows}</table>'
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})
