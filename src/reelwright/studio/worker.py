"""A worker process: makes one ordered product at a time and puts it into the store."""

import asyncio
from pathlib import Path
from typing import Any, cast

from reelwright.engines.processes.child import serve
from reelwright.engines.storage.files import environment
from reelwright.engines.storage.store import Store, Stored
from reelwright.providers.contract import Call, Product, Provider, Request, State
from reelwright.providers.errors import UnavailableError
from reelwright.providers.loader import load_provider
from reelwright.studio.workshop import LOCAL, LocalRequest, Order


def make(message: dict[str, Any]) -> dict[str, Any]:
    """Make `message["orders"]`, those that another has made meanwhile excepted; answers `stored` and `made`."""
    with Store(message["store"]) as store:
        pairs = zip(message["orders"], message["fresh"], strict=True)
        done = [_deliver(store, order, fresh=fresh) for order, fresh in pairs]
    return {"stored": [stored for stored, _ in done], "made": [made for _, made in done]}


def _deliver(store: Store, order: Order, *, fresh: bool) -> tuple[Stored, bool]:
    with store.making(order.digest) as drafts:
        found = None if fresh else store.find(order.digest)
        if found is not None:
            return found, False
        with environment(f"cannot make a {order.recipe.operation}"):
            product = produce(order, drafts)
        return _keep(store, order, product), True


def produce(order: Order, drafts: Path) -> Product:
    """Make one product in a folder, in this process."""
    if order.provider == LOCAL:
        return cast("LocalRequest", order.request).make(drafts)
    return asyncio.run(_ask(load_provider(order.provider), order, drafts))


async def _ask(provider: Provider, order: Order, drafts: Path) -> Product:
    models = {model.id: model for model in provider.models()}
    call = Call(models[order.model], cast("Request", order.request), order.digest, drafts)
    ticket = (await provider.submit(call)).ticket
    pause = 0.05
    while (status := await provider.poll(ticket)).state is not State.DONE:
        if status.state is State.FAILED:
            raise UnavailableError(f"{order.model} could not make the {order.recipe.operation}")
        await asyncio.sleep(pause)
        pause = min(5.0, pause * 1.5)
    return (await provider.fetch(ticket, drafts)).product


def _keep(store: Store, order: Order, product: Product) -> Stored:
    return store.put(
        order.digest,
        product.path,
        operation=order.recipe.operation,
        media_type=product.media_type,
        facts=product.facts,
        inputs=order.recipe.inputs,
    )


if __name__ == "__main__":
    serve(make)
