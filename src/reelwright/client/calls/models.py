"""The calls of the tag `models`. Written by `make openapi`."""

from reelwright.client.models.models import ModelView, PreferenceOrder, PreferenceView
from reelwright.client.models.shared import Operation
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class ModelsCalls:
    """The calls of the tag `models`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_models(
        self, *, operation: Operation | None = None, provider: str | None = None
    ) -> list[ModelView]:
        """All models that can be asked today, by operation, the best first."""
        answer = await self._wire.ask(
            "GET", "/api/v1/models", query={"operation": operation, "provider": provider}
        )
        return read(list[ModelView], answer.body)

    async def get_model(self, model_id: str) -> ModelView:
        """One model, also when it is gone: `replacement` says what took its place."""
        answer = await self._wire.ask("GET", at("/api/v1/models/{model_id}", model_id=model_id))
        return read(ModelView, answer.body)

    async def list_preferences(self, *, project_id: str | None = None) -> list[PreferenceView]:
        """What counts where a route names no model: the project's, then your own, then the installation's."""
        answer = await self._wire.ask(
            "GET", "/api/v1/preferences", query={"project_id": project_id}
        )
        return read(list[PreferenceView], answer.body)

    async def put_preference(
        self, operation: str, body: PreferenceOrder, *, project_id: str | None = None
    ) -> PreferenceView:
        """Ask this model first from now on: for you, or for all who work on a project."""
        answer = await self._wire.ask(
            "PUT",
            at("/api/v1/preferences/{operation}", operation=operation),
            query={"project_id": project_id},
            body=body,
        )
        return read(PreferenceView, answer.body)

    async def delete_preference(self, operation: str, *, project_id: str | None = None) -> None:
        """Prefer none any more."""
        await self._wire.ask(
            "DELETE",
            at("/api/v1/preferences/{operation}", operation=operation),
            query={"project_id": project_id},
        )


class ModelsWaited(Waited):
    """The same, waited for."""

    list_models = waited(ModelsCalls.list_models)
    get_model = waited(ModelsCalls.get_model)
    list_preferences = waited(ModelsCalls.list_preferences)
    put_preference = waited(ModelsCalls.put_preference)
    delete_preference = waited(ModelsCalls.delete_preference)
