"""The calls of the tag `operators`. Written by `make openapi`."""

from reelwright.client.models.operators import (
    OverrideOrder,
    OverrideView,
    RowsOrder,
    UserEdit,
    UserView,
)
from reelwright.client.wire import Wire, at, read


class OperatorsCalls:
    """The calls of the tag `operators`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_overrides(self, *, model: str | None = None) -> list[OverrideView]:
        """All that operators have ever said of models, the oldest first."""
        answer = await self._wire.ask("GET", "/api/v1/operator/models", query={"model": model})
        return read(list[OverrideView], answer.body)

    async def add_models(self, body: RowsOrder, *, key: str | None = None) -> list[OverrideView]:
        """Add rows of models of known vendors."""
        answer = await self._wire.ask("POST", "/api/v1/operator/models", body=body, key=key)
        return read(list[OverrideView], answer.body)

    async def override_model(self, model_id: str, body: OverrideOrder) -> OverrideView:
        """Set what a model costs, how good and fast it is, and whether it can be used."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/operator/models/{model_id}", model_id=model_id), body=body
        )
        return read(OverrideView, answer.body)

    async def reset_model(self, model_id: str) -> OverrideView:
        """Take back all that operators have said of a model."""
        answer = await self._wire.ask(
            "DELETE", at("/api/v1/operator/models/{model_id}", model_id=model_id)
        )
        return read(OverrideView, answer.body)

    async def list_users(self) -> list[UserView]:
        """All people of the installation, the first first."""
        answer = await self._wire.ask("GET", "/api/v1/operator/users")
        return read(list[UserView], answer.body)

    async def change_user(self, user_id: str, body: UserEdit) -> UserView:
        """Make a person an operator, or no operator; say how many accounts they may keep."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/operator/users/{user_id}", user_id=user_id), body=body
        )
        return read(UserView, answer.body)
