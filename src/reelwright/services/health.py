"""How services are: asked all at once, none waited for longer than its time, again at its interval."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from reelwright.services.blueprint import ServiceConfig, blueprint_of
from reelwright.services.calling import asks_nothing, call
from reelwright.services.container import ServiceContainer
from reelwright.services.log import ServiceLogger
from reelwright.services.redaction import redact
from reelwright.services.registry import ServiceRegistry

HEALTHY, UNHEALTHY, NOT_STARTED = "healthy", "unhealthy", "not_started"
_CHECKS = ("health_check", "ping")
_LOOK_UP = 5.0  # s; services made later are seen after that


def read_report(outcome: Any) -> dict[str, Any]:
    """A report out of what a check gave back: a mapping, a word, yes or no, or nothing (all well)."""
    if isinstance(outcome, Mapping):
        return {"status": HEALTHY, **outcome}
    if isinstance(outcome, str):
        return {"status": outcome}
    return {"status": UNHEALTHY if outcome is False else HEALTHY}


class ServiceHealthMonitor:
    """Asks services how they are. A check that hangs is not asked again before it comes back."""

    def __init__(self, registry: ServiceRegistry, container: ServiceContainer) -> None:
        self._registry = registry
        self._container = container
        self._reports: dict[str, dict[str, Any]] = {}
        self._asked_at: dict[str, float] = {}
        self._under_way: dict[str, asyncio.Task[dict[str, Any]]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._log = ServiceLogger("health")

    @property
    def reports(self) -> dict[str, dict[str, Any]]:
        """The last report of each service that was asked."""
        return dict(self._reports)

    async def check(self, name: str) -> dict[str, Any]:
        """Ask one service; `status` is healthy, unhealthy, not_started, or a word of its own."""
        made = self._container.made().get(name)
        if made is None:
            report: dict[str, Any] = {"status": NOT_STARTED}
        else:
            self._asked_at[name] = time.monotonic()
            report = await self._ask(name, made, blueprint_of(made, name))
        before = self._reports.get(name, {}).get("status")
        self._reports[name] = report
        if before not in {None, report["status"]}:
            self._log.warning("health changed", of=name, was=before, status=report["status"])
        return report

    async def check_all(self) -> dict[str, dict[str, Any]]:
        """Ask every registered service at once."""
        names = [recipe.name for recipe in self._registry]
        return dict(zip(names, await asyncio.gather(*map(self.check, names)), strict=True))

    async def _ask(self, name: str, service: object, config: ServiceConfig) -> dict[str, Any]:
        task = self._under_way.get(name)
        if task is not None and not task.done():
            return {"status": UNHEALTHY, "error": "an earlier check has not come back"}
        task = asyncio.create_task(_examine(service))
        self._under_way[name] = task
        try:
            done, _ = await asyncio.wait({task}, timeout=config.health_check_timeout)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not done:
            task.cancel()
            return {
                "status": UNHEALTHY,
                "error": f"no answer within {config.health_check_timeout:g} s",
            }
        if task.cancelled():
            return {"status": UNHEALTHY, "error": "its check was cancelled"}
        return task.result()

    def start(self) -> None:
        """Keep asking in the background, each service at its own interval."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._keep_asking(), name="service health")

    async def stop(self) -> None:
        """Ask no more; checks under way are cancelled."""
        tasks = [t for t in (self._watch, *self._under_way.values()) if t and not t.done()]
        self._watch = None
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=1)

    async def _keep_asking(self) -> None:
        while True:
            due = [name for name, left in self._left() if left <= 0]
            await asyncio.gather(*(self.check(name) for name in due))
            soonest = min((left for _, left in self._left()), default=_LOOK_UP)
            await asyncio.sleep(min(max(soonest, 0.01), _LOOK_UP))

    def _left(self) -> list[tuple[str, float]]:
        """Each service, and the seconds until it is to be asked again."""
        now = time.monotonic()
        return [
            (
                name,
                self._asked_at.get(name, 0) + blueprint_of(made, name).health_check_interval - now,
            )
            for name, made in self._container.made().items()
        ]


async def _examine(service: object) -> dict[str, Any]:
    check: Callable[[], Any] | None = next(
        (found for name in _CHECKS if asks_nothing(found := getattr(service, name, None))), None
    )
    if check is None:
        return {"status": HEALTHY, "detail": "it has no check of its own"}
    started = time.perf_counter()
    try:
        report = read_report(await call(check))
    except Exception as error:  # noqa: BLE001 - whatever a check raises says that it is not well
        report = {"status": UNHEALTHY, "error": redact(f"{type(error).__name__}: {error}")}
    return {**report, "latency_ms": round(1000 * (time.perf_counter() - started), 3)}
