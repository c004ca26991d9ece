"""The workflows and queues that can be called: what some process has announced."""

from typing import Literal

import sqlalchemy as sa
from dbos import DBOSClient
from sqlalchemy.dialects import postgresql as pg

from reelwright.engines.durable.contract import Queue, Roster
from reelwright.engines.durable.tables import DurableName

_NO_BOUND = 1_000_000


def announce(client: DBOSClient, system_url: str, roster: Roster, *, bounds: bool = True) -> None:
    """Make a roster's workflows and queues known, so that they can be called. Repeatable.

    Queues take the bounds of whoever announced them last, unless without `bounds`. A name is never taken back: calls of it
    may be waiting.
    """
    for queue in roster.queues:
        _register(client, queue, "always_update" if bounds else "never_update")
    rows = [{"kind": "workflow", "name": one.name, "fair": False} for one in roster.workflows]
    rows += [{"kind": "queue", "name": one.name, "fair": one.fair} for one in roster.queues]
    if not rows:
        return
    upsert = pg.insert(DurableName)
    upsert = upsert.on_conflict_do_update(
        index_elements=["kind", "name"], set_={"fair": upsert.excluded.fair}
    )
    engine = sa.create_engine(system_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(upsert, sorted(rows, key=lambda row: (row["kind"], row["name"])))


def _register(
    client: DBOSClient, queue: Queue, known: Literal["always_update", "never_update"]
) -> None:
    # A limit on each partition is what makes a queue partitioned: the engine then walks them in a
    # new random order at every poll, and one user's thousand calls are one partition among others.
    partition = (queue.per_worker or _NO_BOUND) if queue.fair else None
    client.register_queue(
        queue.name,
        worker_concurrency=queue.per_worker,
        partition_worker_concurrency=partition,
        polling_interval_sec=queue.poll_s,
        on_conflict=known,
    )
