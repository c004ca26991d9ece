"""Our own signed URLs: whoever holds one may read one object until it expires, and nothing else."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from reelwright.engines.storage.objects import checked_key
from reelwright.ground.clock import Clock
from reelwright.ground.errors import DeniedError, InvalidInputError

PREFIX: Final = "/media/"
_LONGEST = 300


_SHOWN = re.compile(
    r"(audio|video)/[a-z0-9.+-]+|image/(avif|gif|jpeg|png|webp)|application/(json|pdf)|text/plain"
)


def shown_inline(media_type: str) -> bool:
    """Whether a browser may show this type: never what could run scripts in our name (HTML, SVG, XML)."""
    return _SHOWN.fullmatch(media_type) is not None


class LinkRefusedError(DeniedError):
    """A signed URL that we did not sign, or that was changed."""

    code = "link_refused"


class LinkExpiredError(DeniedError):
    """A signed URL whose time is over."""

    code = "link_expired"


@dataclass(frozen=True, slots=True)
class Granted:
    """What a signed URL lets its holder read: an object, as which type, under which name, until when."""

    key: str
    media_type: str
    name: str | None
    expires: int
    bound: str | None = None
    """What must be good still when it is read."""

    @property
    def disposition(self) -> str:
        """The Content-Disposition to send: shown, or only saved."""
        return disposition(self.media_type, self.name)


def disposition(media_type: str, name: str | None) -> str:
    """A Content-Disposition header for a file of that type and name."""
    how = "inline" if shown_inline(media_type) else "attachment"
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}" if name else how


class SignedUrls:
    """Signs and verifies `/media/<key>?e=<unix seconds>&t=<type>&n=<name>&s=<signature>` (HMAC-SHA-256).

    `b=<id>` binds one to something else that may end sooner: whoever serves it asks that as well.
    """

    def __init__(
        self, secret: bytes, clock: Clock, *, base: str = "", lifetime_s: int = 3600
    ) -> None:
        if len(secret) < 32:
            raise ValueError("a signing secret has at least 32 bytes")
        self._secret = secret
        self._clock = clock
        self._base = base.rstrip("/")
        self._lifetime = lifetime_s

    def sign(
        self,
        key: str,
        *,
        media_type: str,
        name: str | None = None,
        expires: int | None = None,
        bound: str | None = None,
    ) -> str:
        """A URL good for at least `expires` seconds.

        The end is rounded up to a quarter of that, so that a page asked for twice names the same
        URL and its reader's cache helps.
        """
        lifetime = max(1, expires or self._lifetime)
        step = max(1, lifetime // 4)
        end = -(-(self._now() + lifetime) // step) * step
        shown = (name or "")[:_LONGEST] or None
        granted = Granted(checked_key(key), media_type, shown, end, bound)
        query = {"e": str(end), "t": media_type}
        if granted.name:
            query["n"] = granted.name
        if bound:
            query["b"] = bound
        query["s"] = self._signature(granted)
        return f"{self._base}{PREFIX}{quote(key)}?{urlencode(query)}"

    def verify(self, key: str, query: Mapping[str, str]) -> Granted:
        """What the URL with this (decoded) key and query grants; raises LinkRefusedError or LinkExpiredError."""
        end = query.get("e", "")
        if not (end.isascii() and end.isdigit() and len(end) <= 12):
            raise _refused()
        name, bound = query.get("n") or None, query.get("b") or None
        granted = Granted(key, query.get("t", ""), name, int(end), bound)
        given = query.get("s", "").encode("utf-8", "replace")
        if not hmac.compare_digest(self._signature(granted).encode(), given):
            raise _refused()
        try:
            checked_key(key)
        except InvalidInputError:
            raise _refused() from None
        if granted.expires <= self._now():
            raise LinkExpiredError("this link has expired", way_out="ask for a new one")
        return granted

    def _signature(self, granted: Granted) -> str:
        said = ["media-1", granted.key, granted.media_type, granted.name, granted.expires]
        said += [granted.bound] if granted.bound else []
        digest = hmac.digest(self._secret, json.dumps(said).encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def _refused() -> LinkRefusedError:
    return LinkRefusedError("this link is not one of ours", way_out="ask for a new one")
