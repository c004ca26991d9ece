"""The page to which the links of letters lead: it sends their code, which no server on the way has seen."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from reelwright.faces.web.principals import OpenRoute

router = APIRouter(prefix="/letters", route_class=OpenRoute, include_in_schema=False)

_KINDS = {"reset", "verify", "change", "invitation"}


@router.get("/{kind}")
async def open_letter(kind: str) -> Response:
    """The page; what kind of letter it is stands in its own address."""
    if kind not in _KINDS:
        raise HTTPException(404)
    page, policy = _page()
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    return HTMLResponse(page, headers=headers)


@cache
def _page() -> tuple[str, str]:
    """The page, and a policy by which its own style and script run, and nothing else."""
    page = resources.files("reelwright.faces.web").joinpath("pages/letter.html").read_text("utf-8")
    style, script = (_hash(page, part) for part in ("style", "script"))
    ours = f"style-src '{style}'; script-src '{script}'; connect-src 'self'"
    none = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return page, f"default-src 'none'; {ours}; {none}"


def _hash(page: str, part: str) -> str:
    (inside,) = re.findall(rf"<{part}>(.*?)</{part}>", page, re.DOTALL)
    return f"sha256-{b64encode(sha256(inside.encode()).digest()).decode()}"
