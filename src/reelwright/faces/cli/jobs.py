"""`reelwright jobs`: what was asked for, how it stands, and how to stop it or try it again."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.stories import ToldCall, ToldJob
    from reelwright.ground.ids import JobId
    from reelwright.ground.principals import Principal
    from reelwright.jobs.job import Job, JobChange
    from reelwright.jobs.service import JobService

T = TypeVar("T")

jobs = App(name="jobs", help="Jobs of this installation's owner: list, show, cancel, retry.")


@jobs.command(name="list")
def list_(
    *,
    state: Annotated[
        list[str] | None, Parameter(help="only in this state; may be repeated")
    ] = None,
    kind: Annotated[list[str] | None, Parameter(help="only of this kind; may be repeated")] = None,
    limit: Annotated[int, Parameter(help="at most so many")] = 20,
    after: Annotated[str | None, Parameter(help="go on where a page ended")] = None,
    as_json: Json = False,
) -> None:
    """List jobs, newest first."""
    from reelwright.ground.paging import Paging
    from reelwright.jobs.job import JobFilter

    wanted = JobFilter(states=_states(state or []), kinds=kind or ())
    paging = Paging(limit, after)
    page = _ask(lambda service, who: service.list_jobs(who, wanted, paging))
    if as_json:
        print(json.dumps({"jobs": [_plain(job) for job in page.rows], "next": page.next}))
        return
    for job in page.rows:
        print(_line(job))
    if page.next:
        print(f"more: reelwright jobs list --after {page.next}")


@jobs.command
def show(job_id: str, *, as_json: Json = False) -> None:
    """Show a job, what it depends on, every state it was in, and the calls that were paid for it."""
    from reelwright.ground.ids import JobId

    known = JobId.parse(job_id)

    async def look(house: "OpenHouse") -> Any:
        from reelwright.generation.stories import Storyteller
        from reelwright.jobs.service import JobService

        service, who = await house.container.get(JobService), house.owner
        stories = await house.container.get(Storyteller)
        return (
            await service.get_job(who, known),
            await service.get_parents(who, known),
            await service.get_history(who, known),
            await stories.of_job(who, known),
            await stories.of_tree(who, known),
        )

    job, parents, history, calls, tree = _ask_house(look)
    if as_json:
        told = {"depends_on": parents, "history": [_change(one) for one in history]}
        told |= {"calls": [one.written() for one in calls]}
        told |= {"errands": [_errand(one) for one in tree]}
        print(json.dumps(_plain(job) | told))
        return
    _tell_all(job, parents, history, calls)
    if tree:
        from reelwright.generation.stories import tree_in_words

        print("\n".join(f"  {line}" for line in tree_in_words(tree)))
    if job.error:
        print(f"  {job.error['message']}: {job.error.get('way_out') or job.error['code']}")


def _tell_all(
    job: "Job",
    parents: "Sequence[JobId]",
    history: "Sequence[JobChange]",
    calls: "Sequence[ToldCall]",
) -> None:
    print(_line(job))
    for parent in parents:
        print(f"  depends on {parent}")
    for one in history:
        why = f" ({one.why})" if one.why else ""
        print(f"  {one.at:%Y-%m-%d %H:%M:%S}  attempt {one.attempt}: {one.state.value}{why}")
    for note in (job.result or {}).get("notes", ()) if isinstance(job.result, dict) else ():
        print(f"  {note}")
    for call in calls:
        print(f"  {call.words}")


def _errand(told: "ToldJob") -> dict[str, Any]:
    """A job asked for for another's sake, as JSON."""
    calls = [one.written() for one in told.calls]
    return {
        "id": told.job.id,
        "name": told.job.name,
        "state": told.job.state.value,
        "calls": calls,
    }


@jobs.command
def cancel(job_id: str, *, as_json: Json = False) -> None:
    """End a job, in whatever state it is."""
    from reelwright.ground.ids import JobId

    known = JobId.parse(job_id)
    _tell(_ask(lambda service, who: service.cancel_job(who, known)), as_json=as_json)


@jobs.command
def retry(job_id: str, *, as_json: Json = False) -> None:
    """Try a failed or cancelled job again; some `serve` or `worker` has to run to take it."""
    from reelwright.ground.ids import JobId

    known = JobId.parse(job_id)
    _tell(_ask(lambda service, who: service.retry_job(who, known)), as_json=as_json)


def _ask(question: "Callable[[JobService, Principal], Awaitable[T]]") -> T:
    async def ask(house: "OpenHouse") -> T:
        from reelwright.jobs.service import JobService

        return await question(await house.container.get(JobService), house.owner)

    return _ask_house(ask)


def _ask_house(question: "Callable[[OpenHouse], Awaitable[T]]") -> T:
    from reelwright.app.setting_sources import load
    from reelwright.app.start import open_house

    async def ask() -> T:
        async with open_house(load().settings, worker=False) as house:
            return await question(house)

    return asyncio.run(ask())


def _states(names: list[str]) -> list[Any]:
    from reelwright.ground.errors import InvalidInputError
    from reelwright.jobs.states import JobState

    known = {state.value for state in JobState}
    for name in names:
        if name not in known:
            raise InvalidInputError(
                f"{name!r} is no state of a job",
                way_out=f"choose one of: {', '.join(sorted(known))}",
            )
    return [JobState(name) for name in names]


def _tell(job: "Job", *, as_json: bool) -> None:
    print(json.dumps(_plain(job)) if as_json else _line(job))


def _line(job: "Job") -> str:
    done = f" {job.progress['fraction']:.0%}" if job.progress and job.finished_at is None else ""
    state = f"{job.state.value}{done}"
    return f"{job.id}  {state:<14}  {job.kind:<12}  {job.name or '-'}"


def _plain(job: "Job") -> dict[str, Any]:
    """A job as JSON; what is only the engine's business is left out."""
    from dataclasses import fields

    hidden = {"workflow_id", "stopping", "retries", "join_key", "request_key"}
    return {
        one.name: _value(getattr(job, one.name)) for one in fields(job) if one.name not in hidden
    }


def _change(change: "JobChange") -> dict[str, Any]:
    return {
        "attempt": change.attempt,
        "state": change.state.value,
        "at": change.at.isoformat(),
        "why": change.why,
    }


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
