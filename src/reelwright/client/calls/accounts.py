"""The calls of the tag `accounts`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.accounts import (
    AccountEdit,
    AccountOrder,
    AccountView,
    CircuitView,
    TrialView,
)
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class AccountsCalls:
    """The calls of the tag `accounts`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def create_account(self, body: AccountOrder, *, key: str | None = None) -> AccountView:
        """Add an account. Its key is sealed, and shown to nobody any more."""
        answer = await self._wire.ask("POST", "/api/v1/accounts", body=body, key=key)
        return read(AccountView, answer.body)

    def list_accounts(
        self, *, provider: str | None = None, limit: int = 50
    ) -> AsyncIterator[AccountView]:
        """All accounts the caller may use: their own, the workspace's, the operator's; newest first."""
        return self._wire.rows(
            "/api/v1/accounts", {"provider": provider, "limit": limit}, AccountView
        )

    async def get_account(self, account_id: str) -> AccountView:
        """One account."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/accounts/{account_id}", account_id=account_id)
        )
        return read(AccountView, answer.body)

    async def change_account(self, account_id: str, body: AccountEdit) -> AccountView:
        """Change limits, key, or who may use it; pause and resume it. Resumed, its troubles are forgotten."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/accounts/{account_id}", account_id=account_id), body=body
        )
        return read(AccountView, answer.body)

    async def delete_account(self, account_id: str) -> None:
        """Forget an account and its key; not while calls run through it."""
        await self._wire.ask("DELETE", at("/api/v1/accounts/{account_id}", account_id=account_id))

    async def list_circuits(self, account_id: str) -> list[CircuitView]:
        """The models that have failed through an account lately, and whether they are left alone."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/accounts/{account_id}/circuits", account_id=account_id)
        )
        return read(list[CircuitView], answer.body)

    async def test_account(self, account_id: str, *, key: str | None = None) -> TrialView:
        """Try the key with its vendor, without paying; what that shows is noted."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/accounts/{account_id}/test", account_id=account_id), key=key
        )
        return read(TrialView, answer.body)


class AccountsWaited(Waited):
    """The same, waited for."""

    create_account = waited(AccountsCalls.create_account)
    list_accounts = each(AccountsCalls.list_accounts)
    get_account = waited(AccountsCalls.get_account)
    change_account = waited(AccountsCalls.change_account)
    delete_account = waited(AccountsCalls.delete_account)
    list_circuits = waited(AccountsCalls.list_circuits)
    test_account = waited(AccountsCalls.test_account)
