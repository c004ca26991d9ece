"""Asking a model that writes: whether there is one, once more when an answer is no use, and the bill."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reelwright.generation.repertoire.repertoire import Offer, Repertoire
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Writing, Written
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, ToldError
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.errors import MisshapenError
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Message, TextRequest

Check = Callable[[Written], Sequence[str]]
"""What is wrong with an answer, in sentences for the model; nothing: it can be used."""

_MEND = "Your last answer cannot be used as it is:\n{faults}\nAnswer once more, whole, without these faults."
_NO_SHAPE = (
    "Your last answer could not be read: {fault}.\nAnswer once more, whole, in the shape asked for."
)


class KeyNeededError(InvalidInputError):
    """What was asked needs a model that writes, and whoever asks has no key for one."""

    code = "key_needed"


@dataclass
class Bill:
    """What texts have cost: millionths by currency. `found` of the `texts` had been written before.

    `unpriced` of them have a cost that nobody knows.
    """

    texts: int = 0
    found: int = 0
    unpriced: int = 0
    micros: dict[str, int] = field(default_factory=dict)
    models: list[str] = field(default_factory=list)

    def add(self, written: Written) -> None:
        """Count one text."""
        self.texts += 1
        self.found += written.found
        if written.model not in self.models:
            self.models.append(written.model)
        if written.cost_micros is None:
            self.unpriced += 1
        elif written.cost_micros:
            before = self.micros.get(written.currency, 0)
            self.micros[written.currency] = before + written.cost_micros

    def told(self) -> str:
        """In words."""
        costs = [f"{micros / 1_000_000:.6g} {one}" for one, micros in sorted(self.micros.items())]
        if self.unpriced:
            costs.append(f"what nobody knows for {self.unpriced} texts")
        found = f", {self.found} of them found again" if self.found else ""
        return f"{self.texts} texts{found}, for {' + '.join(costs) or 'nothing'}"

    def written(self) -> dict[str, Any]:
        """As JSON."""
        counts = {"texts": self.texts, "found": self.found, "unpriced": self.unpriced}
        return {**counts, "micros": dict(self.micros), "models": list(self.models)}


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom a text is written, by which models, and on whose bill it goes."""

    who: Principal
    route: Route
    bill: Bill
    project_id: ProjectId | None = None
    take: int = 0


class Pens:
    """The models that write, for whoever has a key of one."""

    def __init__(self, writing: Writing, repertoire: Repertoire, clock: Clock) -> None:
        self.writing = writing
        self._repertoire = repertoire
        self._clock = clock

    async def any_for(self, who: Principal) -> bool:
        """Whether there is an account with which something can be written."""
        offer = await self._repertoire.offer(who)
        return bool(self._writers(offer) & offer.keyed.keys())

    async def need(self, who: Principal, what: str, way_out: str = "") -> None:
        """Raise KeyNeededError when there is none; `what` needs it, and `way_out` is another way."""
        if await self.any_for(who):
            return
        vendors = sorted(self._writers(await self._repertoire.offer(who)))
        raise KeyNeededError(
            f"{what} needs a key for one of {', '.join(vendors)}",
            way_out=f"reelwright accounts add {vendors[0]}"
            + (f"; or {way_out}" if way_out else ""),
        )

    async def write(self, errand: Errand, request: TextRequest, check: Check) -> Written:
        """A text, mended once if `check` finds fault; what is left is for the caller to judge."""
        try:
            written = await self._once(errand, request)
        except ToldError as error:
            if error.code != MisshapenError.code:
                raise
            return await self._once(errand, _told_again(request, _NO_SHAPE, error.message))
        faults = check(written)
        if not faults:
            return written
        wrong = "\n".join(f"- {one}" for one in faults)
        return await self._once(errand, _told_again(request, _MEND, wrong, written.text))

    async def _once(self, errand: Errand, request: TextRequest) -> Written:
        written = await self.writing.write(
            errand.who, request, errand.route, project_id=errand.project_id, take=errand.take
        )
        errand.bill.add(written)
        return written

    def _writers(self, offer: Offer) -> set[str]:
        """The vendors of models that write, those that accounts name among them."""
        today = self._clock.now().date()
        able = (one for one in offer.models if one.operation is Operation.TEXT)
        return {one.provider for one in able if one.usable(today)}


def _told_again(request: TextRequest, words: str, what: str, answer: str = "") -> TextRequest:
    """The request with the answer that came, and what is wrong with it."""
    told = words.format(faults=what, fault=what)
    came = (Message("assistant", answer),) if answer else ()
    return replace(request, messages=(*request.messages, *came, Message("user", told)))
