"""The calls of the tag `director`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.events import ServerEvent, stream
from reelwright.client.models.director import (
    AppliedView,
    ApplyOrder,
    DirectorThreadView,
    MessageView,
    Question,
    ThreadOrder,
)
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class DirectorCalls:
    """The calls of the tag `director`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def open_director_thread(
        self, project_id: str, body: ThreadOrder, *, key: str | None = None
    ) -> DirectorThreadView:
        """Begin a conversation about a project."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/director/threads", project_id=project_id),
            body=body,
            key=key,
        )
        return read(DirectorThreadView, answer.body)

    def list_director_threads(
        self, project_id: str, *, limit: int = 50
    ) -> AsyncIterator[DirectorThreadView]:
        """The conversations about a project, newest first."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/director/threads", project_id=project_id),
            {"limit": limit},
            DirectorThreadView,
        )

    async def list_director_messages(self, project_id: str, thread_id: str) -> list[MessageView]:
        """The last two hundred messages of a conversation, oldest first."""
        answer = await self._wire.ask(
            "GET",
            at(
                "/api/v1/projects/{project_id}/director/threads/{thread_id}/messages",
                project_id=project_id,
                thread_id=thread_id,
            ),
        )
        return read(list[MessageView], answer.body)

    async def ask_director(
        self, project_id: str, thread_id: str, body: Question, *, key: str | None = None
    ) -> MessageView:
        """Ask, and wait for the whole answer."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/director/threads/{thread_id}/messages",
                project_id=project_id,
                thread_id=thread_id,
            ),
            body=body,
            key=key,
        )
        return read(MessageView, answer.body)

    def ask_director_streamed(
        self, project_id: str, thread_id: str, body: Question
    ) -> AsyncIterator[ServerEvent]:
        """Ask, and hear the answer while it is written."""
        return stream(
            self._wire,
            "POST",
            at(
                "/api/v1/projects/{project_id}/director/threads/{thread_id}/messages/stream",
                project_id=project_id,
                thread_id=thread_id,
            ),
            body=body,
        )

    async def apply_director_edits(
        self, project_id: str, message_id: str, body: ApplyOrder, *, key: str | None = None
    ) -> AppliedView:
        """Write proposals of an answer into the notes: a new revision. What is stale is refused."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/director/messages/{message_id}/apply",
                project_id=project_id,
                message_id=message_id,
            ),
            body=body,
            key=key,
        )
        return read(AppliedView, answer.body)


class DirectorWaited(Waited):
    """The same, waited for."""

    open_director_thread = waited(DirectorCalls.open_director_thread)
    list_director_threads = each(DirectorCalls.list_director_threads)
    list_director_messages = waited(DirectorCalls.list_director_messages)
    ask_director = waited(DirectorCalls.ask_director)
    ask_director_streamed = each(DirectorCalls.ask_director_streamed)
    apply_director_edits = waited(DirectorCalls.apply_director_edits)
