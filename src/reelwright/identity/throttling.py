"""How often somebody may try: by the account they name, and by where they come from."""

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from reelwright.ground.errors import ExhaustedError
from reelwright.identity.settings import IdentitySettings

_MINUTES = 15


class ThrottledError(ExhaustedError):
    """Too many tries; `retry_after` are seconds."""

    code = "too_many_tries"

    def __init__(self, retry_after: float) -> None:
        super().__init__("too many tries", way_out="wait a quarter of an hour")
        self.retry_after = retry_after


class Throttle:
    """Counts tries. A right password makes the account's count begin anew, the address's not."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._account = RateLimitItemPerMinute(settings.sign_in_tries, _MINUTES, "account")
        self._address = RateLimitItemPerMinute(settings.address_tries, _MINUTES, "address")
        self._letters = RateLimitItemPerHour(settings.letters, 1, "letters")

    async def sign_in(self, account: str, address: str | None) -> None:
        """Count a try; raises ThrottledError when there were too many."""
        await self._hit(self._account, account)
        if address is not None:
            await self._hit(self._address, address)

    async def signed_in(self, account: str) -> None:
        """Forget the tries of an account."""
        await self._limiter.clear(self._account, account)

    async def sign_up(self, address: str | None) -> None:
        """Count a sign-up of an address."""
        if address is not None:
            await self._hit(self._address, address)

    async def letter(self, account: str, address: str | None) -> None:
        """Count a letter somebody asks for: nobody's mailbox is to be filled by others."""
        await self._hit(self._letters, account)
        await self.code(address)

    async def code(self, address: str | None) -> None:
        """Count a code, or another proof, that an address brings."""
        if address is not None:
            await self._hit(self._address, address)

    async def _hit(self, item: RateLimitItem, key: str) -> None:
        if not await self._limiter.hit(item, key):
            raise ThrottledError(60.0)
