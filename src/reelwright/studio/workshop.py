"""The workshop: orders go in, products come out of the store, made now or found made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar, Protocol

from reelwright.engines.processes.crew import Crew
from reelwright.engines.storage.editions import edition
from reelwright.engines.storage.store import Store, Stored
from reelwright.film.recipes import Recipe
from reelwright.providers.contract import Operation, Product, Provider, Request
from reelwright.providers.loader import model_for

LOCAL = "local"


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
    params = {name: value for name, value in values.items() if not isinstance(value, Path)}
    version = edition(("studio/**/*.py", "engines/media/*.py"), ("av", "numpy"))
    recipe = Recipe(request.operation, LOCAL, version, params, inputs)
    return Order(LOCAL, LOCAL, request, recipe)


class Workshop:
    """Finds products in the store and has a crew of workers make what is missing."""

    def __init__(self, store: Store, workers: int, *, fresh: bool = False) -> None:
        self._store = store
        self._crew = Crew("reelwright.studio.worker", workers)
        self._fresh = fresh
        self._seen: set[str] = set()

    def close(self) -> None:
        """Send the crew home, also in the middle of a job."""
        self._crew.close()

    def deliver(self, orders: Sequence[Order]) -> Iterator[tuple[int, Delivery]]:
        """Yield (index of the order, delivery), what is found first, then what is made, as it comes."""
        missing: list[int] = []
        for index, one in enumerate(orders):
            renewed = self._fresh and one.digest not in self._seen
            found = None if renewed else self._store.find(one.digest)
            if found is None:
                missing.append(index)
            else:
                yield index, Delivery(found, made=False)
        jobs = (
            {"order": orders[i], "store": self._store.root, "fresh": self._is_new(orders[i])}
            for i in missing
        )
        for at, answer in self._crew.each(jobs):
            yield missing[at], Delivery(answer["stored"], made=answer["made"])

    def all_of(self, orders: Sequence[Order]) -> list[Delivery]:
        """All deliveries, in the order of the orders."""
        got: dict[int, Delivery] = dict(self.deliver(orders))
        return [got[i] for i in range(len(orders))]

    def _is_new(self, one: Order) -> bool:
        """With `fresh`, each product is made anew once in this run."""
        new = self._fresh and one.digest not in self._seen
        self._seen.add(one.digest)
        return new
