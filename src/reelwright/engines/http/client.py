"""The one outgoing HTTP client: patient with reads, never repeating a write, careful where it goes."""

import asyncio
import json
import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from reelwright.engines.http.failures import (
    AddressRefusedError,
    TooLargeError,
    UnreachableError,
    shown,
)
from reelwright.engines.http.guard import Guard
from reelwright.engines.http.settings import HttpSettings
from reelwright.engines.http.transcripts import LONGEST, Exchange
from reelwright.ground.transactions import forbid_in_transaction

if TYPE_CHECKING:
    from reelwright.engines.http.transport import Way

_log = logging.getLogger(__name__)
_BUSY = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_HARMLESS = frozenset(
    {"accept", "accept-language", "accept-encoding", "user-agent", "range", "if-range"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status. Names of headers are in lower case."""

    status: int
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as JSON; raises UnreachableError if it is none."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise UnreachableError(f"{shown(self.url)} answered what is no JSON") from error


File = tuple[str, bytes, str]
"""A file in a form: its name, content and media type."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form with files: each field's file; as pairs where a field comes several times."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, File] | Sequence[tuple[str, File]] = field(default_factory=dict)


class Http:
    """Asks others. Raises UnreachableError, TimedOutError, AddressRefusedError, TooLargeError.

    NotSentError, one of the first, says that the other side has seen nothing of the request.

    Statuses are answers, not errors. Nothing may be asked inside a transaction.
    """

    def __init__(self, settings: HttpSettings | None = None, guard: Guard | None = None) -> None:
        self._settings = settings or HttpSettings()
        self._guard = guard or Guard(self._settings)
        self._way: Way | None = None
        self.hears: Callable[[Exchange], None] | None = None
        """Is told of each exchange when it is over: for whoever wants to see what goes over the wire."""

    def check(self, url: str) -> None:
        """Refuse what can be seen to lead where nobody may go; raises AddressRefusedError.

        Nothing is asked: where a name leads is looked at when it is connected to.
        """
        self._guard.check_url(url)
        with suppress(ValueError):
            self._guard.check_address(str(ip_address(urlsplit(url).hostname or "")))

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Read; tried again while the other side is busy or away, as often as the settings say."""
        async with self.stream(url, headers=headers) as (answer, parts):
            return _with_body(answer, await _all(parts, self._settings.max_body, url))

    async def post(
        self,
        url: str,
        body: Any = None,
        *,
        content: bytes | None = None,
        form: Form | None = None,
        headers: Mapping[str, str] | None = None,
        within_s: float | None = None,
        method: str = "POST",
    ) -> Answer:
        """Send JSON, or `content` as it is, or a form, exactly once: no retry, no redirect is followed.

        `within_s` is how long the other side may be silent, where that is more than the settings say.
        """
        async with self.post_stream(
            url, body, content=content, form=form, headers=headers, within_s=within_s, method=method
        ) as (answer, parts):
            return _with_body(answer, await _all(parts, self._settings.max_body, url))

    @asynccontextmanager
    async def post_stream(
        self,
        url: str,
        body: Any = None,
        *,
        content: bytes | None = None,
        form: Form | None = None,
        headers: Mapping[str, str] | None = None,
        within_s: float | None = None,
        method: str = "POST",
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """The same; what comes back is read in parts."""
        sent: dict[str, Any] = {}
        if form is not None:
            files = form.files.items() if isinstance(form.files, Mapping) else form.files
            sent = {"data": dict(form.fields), "files": list(files)}
        elif content is not None:
            sent = {"content": content}
        elif body is not None:
            sent = {"json": body}
        one = Exchange(method, url, dict(headers or {}), sent)
        async with self._ask(one, within_s) as (answer, parts):
            yield answer, parts

    async def download(
        self, url: str, path: Path, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Read into a file that is there when it is whole, and not before; only for status 200."""
        part = path.with_name(f".{path.name}.part")
        try:
            async with self.stream(url, headers=headers) as (answer, parts):
                if answer.status == 200:
                    size = 0
                    with part.open("wb") as file:
                        async for some in parts:
                            size = _grown(size, some, self._settings.max_file, url)
                            await asyncio.to_thread(file.write, some)
                    part.replace(path)
                return answer
        finally:
            part.unlink(missing_ok=True)

    @asynccontextmanager
    async def stream(
        self, url: str, *, headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """Read in parts; repeated until the answer begins, not after."""
        for attempt in range(1, self._settings.attempts + 1):
            last = attempt == self._settings.attempts
            begun = False
            pause: float | None = None
            try:
                async with self._followed(url, dict(headers or {})) as (answer, parts):
                    if answer.status not in _BUSY or last:
                        begun = True
                        yield answer, parts
                        return
                    pause = retry_after(answer)
            except UnreachableError:
                if begun or last:
                    raise
            if pause is not None and pause > self._settings.longest_pause_s:
                pause = self._settings.longest_pause_s
            await asyncio.sleep(
                pause if pause is not None else random.uniform(0.1, 0.4) * 2**attempt
            )

    async def close(self) -> None:
        """Close all connections."""
        way, self._way = self._way, None
        if way is not None:
            await way.close()

    @asynccontextmanager
    async def _followed(
        self, url: str, headers: dict[str, str]
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """The answer after all redirects; what is meant for one host is not told to another."""
        for _ in range(self._settings.redirects + 1):
            async with self._ask(Exchange("GET", url, headers, {})) as (answer, parts):
                target = answer.headers.get("location")
                if answer.status not in _MOVED or target is None:
                    yield answer, parts
                    return
            onward = urljoin(url, target)
            if urlsplit(url).scheme == "https" and urlsplit(onward).scheme != "https":
                raise AddressRefusedError(f"{shown(url)} leads from https to {shown(onward)}")
            if _origin(onward) != _origin(url):
                headers = {k: v for k, v in headers.items() if k.lower() in _HARMLESS}
            url = onward
        raise UnreachableError(f"{shown(url)} leads on and on")

    @asynccontextmanager
    async def _ask(
        self, one: Exchange, within_s: float | None = None
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        forbid_in_transaction("an outgoing request")
        self._guard.check_url(one.url)
        try:
            async with self._way_out().asked(one, within_s) as response:
                one.status = response.status
                one.headers = {name.lower(): value for name, value in response.headers.items()}
                if _log.isEnabledFor(logging.DEBUG):
                    _log.debug("%s %s: %d", one.method, shown(one.url), one.status)
                parts = response.content.iter_any()
                answer = Answer(one.status, one.url, one.headers)
                yield answer, parts if self.hears is None else _overheard(parts, one)
        except Exception as error:
            one.error = str(error)
            raise
        finally:
            if self.hears is not None:
                self._tell(one, self.hears)

    def _tell(self, one: Exchange, hears: Callable[[Exchange], None]) -> None:
        """Let whoever listens hear of it. What goes wrong with them is not the exchange's: it may be paid."""
        try:
            hears(one)
        except Exception:  # noqa: BLE001
            _log.warning("an exchange with %s could not be written down", shown(one.url))

    def _way_out(self) -> "Way":
        if self._way is None:
            # Costs start-up time; most commands ask nobody.
            from reelwright.engines.http.transport import Way  # noqa: PLC0415

            self._way = Way(self._settings, self._guard)
        return self._way


async def _all(parts: AsyncIterator[bytes], most: int, url: str) -> bytes:
    whole = bytearray()
    async for some in parts:
        _grown(len(whole), some, most, url)
        whole += some
    return bytes(whole)


def _grown(size: int, some: bytes, most: int, url: str) -> int:
    if size + len(some) > most:
        raise TooLargeError(f"{shown(url)} sends more than {most} bytes")
    return size + len(some)


def _with_body(answer: Answer, body: bytes) -> Answer:
    return Answer(answer.status, answer.url, answer.headers, body)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None  # the guard refuses it in a moment


def retry_after(answer: Answer) -> float | None:
    """Seconds to wait, as the other side wishes: a number, or a date."""
    text = answer.headers.get("retry-after", "")
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


async def _overheard(parts: AsyncIterator[bytes], one: Exchange) -> AsyncIterator[bytes]:
    async for some in parts:
        one.body += some[: max(LONGEST - len(one.body), 0)]
        yield some
