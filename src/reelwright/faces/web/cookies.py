"""The session of a browser: a cookie no script can read, sent to nobody but us."""

from fastapi import Request, Response

from reelwright.app.settings import WebSettings
from reelwright.identity.ceremonies import LASTS
from reelwright.identity.sessions import Device, Session

COOKIE = "reelwright"


def cookie_name(settings: WebSettings) -> str:
    """The cookie's name: with the prefix that browsers keep to our host alone, where it is safe."""
    return f"__Host-{COOKIE}" if _secure(settings) else COOKIE


def keep_signed_in(request: Request, response: Response, session: Session, text: str) -> None:
    """Hand the session to the browser, until it ends."""
    settings: WebSettings = request.app.state.settings
    age = int((session.expires_at - session.created_at).total_seconds())
    response.set_cookie(
        cookie_name(settings),
        text,
        max_age=age,
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="lax",
    )


def forget_signed_in(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    settings: WebSettings = request.app.state.settings
    response.delete_cookie(
        cookie_name(settings), path="/", secure=_secure(settings), httponly=True, samesite="lax"
    )


def keep_attempt(request: Request, response: Response, secret: str) -> None:
    """Hand the secret of a sign-in under way to the browser: nobody else can finish it.

    It comes back when another site sends the browser to us, as that sign-in does (`lax`).
    """
    settings: WebSettings = request.app.state.settings
    response.set_cookie(
        f"{cookie_name(settings)}-attempt",
        secret,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="lax",
    )


def take_attempt(request: Request, response: Response) -> str | None:
    """The secret of a sign-in under way, taken from the browser."""
    settings: WebSettings = request.app.state.settings
    name = f"{cookie_name(settings)}-attempt"
    response.delete_cookie(name, path="/", secure=_secure(settings), httponly=True, samesite="lax")
    return request.cookies.get(name)


def device_of(request: Request) -> Device:
    """From where a request comes, and what its program calls itself."""
    address = request.client.host if request.client else None
    return Device(address, request.headers.get("user-agent"))


def _secure(settings: WebSettings) -> bool:
    return (settings.base_url or "").startswith("https://")
