"""What was said to a server and by it, written down so that it can be shown to anybody.

Nothing that opens a door is in it: no key, no bearer, no header but harmless ones, no query of an
address (signed ones carry their rights there), and no file.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LONGEST = 64 * 1024
"""So many bytes of an answer are listened to."""

_HEADERS = frozenset({"content-type", "content-length", "date", "retry-after", "x-request-id"})
_SECRET = re.compile(
    r"key|token|secret|auth|password|signature|credential|jwt|identifier|assertion", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_LONG = re.compile(r"[A-Za-z0-9+/=_-]{200,}")
_HIDDEN = "[hidden]"
_SHORTEST = 4


@dataclass(slots=True)
class Exchange:
    """One request, and what came back of it; `body` is the answer's beginning."""

    method: str
    url: str
    sent_headers: Mapping[str, str]
    sent: Any
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    error: str | None = None


class Transcript:
    """Writes exchanges into a file, a line of JSON each. `secrets` never stand in it, wherever they came."""

    def __init__(self, path: Path, secrets: Iterable[str]) -> None:
        self._path = path
        self._secrets = {one for one in secrets if len(one) >= _SHORTEST}
        path.write_text("", encoding="utf-8")

    def hear(self, one: Exchange) -> None:
        """Write an exchange down."""
        self._secrets |= {
            part
            for name, value in one.sent_headers.items()
            if _SECRET.search(name)
            for part in value.split()
            if len(part) > 2 * _SHORTEST
        }
        told = {
            "method": one.method,
            "url": self._address(one.url),
            "sent": self._clean(one.sent),
            "status": one.status,
            "headers": {k: v for k, v in one.headers.items() if k in _HEADERS},
            "answer": self._answer(one),
            "error": self._words(one.error) if one.error else None,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _answer(self, one: Exchange) -> Any:
        kind = one.headers.get("content-type", "")
        if not one.body:
            return None
        if "json" not in kind and not kind.startswith("text/"):
            return f"[{len(one.body)} bytes or more of {kind or 'something'}]"
        text = bytes(one.body).decode("utf-8", "replace")
        try:
            return self._clean(json.loads(text))
        except ValueError:
            return [self._line(line) for line in text.splitlines() if line.strip()]

    def _line(self, line: str) -> Any:
        """A line of an answer that comes in pieces: its data is JSON, each for itself."""
        name, _, data = line.partition(": ")
        try:
            return {name: self._clean(json.loads(data))}
        except ValueError:
            return self._words(line)

    def _clean(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {
                self._words(str(key)): _HIDDEN
                if isinstance(inner, str) and _SECRET.search(str(key))
                else self._clean(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._clean(one) for one in value]
        if isinstance(value, bytes):
            return f"[{len(value)} bytes]"
        return self._words(value) if isinstance(value, str) else value

    def _words(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        text = _ADDRESS.sub(lambda found: self._address(found.group()), text)
        return _LONG.sub(lambda found: f"[{len(found.group())} signs]", text)

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        bare = f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
        for secret in self._secrets:
            bare = bare.replace(secret, _HIDDEN)
        return bare + ("?..." if parts.query else "")
