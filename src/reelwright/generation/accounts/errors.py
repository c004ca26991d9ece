"""What can go wrong with accounts beside what vendors say of them."""

from datetime import datetime

from reelwright.ground.errors import ExhaustedError, InvalidInputError


class NoAccountError(InvalidInputError):
    """Nobody has an account of that vendor for whoever asks."""

    code = "no_account"

    def __init__(self, provider: str) -> None:
        super().__init__(
            f"there is no account of {provider}",
            way_out=f"needs a key for {provider}: reelwright accounts add {provider}",
        )
        self.provider = provider


class NoFreeAccountError(ExhaustedError):
    """There are accounts, and none can be used now.

    `retry_at` is the earliest moment at which one may be free again; None: not by itself.
    """

    code = "no_free_account"

    def __init__(self, message: str, *, now: datetime, retry_at: datetime | None) -> None:
        way_out = "wait, or add another: reelwright accounts add"
        if retry_at is None:
            way_out = "`reelwright accounts list` shows why; resume, top up or add one"
        super().__init__(message, way_out=way_out)
        self.retry_at = retry_at
        self.retry_after = (retry_at - now).total_seconds() if retry_at else None


class TooManyAccountsError(ExhaustedError):
    """A person has as many accounts as they may have."""

    code = "too_many_accounts"
