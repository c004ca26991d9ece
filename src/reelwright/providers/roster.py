"""All vendors of this installation and their models, in one place."""

import datetime as dt
from functools import cached_property

from reelwright.engines.http.client import Http
from reelwright.providers.catalogue import Model, find_model
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
        """Every row, also of models that are gone."""
        return tuple(model for name in provider_names() for model in self.provider(name).models())

    @cached_property
    def _by_id(self) -> dict[str, Model]:
        return {model.id: model for model in self.models}

    def model(self, name: str) -> Model:
        """A row, whether or not it can still be asked for: what was begun is ended by it."""
        model = self._by_id.get(name)
        return model or find_model(self.models, name, dt.datetime.now(dt.UTC).date())
