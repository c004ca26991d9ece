"""Conversations with models: kept in the workspace, gone on with at any time, answered as they are written."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from reelwright.engines.database.database import Database
from reelwright.generation.hearing import Hear, Hearing
from reelwright.generation.llm import threads
from reelwright.generation.llm.service import LLMService
from reelwright.generation.llm.threads import Thread, Turn
from reelwright.generation.making import RouteParams
from reelwright.generation.writing import Written
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId, ThreadId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.projects.service import ProjectService

_BEGINNING = Paging()
_CHEAPEST = RouteParams()


class LLMChatService:
    """Keeps conversations, and has models answer in them.

    What a person says is written down before a model is asked, the answer when it is whole, also
    when its reader has gone. After a failure the turn stands unanswered, and one may go on. Raises
    MissingError, and what `Writing` raises.
    """

    def __init__(
        self, database: Database, llm: LLMService, library: AssetService, projects: ProjectService
    ) -> None:
        self._database = database
        self._llm = llm
        self._library = library
        self._projects = projects
        self._hearing = Hearing[Turn]()

    async def start(self) -> None:
        """Nothing is to be begun."""

    async def stop(self) -> None:
        """Wait a moment for answers that are being written."""
        await self._hearing.settle()

    async def create(
        self,
        who: Principal,
        title: str = "",
        *,
        system: str = "",
        route: RouteParams = _CHEAPEST,
        project_id: ProjectId | None = None,
    ) -> Thread:
        """Begin a conversation; `system` is said before all of it, in each call."""
        if project_id is not None:
            await self._projects.get(who, project_id)
        values = {"title": title, "system": system, "route": route.model_dump(mode="json")}
        async with self._database.transaction(who) as tx:
            return await threads.add(tx, who, values | {"project_id": project_id})

    async def list(
        self, who: Principal, project_id: ProjectId | None = None, paging: Paging = _BEGINNING
    ) -> Page[Thread]:
        """The workspace's conversations, newest first."""
        async with self._database.read(who) as tx:
            return await threads.page(tx, who, project_id, paging)

    async def get(self, who: Principal, thread: ThreadId) -> tuple[Thread, Sequence[Turn]]:
        """One, with all its turns."""
        async with self._database.transaction(who) as tx:
            return await threads.get(tx, who, thread), await threads.turns(tx, who, thread)

    async def delete(self, who: Principal, thread: ThreadId) -> None:
        """Forget one. What was paid for it stays in the books."""
        async with self._database.transaction(who) as tx:
            await threads.remove(tx, who, thread)

    async def send(
        self, who: Principal, thread: ThreadId, text: str, images: Sequence[AssetId] = ()
    ) -> Turn:
        """Say something and wait for the whole answer."""
        values = await self._say(who, thread, text, images)
        return await self._hearing.whole(self._answer(who, thread, *values, None))

    async def stream(
        self, who: Principal, thread: ThreadId, text: str, images: Sequence[AssetId] = ()
    ) -> AsyncGenerator[str | Turn]:
        """Say something and read the answer as it is written; at last the turn as it is kept."""
        values = await self._say(who, thread, text, images)
        answered = self._hearing.pieces(lambda hear: self._answer(who, thread, *values, hear))
        async with aclosing(answered) as pieces:
            async for piece in pieces:
                yield piece

    async def _say(
        self, who: Principal, thread: ThreadId, text: str, images: Sequence[AssetId]
    ) -> tuple[Thread, Sequence[dict[str, Any]]]:
        if not text.strip() and not images:
            raise InvalidInputError("nothing was said", way_out="send a text or a picture")
        if images:
            await self._library.get_many(who, images)
        async with self._database.transaction(who) as tx:
            spoken_in = await threads.get(tx, who, thread)
            await threads.add_turn(tx, who, thread, "user", text, images=list(images))
            turns = await threads.turns(tx, who, thread)
        return spoken_in, threads.said(spoken_in.system, turns)

    async def _answer(
        self,
        who: Principal,
        thread: ThreadId,
        spoken_in: Thread,
        messages: Sequence[dict[str, Any]],
        hear: Hear | None,
    ) -> Turn:
        written = await self._written(who, spoken_in, messages, hear)
        more = {"submission_id": written.submission, "model": written.model}
        more |= {"cost_micros": written.cost_micros, "currency": written.currency}
        async with self._database.transaction(who) as tx:
            return await threads.add_turn(tx, who, thread, "assistant", written.text, **more)

    async def _written(
        self,
        who: Principal,
        spoken_in: Thread,
        messages: Sequence[dict[str, Any]],
        hear: Hear | None,
    ) -> Written:
        route = RouteParams.model_validate(spoken_in.route).route()
        asked, project = {"messages": messages}, spoken_in.project_id
        if hear is None:
            return await self._llm.answer(who, asked, route, project_id=project, fresh=True)
        answered = self._llm.stream(who, asked, route, project_id=project, fresh=True)
        async with aclosing(answered) as pieces:
            async for piece in pieces:
                if isinstance(piece, Written):
                    return piece
                hear(piece)
        raise AssertionError  # a stream ends with what was written, or raises
