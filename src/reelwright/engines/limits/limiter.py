"""The limiter: one more try under a name, and whether that is still allowed."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.limits.drivers import Driver, Memory, choose_driver
from reelwright.engines.limits.settings import LimitSettings
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ExhaustedError

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}

log = logging.getLogger(__name__)


class RateLimitedError(ExhaustedError):
    """Too many tries in too short a time; `retry_after` is in seconds."""

    code: ClassVar[str] = "rate_limited"

    def __init__(self, retry_after: float) -> None:
        seconds = max(1, round(retry_after))
        super().__init__("that was too often", way_out=f"try again in {seconds} s")
        self.retry_after = seconds


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `amount` in each window of `window_s` seconds."""

    amount: int
    window_s: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one more is allowed, and how many more will be until the window ends."""

    allowed: bool
    limit: int
    remaining: int
    reset_after_s: float
    window_s: int


def read_policy(rate: str) -> Policy | None:
    """The policy a setting says: `600/minute`, or `none`."""
    if rate == "none":
        return None
    amount, _, unit = rate.partition("/")
    return Policy(int(amount), _SECONDS[unit])


class Limiter:
    """Counts tries by name and key in windows of the clock, the same for all who share a Redis.

    At the border of two windows twice the amount can come in short time; that is the price of one
    word with Redis a request. While Redis is away each process counts for itself.
    """

    def __init__(
        self,
        settings: LimitSettings,
        cache: CacheSettings,
        clock: Clock,
        driver: Driver | None = None,
    ) -> None:
        self._driver = driver or choose_driver(cache, settings.size)
        self._own = Memory(settings.size)
        self._clock = clock
        self._patience_s = cache.within_s * 2
        self._pause_s = cache.pause_s
        self._away_until = 0.0
        self._away = False
        rates = settings.model_dump(exclude={"size"})
        self.policies: Mapping[str, Policy | None] = {
            name: read_policy(rate) for name, rate in rates.items()
        }

    async def hit(self, name: str, key: str, policy: Policy | None = None) -> Verdict | None:
        """Count one more try of `key` under `name`; None where nothing limits it.

        Without a policy, the one that is set for the name counts.
        """
        policy = policy or self.policies[name]
        if policy is None:
            return None
        place, left = self._window(name, key, policy)
        count = await self._ask(lambda driver: driver.count(place, policy.window_s))
        return Verdict(
            allowed=count <= policy.amount,
            limit=policy.amount,
            remaining=max(0, policy.amount - count),
            reset_after_s=left,
            window_s=policy.window_s,
        )

    async def check(self, name: str, key: str) -> None:
        """Count one more try; raises RateLimitedError when it is one too many."""
        verdict = await self.hit(name, key)
        if verdict is not None and not verdict.allowed:
            raise RateLimitedError(verdict.reset_after_s)

    async def require(self, name: str, key: str) -> None:
        """Raise RateLimitedError when one more would be too many. Counts nothing: for what fails alone counts."""
        policy = self.policies[name]
        if policy is None:
            return
        place, left = self._window(name, key, policy)
        if await self._ask(lambda driver: driver.look(place)) >= policy.amount:
            raise RateLimitedError(left)

    def _window(self, name: str, key: str, policy: Policy) -> tuple[str, float]:
        """Where it is counted now, and for how many seconds more."""
        window, gone = divmod(self._clock.now().timestamp(), policy.window_s)
        return f"{name}:{key}:{window:.0f}", policy.window_s - gone

    async def close(self) -> None:
        """Close connections."""
        await self._driver.close()

    async def _ask(self, ask: Callable[[Driver], Awaitable[int]]) -> int:
        if isinstance(self._driver, Memory):
            return await ask(self._driver)
        if time.monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(self._patience_s):
                    count = await ask(self._driver)
            except Exception as error:  # noqa: BLE001  # nobody is turned away because Redis is
                self._leave_alone(error)
            else:
                self._away = False
                return count
        return await ask(self._own)

    def _leave_alone(self, error: Exception) -> None:
        """Said once for each time it goes away, not at every request."""
        self._away_until = time.monotonic() + self._pause_s
        if not self._away:
            self._away = True
            log.warning(
                "limits are counted by each process for itself while Redis is away (%s)",
                type(error).__name__,
            )
