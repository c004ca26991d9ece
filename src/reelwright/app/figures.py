"""Figures that are read when somebody asks: pools, queues, events, and what each service has done."""

from collections.abc import Iterator
from dataclasses import astuple

from prometheus_client import Gauge
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select, text
from typing_extensions import override

from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.database import Database
from reelwright.engines.events.stream import EventStream
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.ground.principals import Activity
from reelwright.jobs.states import LIVE
from reelwright.jobs.tables import LIVE_SQL, JobRow
from reelwright.services.house import House

_POOL = ("in use", "idle", "most")
_LIVE = text(LIVE_SQL)  # the very words of its index

_ACCOUNTS = text("""
SELECT provider, CASE WHEN paused THEN 'paused' ELSE state END, count(*)
  FROM accounts GROUP BY 1, 2""")
_CIRCUITS = text("""
SELECT a.provider, CASE WHEN c.open_until > now() THEN 'open' ELSE 'half-open' END, count(*)
  FROM account_circuits AS c JOIN accounts AS a ON a.id = c.account_id
 WHERE c.open_until IS NOT NULL GROUP BY 1, 2""")


class Figures:
    """Shows on the page of figures what this process and its queues look like now."""

    def __init__(
        self,
        metrics: Metrics,
        database: Database,
        connections: ConnectionManager,
        stream: EventStream,
    ) -> None:
        self._database = database
        self._connections = connections
        self._jobs = _gauge(metrics, "jobs_waiting", "Jobs that have not ended.", "state")
        self._pools = _gauge(
            metrics, "database_connections", "Connections of this process.", "pool", "state"
        )
        events = "reelwright_events"
        metrics.gauge(f"{events}_subscribers", "Who follows events.", lambda: stream.subscribers)
        metrics.gauge(f"{events}_lag_seconds", "Age of what came last.", lambda: stream.lag_s)
        metrics.gauge(
            f"{events}_listening", "1: wake-ups arrive; 0: polling.", lambda: stream.listening
        )
        metrics.before(self.look_at_pools)
        metrics.before(self.count_jobs)
        self._accounts = _gauge(
            metrics, "accounts", "Accounts of vendors, by how they stand.", "provider", "state"
        )
        self._circuits = _gauge(
            metrics, "circuits", "Models of accounts that are left alone.", "provider", "state"
        )
        metrics.before(self.count_accounts)

    async def look_at_pools(self) -> None:
        """Read the pools of this event loop."""
        for pool, state in self._connections.pools().items():
            for name, value in zip(_POOL, astuple(state), strict=True):
                self._pools.labels(pool, name).set(value)

    async def count_accounts(self) -> None:
        """Count accounts by how they stand, and the models that are left alone, or tried again."""
        self._accounts.clear()
        self._circuits.clear()
        async with self._database.read(Activity.DISPATCH) as tx:
            for provider, state, count in await tx.execute(_ACCOUNTS):
                self._accounts.labels(provider, state).set(count)
            for provider, state, count in await tx.execute(_CIRCUITS):
                self._circuits.labels(provider, state).set(count)

    async def count_jobs(self) -> None:
        """Count the jobs of all workspaces that have not ended, by state."""
        self._jobs.clear()  # no figure is better than one of before the database went
        async with self._database.read(Activity.DISPATCH) as tx:
            asked = select(JobRow.state, func.count()).where(_LIVE).group_by(JobRow.state)
            found = {state: count for state, count in await tx.execute(asked)}  # noqa: C416 - dict() wants tuples, these are rows
        for state in LIVE:
            self._jobs.labels(state.value).set(found.get(state.value, 0))


class ServiceFigures(Collector):
    """What each service's methods have done, as the Services System counts it."""

    def __init__(self, house: House) -> None:
        self._house = house

    @override
    def collect(self) -> Iterator[Metric]:
        """Calls by outcome, the time spent in them, and the slow end of the latest."""
        names = ["service", "method"]
        calls = CounterMetricFamily(
            "reelwright_service_calls", "Calls of services.", labels=[*names, "outcome"]
        )
        slow = GaugeMetricFamily(
            "reelwright_service_seconds",
            "How long the latest calls took.",
            labels=[*names, "quantile"],
        )
        for recipe in self._house.registry:
            for method, told in self._house.metrics(recipe.name)["methods"].items():
                labels = [recipe.name, method]
                calls.add_metric([*labels, "success"], told["successes"])
                calls.add_metric([*labels, "failure"], told["failures"])
                for name, quantile in (("p50", "0.5"), ("p95", "0.95"), ("p99", "0.99")):
                    slow.add_metric([*labels, quantile], told[name] / 1000)
        yield calls
        yield slow


def _gauge(metrics: Metrics, name: str, about: str, *labels: str) -> Gauge:
    return Gauge(f"reelwright_{name}", about, labels, registry=metrics.registry)
