"""Starting, telling and stopping workflows, from any process that has the database."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from dbos import DBOSClient, DBOSPortableJSONSerializer, PortableWorkflowError, WorkflowStatus
from dbos import error as dbos_errors
from sqlalchemy.exc import DBAPIError

from reelwright.engines.database.database import Tx
from reelwright.engines.durable.contract import Call, Json, Phase, Roster, Standing
from reelwright.engines.durable.names import announce
from reelwright.engines.durable.upgrading import VERSION
from reelwright.engines.events.publishing import NewEvent, publish, publish_beside
from reelwright.ground.errors import InvalidInputError, MissingError

_ENQUEUE = "SELECT public.enqueue_calls(CAST(:calls AS jsonb), :version)"
_NO_SUCH_CALL = "22023"
_PHASES = {
    "ENQUEUED": Phase.WAITING,
    "DELAYED": Phase.WAITING,
    "PENDING": Phase.RUNNING,
    "SUCCESS": Phase.DONE,
    "ERROR": Phase.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": Phase.FAILED,
    "CANCELLED": Phase.CANCELLED,
}


def open_client(system_url: str) -> DBOSClient:
    """A client of the engine as the system's role; connects when it is first used."""
    return DBOSClient(
        system_database_url=system_url,
        serializer=DBOSPortableJSONSerializer(),
        application_name="reelwright",
        lazy=True,
        retry_connection_errors=False,
    )


class DbosDurable:
    """Enqueues in the caller's transaction; all else on connections of the system's role."""

    def __init__(self, system_url: str) -> None:
        self._system_url = system_url
        self._client = open_client(system_url)

    async def announce(self, roster: Roster) -> None:
        """Make a roster's names known before any worker has: then calls may wait for the first.

        The bounds that workers have given their queues stand.
        """
        await asyncio.to_thread(announce, self._client, self._system_url, roster, bounds=False)

    async def enqueue(
        self, tx: Tx, calls: Sequence[Call], telling: Sequence[NewEvent] = ()
    ) -> None:
        """Start workflows when `tx` commits, and not at all when it does not.

        The events that tell of them are published in the same round trip.

        Raises InvalidInputError when no worker has ever announced the workflow or the queue, when a
        fair queue's call names no partition (or another's does), or when priority or id is out of
        bounds; `tx` cannot go on then.
        """
        if not calls:
            await publish(tx, *telling)
            return
        told = {"calls": json.dumps([_as_json(one) for one in calls]), "version": VERSION}
        try:
            await publish_beside(tx, _ENQUEUE, told, telling)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _NO_SUCH_CALL:
                message = str(error.orig).splitlines()[0]
                raise InvalidInputError(message, way_out="start a worker of this version") from None
            raise

    async def tell(self, workflow_id: str, topic: str, message: Json, key: str) -> None:
        """Send a message to a workflow, once per `key`; raises MissingError if there is none."""
        try:
            await self._client.send_async(
                workflow_id, message, topic, idempotency_key=f"{workflow_id}:{key}"
            )
        except dbos_errors.DBOSNonExistentWorkflowError as error:
            raise MissingError(f"there is no workflow {workflow_id}") from error

    async def cancel(self, ids: Sequence[str]) -> None:
        """Take calls out of their queue; what runs is stopped at its next step."""
        if ids:
            await self._client.cancel_workflows_async(list(ids))

    async def standing(self, ids: Sequence[str]) -> Mapping[str, Standing]:
        """Where calls stand; ids nobody has heard of are left out."""
        if not ids:
            return {}
        found = await self._client.list_workflows_async(workflow_ids=list(ids), load_input=False)
        return {one.workflow_id: _standing(one) for one in found}

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()


def _as_json(call: Call) -> dict[str, Any]:
    return {
        "workflow": call.workflow,
        "id": call.id,
        "input": call.input,
        "queue": call.queue,
        "priority": call.priority,
        "partition": call.partition,
        "delay_ms": round(call.delay.total_seconds() * 1000),
    }


def _standing(found: WorkflowStatus) -> Standing:
    error, failure = None, found.error
    data = None
    if isinstance(failure, PortableWorkflowError):
        error = failure.message
        data = failure.data if isinstance(failure.data, dict) else None
    elif found.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        error = "it was started over and over and never came to an end"
    return Standing(
        id=found.workflow_id,
        phase=_PHASES[found.status],
        executor=found.executor_id,
        error=error,
        failure=data,
        output=found.output,
    )
