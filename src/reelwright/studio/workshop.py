"""The workshop: orders go in, products come out of the store, made now or found made."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from typing_extensions import override

from reelwright.engines.processes.crew import Crew
from reelwright.engines.storage.editions import edition
from reelwright.engines.storage.store import Store, Stored
from reelwright.film.recipes import Recipe
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.contract import Product, Provider, Request
from reelwright.providers.loader import model_for
from reelwright.providers.operations import Operation

if TYPE_CHECKING:  # a worker that draws needs nothing of what is paid
    from reelwright.studio.commissions.commission import Bought, Commission

CREW_NEEDS = ("REELWRIGHT_FONTS",)
"""What those who make things need of our environment: the folder of fonts."""
LOCAL = "local"
_OUR_SOURCES = (
    "studio/own.py",
    "studio/cut/*.py",
    "studio/hands/panning.py",
    "studio/moodboards/*.py",
    "engines/media/*.py",
)
_OUR_LIBRARIES = ("av", "numpy", "pillow", "skia-python")


class LocalRequest(Protocol):
    """Work that no provider is asked for: cutting, mixing, fitting a person's own files."""

    operation: ClassVar[str]

    def make(self, folder: Path) -> Product:
        """Do the work and write its file in `folder`."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """One product that is wanted: who makes it, by which model, from what request, which take."""

    provider: str
    model: str
    request: Request | LocalRequest
    recipe: Recipe

    @property
    def digest(self) -> str:
        """The product's name in the store."""
        return self.recipe.digest


@dataclass(frozen=True, slots=True)
class Delivery:
    """A product that is there; `made` says whether it was made just now."""

    stored: Stored
    made: bool


def order(
    provider: Provider, request: Request, *, inputs: tuple[str, ...] = (), take: int = 0
) -> Order:
    """Write the order for a request: the recipe names everything the product depends on.

    Files a request points at are named in the recipe by the digests in `inputs`, not by their path.
    """
    model = model_for(provider, Operation(request.operation))
    params = {f.name: getattr(request, f.name) for f in fields(request) if f.name != "still"}
    recipe = Recipe(request.operation.value, model.id, model.version, params, inputs, take)
    return Order(provider.name, model.id, request, recipe)


def local_order(request: LocalRequest, inputs: tuple[str, ...]) -> Order:
    """Write the order for work of our own; the files it reads are named by the digests in `inputs`."""
    values = {f.name: getattr(request, f.name) for f in fields(request)}  # pyrefly: ignore[bad-argument-type]
    params = {name: value for name, value in values.items() if not _names_files(value)}
    version = edition(_OUR_SOURCES, _OUR_LIBRARIES)
    recipe = Recipe(request.operation, LOCAL, version, params, inputs)
    return Order(LOCAL, LOCAL, request, recipe)


def _names_files(value: object) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(one, Path) for one in value)
    return isinstance(value, Path)


class Workshop(ABC):
    """Where orders go in and products come out, made now or found made.

    `told` are warnings of what could not be had, and is sketched instead.
    """

    def __init__(self) -> None:
        self.told: list[str] = []

    @abstractmethod
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        """Yield (number of the batch, its deliveries): first what is found, then what is made, as it comes.

        The orders of a batch are made one after the other by one worker, which may share between
        them what it has at hand.
        """
        ...

    def buy(
        self, commissions: "Sequence[Commission]", done: "Callable[[Commission], None]"
    ) -> "Mapping[str, Bought]":
        """Have them made by models; by digest, without those that are not to be had.

        `done` hears of each that has ended, well or not.
        """
        del commissions, done
        raise InvalidInputError(
            "models are asked by the service, with its accounts and its books",
            way_out="make the film with `reelwright film --route`",
        )

    def all_of(self, orders: Sequence[Order]) -> list[Delivery]:
        """All deliveries, in the order of the orders."""
        got = dict(self.deliver([[one] for one in orders]))
        return [got[n][0] for n in range(len(orders))]


class CrewWorkshop(Workshop):
    """Finds products in the store and has a crew of workers make what is missing."""

    def __init__(self, store: Store, workers: int, *, fresh: bool = False) -> None:
        super().__init__()
        self._store = store
        self._crew = Crew("reelwright.studio.worker", workers, CREW_NEEDS)
        self._fresh = fresh
        self._renewed: set[str] = set()

    def close(self) -> None:
        """Send the crew home, also in the middle of a job."""
        self._crew.close()

    @override
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        missing: list[int] = []
        for number, batch in enumerate(batches):
            found = [self._find(one) for one in batch]
            if any(one is None for one in found):
                missing.append(number)
            else:
                yield number, [one for one in found if one is not None]
        jobs = (
            {"orders": batches[n], "store": self._store.root, "fresh": self._new(batches[n])}
            for n in missing
        )
        for at, answer in self._crew.each(jobs):
            deliveries = zip(answer["stored"], answer["made"], strict=True)
            yield missing[at], [Delivery(stored, made) for stored, made in deliveries]

    def _find(self, one: Order) -> Delivery | None:
        if self._fresh and one.digest not in self._renewed:
            return None
        stored = self._store.find(one.digest)
        return Delivery(stored, made=False) if stored else None

    def _new(self, batch: Sequence[Order]) -> list[bool]:
        """With `fresh`, each product is made anew once in this run."""
        new = [self._fresh and one.digest not in self._renewed for one in batch]
        self._renewed.update(one.digest for one in batch)
        return new
