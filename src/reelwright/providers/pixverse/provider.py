"""The adapter of PixVerse's platform.

Each request names itself by an `Ai-trace-id`, and PixVerse makes nothing new under one it has seen.
So the paid request's is derived from the call's reference: sent again, it is the same call
(`Recall.KEY`), although its pictures are handed over anew and have other ids. That is PixVerse's
written word; what it answers to the second one, it does not say, and we take it to be the first
one's. Nor does it say whether a request it refused counts as seen. All other requests get a new one
each: polls under an old one may be told for ever that the shot is being made.

Its webhooks are left alone: how they are signed is not known for certain.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID, uuid4

from reelwright.engines.http.client import Form, Http
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import (
    NOBODY,
    Access,
    Call,
    Outcome,
    Product,
    Receipt,
    Standing,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import (
    BadInputError,
    OutOfCreditsError,
    ProviderError,
    RefusedError,
    UnavailableError,
    UnknownTicketError,
    UnsupportedError,
)
from reelwright.providers.pixverse.asking import PATHS, body_of, handed, trace_of
from reelwright.providers.pixverse.errors import opened
from reelwright.providers.pixverse.shapes import Balance, Created, Medium, Picture, Result
from reelwright.providers.prompts import Media, VideoRequest
from reelwright.providers.wire import content_of, download, read, send_paid, tell

ADDRESS = "https://app-api.pixverse.ai"
"""Outside China; there, an account's base URL is `https://app-api.pixverseai.cn`."""


class PixVerse:
    """PixVerse's platform."""

    name = "pixverse"
    title = "PixVerse"

    def __init__(self, http: Http) -> None:
        self._http = http

    def models(self) -> Sequence[Model]:
        """All that makes shots."""
        return models_of("reelwright.providers.pixverse", self.name)

    async def submit(self, call: Call) -> Receipt:
        """Hand over the pictures, then ask for the shot."""
        refuse_unsupported(call.model, call.request)
        if not isinstance(call.request, VideoRequest):
            raise UnsupportedError(f"{self.title} only makes shots", field="operation")
        files = handed(call.request)
        ids = {name: await self._hand_over(media, call.access) for name, media in files.items()}
        trace = trace_of(call.reference)
        answer = await send_paid(
            self._http,
            _address(call.access, PATHS[call.model.operation]),
            body_of(call.model, call.request, ids, trace),
            headers=_headers(call.access, trace),
        )
        created = opened(answer, Created, paid=True)
        remote_id = str(created.video_id)
        return Receipt(Ticket(self.name, call.model.id, remote_id, call.model.operation))

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:
        """Ask where it stands; more often than every five seconds is of no use."""
        return _status(await self._result(ticket, access))

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:
        """The finished shot."""
        result = await self._result(ticket, access)
        status = _status(result)
        if status.error is not None:
            raise status.error
        if status.state is not State.DONE:
            raise UnavailableError(f"{self.title} is still making {ticket.remote_id}")
        path, media_type = await download(
            self._http, result.url, folder, f"{self.name}-{ticket.remote_id}"
        )
        told = {"width": result.width, "height": result.height, "seed": result.seed}
        facts = {name: value for name, value in told.items() if value is not None}
        return Outcome((Product(path, media_type, facts),))

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:
        """Nothing: PixVerse stops no shot it has begun."""

    async def probe(self, access: Access) -> Standing:
        """The credits left, of this month and bought."""
        url = _address(access, "/openapi/v2/account/balance")
        balance = opened(await read(self._http, url, headers=_headers(access)), Balance)
        left = balance.credit_monthly + balance.credit_package
        if left <= 0:
            raise OutOfCreditsError("the PixVerse account has no credits left")
        return Standing(credits=left)

    async def _hand_over(self, media: Media, access: Access) -> int:
        """A file to PixVerse, which costs nothing; its id there."""
        is_picture = media.media_type.startswith("image/")
        field, path = ("image", "image/upload") if is_picture else ("file", "media/upload")
        file = (media.name or media.path.name, content_of(media), media.media_type)
        answer = await tell(
            self._http,
            _address(access, f"/openapi/v2/{path}"),
            headers=_headers(access),
            form=Form(files={field: file}),
        )
        if is_picture:
            return opened(answer, Picture).img_id
        return opened(answer, Medium).media_id

    async def _result(self, ticket: Ticket, access: Access) -> Result:
        url = _address(access, f"/openapi/v2/video/result/{ticket.remote_id}")
        answer = await read(self._http, url, headers=_headers(access))
        try:
            return opened(answer, Result)
        except BadInputError as error:
            raise UnknownTicketError(f"PixVerse knows no shot {ticket.remote_id}") from error


def _status(result: Result) -> Status:
    match result.status:
        case 1 if result.url:
            return Status(State.DONE, 1.0)
        case 1:
            error: ProviderError = ProviderError(
                "PixVerse has made it, and does not say where it is"
            )
        case 6:
            error = UnknownTicketError("PixVerse has deleted it")
        case 7:  # the credits are given back
            error = RefusedError("PixVerse will not show what it made", stage="output")
        case 8:
            error = ProviderError("PixVerse could not make it")
        case number:  # 5 while it is made; a number nobody foresaw is no end
            return Status(State.RUNNING, message="" if number == 5 else f"status {number}")
    return Status(State.FAILED, error=error)


def _address(access: Access, path: str) -> str:
    return f"{(access.base_url or ADDRESS).rstrip('/')}{path}"


def _headers(access: Access, trace: UUID | None = None) -> Mapping[str, str]:
    return {"API-KEY": access.key, "Ai-trace-id": str(trace or uuid4())}
