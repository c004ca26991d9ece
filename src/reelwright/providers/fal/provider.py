"""fal as a provider."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from pydantic import BaseModel

from reelwright.engines.http.client import Answer, Http
from reelwright.ground.digests import digest
from reelwright.providers.catalogue import Model, Recall, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import (
    NOBODY,
    Access,
    Call,
    Outcome,
    Product,
    Receipt,
    Ring,
    Standing,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import (
    BadKeyError,
    ProviderError,
    UnknownTicketError,
)
from reelwright.providers.fal.addresses import hosts_of, lifetime, signed, urls_of
from reelwright.providers.fal.archives import MEDIA_TYPE, archive_of
from reelwright.providers.fal.errors import complaint_of, error_of, submit_error
from reelwright.providers.fal.history import REFERENCE, History
from reelwright.providers.fal.inputs import input_of
from reelwright.providers.fal.results import File, Progress, Result, Submitted, verdict
from reelwright.providers.fal.storage import Storage
from reelwright.providers.fal.webhooks import Webhooks
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import LoraRequest, Prompt, media_of
from reelwright.providers.wire import download, read, send_paid, shaped, tell

_ANSWERS_AT_ONCE_S = 0.0
"""A queue does not work while it answers: no more patience than with anybody."""

_WEIGHTS_KEPT_S = 365 * 24 * 3600
"""Weights are used where they are, by their address; all else is downloaded at once."""


_LONGEST = timedelta(hours=1)  # that a call takes
_LISTED_WITHIN = timedelta(seconds=10)


class Fal:
    """Submits to fal's queue, and waits, polls or is rung.

    fal has no key against doubled calls. A call whose answer was lost is known again in two ways:
    by its webhook's address, which is its own; and in fal's list of requests, by a parameter of
    ours in its input (`history.REFERENCE`). What remains open:

    - It is not known whether the list shows requests that still wait or run. So its absence is
      believed an hour after it was sent (`sure_after`), when any call has ended. An account whose
      `more` says `lists_running: yes` is believed after seconds.
    - Accounts that keep no inputs (`X-Fal-Store-IO: 0`) have a list without our reference, and fal
      might list inputs without what a model does not know. Both are told: `look_up` raises
      UnknownOutcomeError when the list holds what may be the call.
    - A model that refuses parameters it does not know would refuse ours: a row with recall `none`
      is sent without it.
    - fal's signature says that fal rang, not for whom: whoever answers a ring goes by what `poll`
      says of the call's own ticket.
    """

    name = "fal"
    title = "fal"

    def __init__(self, http: Http) -> None:
        self._http = http
        self._storage = Storage(http)
        self._history = History(http)
        self._webhooks = Webhooks(http)

    @cached_property
    def _rows(self) -> tuple[Model, ...]:
        return models_of("reelwright.providers.fal", self.name)

    def models(self) -> Sequence[Model]:
        """The rows of `models.toml`."""
        return self._rows

    async def submit(self, call: Call) -> Receipt:
        """Put files where fal reads them, then the request into the queue, once.

        fal would itself try again what fails there; it is told not to: a call is made once.
        """
        refuse_unsupported(call.model, call.request)
        body = await self._input(call)
        url = f"{hosts_of(call.access).queue}/{call.model.endpoint}"
        if call.webhook:
            url += "?" + urlencode({"fal_webhook": call.webhook})
        headers = signed(call.access) | {"X-Fal-No-Retry": "1"}
        if call.model.operation is Operation.TRAIN_LORA:
            headers["X-Fal-Object-Lifecycle-Preference"] = lifetime(_WEIGHTS_KEPT_S)
        answer = await send_paid(
            self._http, url, body, headers=headers, within_s=_ANSWERS_AT_ONCE_S
        )
        if answer.status >= 400:
            raise submit_error(answer)
        taken = shaped(answer, Submitted, paid=True)
        return Receipt(self._ticket(call, taken.request_id, taken.urls))

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:
        """A completed request is looked at before it is called done: failure is told there."""
        url = self._url(ticket, "status", access)
        answer = await read(self._http, _with_logs(url), headers=signed(access))
        if answer.status == 404:
            raise UnknownTicketError("fal knows no such request (any more)")
        if answer.status >= 400:
            raise error_of(complaint_of(answer))
        progress = shaped(answer, Progress)
        if progress.status == "IN_QUEUE":
            return Status(State.WAITING, message=f"{progress.queue_position or 0} before it")
        if progress.status == "IN_PROGRESS":
            last = progress.logs[-1].message if progress.logs else ""
            return Status(State.RUNNING, message=last[:200])
        found = verdict(await self._result(ticket, access), progress)
        if isinstance(found, ProviderError):
            return Status(State.FAILED, error=found)
        return Status(State.DONE, 1.0)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:
        """Download what was made: fal keeps it for an hour, and some of it for minutes."""
        found = verdict(await self._result(ticket, access))
        if isinstance(found, ProviderError):
            raise found
        stem = digest(ticket.remote_id)[:12]
        return Outcome(
            tuple(
                [
                    await self._product(found, file, folder, f"{stem}-{number}")
                    for number, file in enumerate(found.files(), 1)
                ]
            )
        )

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:
        """What has begun goes on; what is finished or unknown stays as it is."""
        url = self._url(ticket, "cancel", access)
        answer = await tell(self._http, url, headers=signed(access), method="PUT")
        if answer.status >= 400 and answer.status not in (400, 404, 409):
            raise error_of(complaint_of(answer))

    def sure_after(self, access: Access) -> timedelta:
        """An hour; less where somebody has found out that the list shows what still runs."""
        return _LISTED_WITHIN if access.more.get("lists_running") == "yes" else _LONGEST

    async def look_up(self, call: Call, since: datetime) -> Ticket | None:
        """By our reference in fal's list of requests; see above for what None is worth."""
        remote_id = await self._history.find(call, since)
        if remote_id is None:
            return None
        queue = hosts_of(call.access).queue
        return self._ticket(call, remote_id, urls_of(queue, call.model.endpoint, remote_id))

    async def answer(
        self, headers: Mapping[str, str], body: bytes, access: Access, now: datetime
    ) -> Ring:
        """A ring names fal's own id; the reference is in the address it rang at."""
        delivery = await self._webhooks.verified(headers, body, hosts_of(access).keys, now)
        return Ring(None, delivery.request_id)

    async def probe(self, access: Access) -> Standing:
        """The balance is told to administrators' keys; another key is tried on the list of requests."""
        url = f"{hosts_of(access).platform}/v1/account/billing?expand=credits"
        answer = await read(self._http, url, headers=signed(access))
        if answer.status < 400:
            left = shaped(answer, _Billing).credits
            return Standing(left.current_balance, left.currency) if left else Standing()
        error = error_of(complaint_of(answer))
        if answer.status != 403 or not isinstance(error, BadKeyError):
            raise error
        await self._history.reachable(access)
        return Standing(note="its balance is told to an administrator's key only")

    async def _input(self, call: Call) -> dict[str, object]:
        request, access = call.request, call.access
        if isinstance(request, LoraRequest):
            archive = await self._storage.put(archive_of(request), MEDIA_TYPE, access)
            body = input_of(call.model, request, {}, archive)
        else:
            media = media_of(request) if isinstance(request, Prompt) else ()
            urls = await self._storage.put_all(media, access)
            body = input_of(call.model, request, urls)
        return body | ({REFERENCE: call.reference} if call.model.recall is Recall.LOOK_UP else {})

    async def _result(self, ticket: Ticket, access: Access) -> Answer:
        url = self._url(ticket, "result", access)
        return await read(self._http, url, headers=signed(access))

    async def _product(self, result: Result, file: File, folder: Path, name: str) -> Product:
        path, media_type = await download(self._http, file.url, folder, name)
        return Product(path, media_type, result.facts(file))

    def _ticket(self, call: Call, remote_id: str, urls: Mapping[str, str]) -> Ticket:
        return Ticket(self.name, call.model.id, remote_id, call.model.operation, urls)

    def _url(self, ticket: Ticket, what: str, access: Access) -> str:
        """As fal named it; by its rule for a request that only a ring has told of."""
        if what in ticket.urls:
            return ticket.urls[what]
        row = next((one for one in self._rows if one.id == ticket.model), None)
        if row is None:
            raise UnknownTicketError(f"no model is named {ticket.model!r}")
        return urls_of(hosts_of(access).queue, row.endpoint, ticket.remote_id)[what]


class _Credits(BaseModel):
    """What is left to pay with."""

    current_balance: float
    currency: str = "USD"


class _Billing(BaseModel):
    """How an account is billed."""

    credits: _Credits | None = None


def _with_logs(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}logs=1"
