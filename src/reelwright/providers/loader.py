"""Finds providers by the entry-point group `reelwright.providers`: ours and strangers' alike."""

from functools import cache
from importlib.metadata import entry_points

from reelwright.ground.errors import InvalidInputError
from reelwright.providers.contract import Model, Operation, Provider

GROUP = "reelwright.providers"


def provider_names() -> tuple[str, ...]:
    """The names of all installed providers, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


@cache
def load_provider(name: str) -> Provider:
    """The provider of that name, made once per process."""
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        known = ", ".join(provider_names()) or "none; reinstall reelwright"
        raise InvalidInputError(f"no provider is named {name!r}", way_out=f"installed: {known}")
    return found[0].load()()


def model_for(provider: Provider, operation: Operation) -> Model:
    """The provider's first model for an operation."""
    for model in provider.models():
        if model.operation is operation:
            return model
    raise InvalidInputError(f"{provider.name} has no model for {operation}")
