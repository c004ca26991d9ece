"""How often somebody may try to sign in or up: by the account they name, and by where they come from."""

from reelwright.engines.limits.limiter import Limiter, RateLimitedError
from reelwright.ground.addresses import subscriber


class Throttle:
    """Counts tries, right ones too; raises RateLimitedError when there were too many.

    Tries at an account from one address are few; those at an account from anywhere, and from an
    address at any account, are more: else a stranger could shut people out of their accounts, and a
    whole office would be one. All addresses that one subscriber has are one.
    """

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    async def sign_in(self, account: str, address: str | None) -> None:
        """Count a try to sign in."""
        line = _line(address)
        await self._limiter.check("sign_in", f"{account} {line}")
        await self._limiter.check("sign_in_account", account)
        if line is not None:
            await self._limiter.check("sign_in_address", line)

    async def sign_up(self, address: str | None) -> None:
        """Count a sign-up."""
        if (line := _line(address)) is not None:
            await self._limiter.check("sign_up", line)

    async def letter(self, account: str, address: str | None) -> None:
        """Count a letter somebody asks for: nobody's mailbox is to be filled by others."""
        await self._limiter.check("letter", account)
        await self.code(address)

    async def letter_too(self, account: str) -> bool:
        """Count a letter that goes along with something else; whether it may go.

        Whoever has letters sent to a stranger must not keep the stranger from signing up.
        """
        try:
            await self._limiter.check("letter", account)
        except RateLimitedError:
            return False
        return True

    async def invitation(self, account: str, email: str) -> None:
        """Count an invitation: by who invites, and by whose mailbox it goes to."""
        await self._limiter.check("invitation", account)
        await self._limiter.check("letter", email)

    async def code(self, address: str | None) -> None:
        """Count a code, or another proof, that an address brings."""
        if (line := _line(address)) is not None:
            await self._limiter.check("sign_in_address", line)


def _line(address: str | None) -> str | None:
    return address and (subscriber(address) or address)
