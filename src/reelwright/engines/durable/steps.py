"""A workflow's steps, over DBOS: each answer is remembered, and an outage is waited for."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any, TypeVar

from dbos import DBOS, PortableWorkflowError
from dbos import error as dbos_errors
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql as pg

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.durable.contract import Json
from reelwright.engines.durable.outages import outlast
from reelwright.engines.durable.outcomes import describe_error, foreseen, rebuild_error
from reelwright.engines.durable.tables import StepEffect
from reelwright.ground.errors import MissingError
from reelwright.ground.principals import Principal, Who

T = TypeVar("T")


class DbosSteps:
    """Steps of the workflow that runs in this task."""

    def __init__(
        self, database: Database, longest_pause_s: float, patches: Collection[str] = ()
    ) -> None:
        self._database = database
        self._patches = patches
        self._longest_pause_s = longest_pause_s

    @property
    def workflow_id(self) -> str:
        """The id of the workflow that runs."""
        return str(DBOS.workflow_id)

    async def run(self, name: str, act: Callable[[], Awaitable[T]]) -> T:
        """Do something outside the database, at least once; its answer (JSON) is remembered."""
        return await self._remembered(name, act)

    async def transact(self, who: Who, name: str, act: Callable[[Tx], Awaitable[T]]) -> T:
        """Change the database exactly once: the effect and the memory of it are one commit."""

        async def once() -> T:
            return await self._once(who, act)

        return await self._remembered(name, once)

    async def _remembered(self, name: str, act: Callable[[], Awaitable[T]]) -> T:
        failed: list[Exception] = []

        async def step() -> dict[str, Any]:
            try:
                return {"ok": await outlast(act, self._longest_pause_s)}
            except Exception as error:  # noqa: BLE001  (any error is remembered as the step's answer)
                failed.append(error)
                return {"error": describe_error(foreseen(error))}

        outcome = await DBOS.run_step_async({"name": name}, step)
        if "error" in outcome:
            # Rebuilt also when it has just happened: the body must see the same in every run.
            raise rebuild_error(outcome["error"]) from (failed[0] if failed else None)
        return outcome["ok"]

    async def _once(self, who: Who, act: Callable[[Tx], Awaitable[T]]) -> T:
        workspace = str(who.workspace) if isinstance(who, Principal) else ""
        key = {"workspace_id": workspace, "workflow_id": self.workflow_id, "step": DBOS.step_id}
        async with self._database.transaction(who) as tx:
            # The key is taken first: whoever else runs this very step now waits here for our
            # commit, and then finds the answer instead of doing it again.
            claim = pg.insert(StepEffect).values(**key, answer=None).on_conflict_do_nothing()
            if (await tx.execute(claim.returning(StepEffect.step))).first() is None:
                found = select(StepEffect.answer).filter_by(**key)
                known: Any = (await tx.execute(found)).scalar_one()
                return known["ok"]
            answer = await act(tx)
            kept = update(StepEffect).filter_by(**key).values(answer={"ok": answer})
            await tx.execute(kept)
            return answer

    async def receive(self, topic: str, within: timedelta) -> Json | None:
        """Wait for a message, also over restarts; None when the time has passed."""
        return await DBOS.recv_async(topic, timeout_seconds=within.total_seconds())

    async def sleep(self, how_long: timedelta) -> None:
        """Wait, also over restarts."""
        await DBOS.sleep_async(how_long.total_seconds())

    async def tell(self, workflow_id: str, topic: str, message: Json, key: str) -> None:
        """Send a message to a workflow, once per `key`."""
        try:
            await DBOS.send_async(
                workflow_id, message, topic, idempotency_key=f"{workflow_id}:{key}"
            )
        except (dbos_errors.DBOSNonExistentWorkflowError, PortableWorkflowError) as error:
            # The second is what the engine makes of the first when the step is replayed.
            raise MissingError(f"there is no workflow {workflow_id}") from error

    async def patched(self, name: str) -> bool:
        """Whether this run began after the change `name` was made to the workflow's body."""
        return name in self._patches
