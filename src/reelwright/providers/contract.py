"""What every provider implements: a request is submitted, polled, and its result fetched.

Whatever a vendor can do besides (be asked by our reference, ring by webhook, tell its balance) is a
protocol of its own, which an adapter implements or not.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from reelwright.providers.catalogue import Model
from reelwright.providers.drawings import (
    AmbienceRequest,
    MotionRequest,
    ScoreRequest,
    StillRequest,
    VoiceRequest,
)
from reelwright.providers.operations import Operation
from reelwright.providers.prices import Usage
from reelwright.providers.prompts import Prompt

Drawing = StillRequest | MotionRequest | VoiceRequest | AmbienceRequest | ScoreRequest
Request = Drawing | Prompt


@dataclass(frozen=True, slots=True)
class Access:
    """What an account lets an adapter sign with. `base_url` empty: the vendor's own address.

    `more` holds what a vendor needs besides a key, by its names (`project`, `location`).
    """

    key: str = field(default="", repr=False)
    base_url: str = ""
    more: Mapping[str, str] = field(default_factory=dict, repr=False)


NOBODY = Access()
"""Signs with nothing: for providers that ask for no account."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one model.

    `reference` names it for ever: where a vendor takes a key against doubled calls, or words of our
    own, it is made of this. `person` is an alias of whoever asks, for vendors that want to tell
    people apart; it tells nothing else. `webhook` is where the vendor may ring when it is done; `folder` takes what it answers at once.
    """

    model: Model
    request: Request
    reference: str
    folder: Path
    access: Access = NOBODY
    webhook: str | None = None
    person: str = ""


class State(StrEnum):
    """Where a submitted request stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a provider gives for a submitted request; `remote_id` finds it again. It is kept as JSON.

    `urls` are addresses the vendor named for it (`status`, `result`, `cancel`).
    """

    provider: str
    model: str
    remote_id: str
    operation: Operation
    urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """What a poll answers. `fraction` is None when the provider does not tell; `error` says why it failed."""

    state: State
    fraction: float | None = None
    error: Exception | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A fetched result: a file, its media type, and what is known of it.

    Of an artist. Still: JPEG. Motion: MP4, H.264 only, BT.709, closed groups of pictures; facts: frames.
    Voice: WAV mono 48 kHz; facts: seconds, spoken_s (where the last word ends; the rest is the
    room), mouths [[seconds, shape]], words [[seconds, word]], unspoken (true when no voice can read
    the text and a murmur stands in).
    Ambience and score: WAV stereo 48 kHz of exactly the seconds asked for; facts: seconds, and for
    ambience layers and unknown (sounds it has no word for).

    Of a model: whatever it sends, as it came; facts: what it tells (width, height, seed, seconds).
    Text: UTF-8, or JSON where a schema was given. Pictures found: JSON, a list of objects with
    title, page, source, thumbnail, image, width, height. Weights: the file, facts: url.
    """

    path: Path
    media_type: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of one call, and what was used for it, as far as the vendor tells.

    What it does not tell is reckoned from the products.
    """

    products: tuple[Product, ...]
    used: Usage = field(default_factory=dict)

    @property
    def product(self) -> Product:
        """The first, which mostly is the only one."""
        return self.products[0]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What `submit` answers: the ticket, and the outcome where the vendor answers at once."""

    ticket: Ticket
    outcome: Outcome | None = None


class Provider(Protocol):
    """A vendor's adapter, or the built-in artist.

    It MUST raise the types of `providers.errors` and nothing else for foreseen trouble, and MUST
    refuse what a model cannot do in `submit`, before anything is paid.
    """

    name: str
    title: str

    def models(self) -> Sequence[Model]:
        """What can be asked for, with prices. MUST NOT touch the network."""
        ...

    async def submit(self, call: Call) -> Receipt:
        """Hand the request over: at most one request that may be billed, never repeated.

        Raises NotSentError when it never left, UnknownOutcomeError when that cannot be known.
        """
        ...

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:
        """Ask where it stands. MAY be called any number of times."""
        ...

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:
        """Write the finished results as new files in `folder`. MAY be called again after a crash."""
        ...

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:
        """Stop it where the vendor can; MUST be harmless when it is finished or unknown."""
        ...


@runtime_checkable
class LooksUp(Protocol):
    """A vendor that can be asked for a call by our reference (`Recall.LOOK_UP`)."""

    def sure_after(self, access: Access) -> timedelta:
        """How long after a call was first sent its absence proves that it never arrived."""
        ...

    async def look_up(self, call: Call, since: datetime) -> Ticket | None:
        """The ticket of the call, if it has arrived; None when the vendor knows of none.

        Raises UnknownOutcomeError when what it knows may or may not be the call.
        """
        ...


@dataclass(frozen=True, slots=True)
class Ring:
    """A verified webhook: which call it is about, by our reference or the vendor's id."""

    reference: str | None
    remote_id: str | None


@runtime_checkable
class Rings(Protocol):
    """A vendor that rings when a call is done."""

    async def answer(
        self, headers: Mapping[str, str], body: bytes, access: Access, now: datetime
    ) -> Ring:
        """Verify a webhook (names of headers in lower case). Raises BadKeyError when it is not the vendor's."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands with its vendor; `credits` in the vendor's own unit where it tells."""

    credits: float | None = None
    note: str = ""


@runtime_checkable
class Probes(Protocol):
    """A vendor whose key can be tried without paying."""

    async def probe(self, access: Access) -> Standing:
        """Raises BadKeyError, OutOfCreditsError, UnavailableError."""
        ...


@runtime_checkable
class Lacks(Protocol):
    """A vendor that needs more than this installation may have: an optional extra."""

    def lacks(self) -> str | None:
        """How to install what is missing; None when all is there. MUST NOT import it to find out."""
        ...


@runtime_checkable
class Hosts(Protocol):
    """A vendor whose accounts have models of their own: a server that someone runs."""

    def own_models(self, access: Access) -> Sequence[Model]:
        """Rows of what this account alone has, besides `models()`. MUST NOT touch the network."""
        ...


@runtime_checkable
class Streams(Protocol):
    """A vendor whose text can be read while it is written."""

    def stream(self, call: Call) -> AsyncIterator[str | Outcome]:
        """Pieces of the text of a `TextRequest`, and at last the outcome; one request, as `submit`."""
        ...
