"""The calls of the tag `threads`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.threads import (
    NewThread,
    NewTurn,
    ThreadView,
    TurnView,
    WholeThreadView,
)
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class ThreadsCalls:
    """The calls of the tag `threads`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def create_thread(self, body: NewThread, *, key: str | None = None) -> ThreadView:
        """Begin a conversation."""
        answer = await self._wire.ask("POST", "/api/v1/threads", body=body, key=key)
        return read(ThreadView, answer.body)

    def list_threads(
        self, *, project_id: str | None = None, limit: int = 50
    ) -> AsyncIterator[ThreadView]:
        """The workspace's conversations, newest first."""
        return self._wire.rows(
            "/api/v1/threads", {"project_id": project_id, "limit": limit}, ThreadView
        )

    async def get_thread(self, thread_id: str) -> WholeThreadView:
        """A conversation with all its turns."""
        answer = await self._wire.ask("GET", at("/api/v1/threads/{thread_id}", thread_id=thread_id))
        return read(WholeThreadView, answer.body)

    async def delete_thread(self, thread_id: str) -> None:
        """Forget a conversation; what was paid for it stays in the books."""
        await self._wire.ask("DELETE", at("/api/v1/threads/{thread_id}", thread_id=thread_id))

    async def send_message(
        self, thread_id: str, body: NewTurn, *, key: str | None = None
    ) -> TurnView:
        """Say something, and have a model answer: whole, or with `stream` as it is written."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/threads/{thread_id}/messages", thread_id=thread_id),
            body=body,
            key=key,
        )
        return read(TurnView, answer.body)


class ThreadsWaited(Waited):
    """The same, waited for."""

    create_thread = waited(ThreadsCalls.create_thread)
    list_threads = each(ThreadsCalls.list_threads)
    get_thread = waited(ThreadsCalls.get_thread)
    delete_thread = waited(ThreadsCalls.delete_thread)
    send_message = waited(ThreadsCalls.send_message)
