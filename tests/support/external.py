"""Processes that share a Postgres and a storage and nothing else: each has a home of its own."""

import base64
import contextlib
import json
import subprocess
from pathlib import Path

import sqlalchemy as sa

from reelwright.engines.database.roles import APP, SYSTEM, role_url
from support.service import Service, kill

HOUSE_KEY = base64.b64encode(b"the same key on every machine...").decode()


class Machines:
    """An API and workers, each as on a machine of its own."""

    def __init__(self, folder: Path, database_url: str, **environment: str) -> None:
        self._folder = folder
        self._environment = environment | {
            "REELWRIGHT_DATABASE_URL": database_url,
            "REELWRIGHT_DATABASE__APP_URL": role_url(database_url, APP),
            "REELWRIGHT_DATABASE__SYSTEM_URL": role_url(database_url, SYSTEM),
            "REELWRIGHT_SECRETS__HOUSE_KEY": HOUSE_KEY,
            "REELWRIGHT_FILMS__CREW": "1",
            "REELWRIGHT_DURABLE__LEASE_S": "3",
        }
        self._engine = sa.create_engine(database_url, poolclass=sa.NullPool)
        self._open = contextlib.ExitStack()
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.api = self._machine("api")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()

    def _machine(self, name: str) -> Service:
        service = Service(self._folder / name, **self._environment)
        return self._open.enter_context(service)

    def worker(self, name: str) -> None:
        """Start a worker on a machine of that name."""
        self.workers[name] = self._machine(name).worker()

    def kill(self, name: str) -> None:
        """Kill -9 a worker with everything it has started."""
        kill(self.workers[name])

    def rows(self, statement: str, **values: object) -> list[sa.Row]:
        """What the database says, seen by the owner of its tables."""
        with self._engine.begin() as connection:
            return list(connection.execute(sa.text(statement), values))

    def who_runs(self, workflow: str) -> str | None:
        """The machine whose worker runs (or ran) a workflow."""
        for (executor,) in self.rows(
            "SELECT executor_id FROM dbos.workflow_status WHERE workflow_uuid = :id", id=workflow
        ):
            return self._name(executor)
        return None

    def batches(self) -> dict[str, list[str]]:
        """The ended batches by the machine that made them."""
        made: dict[str, list[str]] = {}
        for batch, executor in self.rows(
            "SELECT b.id, w.executor_id FROM batches b"
            " JOIN dbos.workflow_status w ON w.workflow_uuid = b.id WHERE b.state = 'done'"
        ):
            made.setdefault(self._name(executor) or "?", []).append(batch)
        return made

    def in_flight(self, name: str) -> set[str]:
        """The digests of the batches that a machine is at."""
        pid = str(self.workers[name].pid)
        return {
            digest
            for executor, digests in self.rows(
                "SELECT w.executor_id, b.digests FROM batches b"
                " JOIN dbos.workflow_status w ON w.workflow_uuid = b.id"
                " WHERE b.state = 'queued' AND w.status = 'PENDING'"
            )
            if executor.split("-")[-2] == pid
            for digest in digests
        }

    def made_after(self, batches: set[str]) -> list[str]:
        """The digests that were made, not found, in batches that are not among these."""
        return [
            digest
            for batch, digests, made in self.rows(
                "SELECT id, digests, made FROM batches WHERE state = 'done'"
            )
            if batch not in batches
            for digest, new in zip(digests, made, strict=True)
            if new
        ]

    def store(self, name: str) -> set[str]:
        """The digests of the products on a machine's own disk."""
        cards = (self._folder / name).glob("store/products/*/*.json")
        return {path.stem for path in cards if json.loads(path.read_bytes())}

    def _name(self, executor: str | None) -> str | None:
        pids = {str(process.pid): name for name, process in self.workers.items()}
        return pids.get((executor or "--").split("-")[-2])
