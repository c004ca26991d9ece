"""Where an account's key is: sealed in its row, or in the environment; open only for a call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from reelwright.engines.secrets.vault import Vault
from reelwright.generation.accounts.account import Account
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import AccountId, WorkspaceId
from reelwright.providers.contract import Access

VARIABLES: Mapping[str, str] = {
    "FAL_KEY": "fal",
    "GOOGLE_API_KEY": "google",
    "GEMINI_API_KEY": "google",
    "OPENAI_API_KEY": "openai",
    "ANTHROPIC_API_KEY": "anthropic",
    "ELEVENLABS_API_KEY": "elevenlabs",
    "PIXVERSE_API_KEY": "pixverse",
    "BRAVE_API_KEY": "brave",
}
"""The environment variables in which people keep keys, and whose keys they are."""


@dataclass(frozen=True, slots=True)
class EnvironmentKeys:
    """The keys that this process's environment holds; asked anew each time, kept nowhere."""

    environ: Mapping[str, str] = field(repr=False)

    def variables(self, provider: str | None = None) -> list[str]:
        """The variables that hold a key, of one provider or of all; equal keys once."""
        found: dict[tuple[str, str], str] = {}
        for variable, whose in VARIABLES.items():
            key = self.environ.get(variable, "").strip()
            if key and provider in {None, whose}:
                found.setdefault((whose, key), variable)
        return list(found.values())

    def access(self, variable: str) -> Access:
        """Signs with the key of a variable; raises ConflictError when it is not set here."""
        key = self.environ.get(variable, "").strip()
        if not key:
            raise ConflictError(f"{variable} is not set here", way_out="set it, or add the key")
        return Access(key)


class AccountKeys:
    """Seals what an account signs with, and opens it for a call.

    The address is sealed as well: a key never goes to another than it was given for.
    """

    def __init__(self, vault: Vault, environment: EnvironmentKeys) -> None:
        self._vault = vault
        self.environment = environment

    def seal(self, account: AccountId, workspace: WorkspaceId, access: Access) -> str:
        """What to keep in the account's row; worthless in any other."""
        told = {"key": access.key, "base_url": access.base_url, "more": dict(access.more)}
        return self._vault.seal(json.dumps(told).encode(), _place(account, workspace))

    def access(self, account: Account) -> Access:
        """What the account signs with. Not to be kept."""
        if account.variable:
            return self.environment.access(account.variable)
        assert account.sealed is not None  # the table's own rule
        told = json.loads(self._vault.open(account.sealed, _place(account.id, account.workspace)))
        return Access(told["key"], told["base_url"], told["more"])

    def rewrapped(self, sealed: str) -> str | None:
        """The same under the vault's current key; None when it is so already."""
        return None if self._vault.is_current(sealed) else self._vault.rewrap(sealed)


def _place(account: AccountId, workspace: WorkspaceId) -> str:
    return f"{workspace}:accounts:access:{account}"
