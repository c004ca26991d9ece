"""All vendors of this installation and the rows they come with, in one place."""

from functools import cached_property

from reelwright.engines.http.client import Http
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Provider
from reelwright.providers.loader import load_provider, provider_names


class Vendors:
    """Providers by name, each made once, and the rows of all their models."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def provider(self, name: str) -> Provider:
        """A provider; raises InvalidInputError when none is named so."""
        return load_provider(name, self._http)

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """Every row, also of models that are gone, before operators have set anything of them."""
        return tuple(model for name in provider_names() for model in self.provider(name).models())
