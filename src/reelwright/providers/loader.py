"""Finds providers by the entry-point group `reelwright.providers`: ours and strangers' alike."""

import datetime as dt
from functools import cache
from importlib.metadata import entry_points

from reelwright.engines.http.client import Http
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Provider
from reelwright.providers.operations import Operation

GROUP = "reelwright.providers"


@cache
def provider_names() -> tuple[str, ...]:
    """The names of all installed providers, sorted: looked up once per process.

    To ask what is installed reads the metadata of every package, which takes milliseconds.
    """
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


@cache
def load_provider(name: str, http: Http | None = None) -> Provider:
    """The provider of that name, made once per process; `http` is how it reaches its vendor.

    Without `http` it can tell its models, and make what needs nobody else.
    """
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        known = ", ".join(provider_names()) or "none; reinstall reelwright"
        raise InvalidInputError(f"no provider is named {name!r}", way_out=f"installed: {known}")
    return found[0].load()(http or Http())


def model_for(provider: Provider, operation: Operation) -> Model:
    """The provider's first model for an operation that can be used."""
    today = dt.datetime.now(dt.UTC).date()
    for model in provider.models():
        if model.operation is operation and model.usable(today):
            return model
    raise InvalidInputError(f"{provider.name} has no model for {operation}")
