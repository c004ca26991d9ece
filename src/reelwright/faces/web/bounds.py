"""How long what comes before the body may be."""

from starlette.types import ASGIApp, Receive, Scope, Send

from reelwright.faces.web.problems import answer

_LONGEST_URL = 8 * 1024
_LARGEST_HEADERS = 32 * 1024


class Bounds:
    """Refuses addresses and headers that nobody can need, before anything looks at them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            long = len(scope.get("raw_path") or b"") + len(scope["query_string"])
            refused: tuple[int, str, str] | None = None
            if "\0" in scope["path"]:  # which no address of ours holds, and Postgres cannot
                refused = (404, "missing", "no address holds the character NUL")
            elif b"%00" in scope["query_string"]:
                refused = (422, "invalid_input", "no value in a query holds the character NUL")
            elif long > _LONGEST_URL:
                refused = (414, "too_long", f"the address has more than {_LONGEST_URL} bytes")
            elif sum(len(name) + len(value) for name, value in scope["headers"]) > _LARGEST_HEADERS:
                refused = (431, "headers_too_large", f"they have over {_LARGEST_HEADERS} bytes")
            if refused is not None:
                await answer(scope, *refused)(scope, receive, send)
                return
        await self._app(scope, receive, send)
