"""The calls of the tag `music`. Written by `make openapi`."""

from reelwright.client.models.music import (
    MusicSessionView,
    NewMusicSession,
    NewTake,
    Rating,
    TakeView,
)
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class MusicCalls:
    """The calls of the tag `music`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_music_sessions(self) -> list[MusicSessionView]:
        """The newest sessions."""
        answer = await self._wire.ask("GET", "/api/v1/music-sessions")
        return read(list[MusicSessionView], answer.body)

    async def create_music_session(
        self, body: NewMusicSession, *, key: str | None = None
    ) -> MusicSessionView:
        """Begin a session."""
        answer = await self._wire.ask("POST", "/api/v1/music-sessions", body=body, key=key)
        return read(MusicSessionView, answer.body)

    async def get_music_session(self, session_id: str) -> MusicSessionView:
        """A session with its takes."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/music-sessions/{session_id}", session_id=session_id)
        )
        return read(MusicSessionView, answer.body)

    async def add_music_take(
        self, session_id: str, body: NewTake, *, key: str | None = None
    ) -> TakeView:
        """Ask for a take; it is in the making until the session shows its file."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/music-sessions/{session_id}/takes", session_id=session_id),
            body=body,
            key=key,
        )
        return read(TakeView, answer.body)

    async def rate_music_take(self, session_id: str, number: int, body: Rating) -> MusicSessionView:
        """Say how good a take is."""
        answer = await self._wire.ask(
            "PUT",
            at(
                "/api/v1/music-sessions/{session_id}/takes/{number}/rating",
                session_id=session_id,
                number=number,
            ),
            body=body,
        )
        return read(MusicSessionView, answer.body)


class MusicWaited(Waited):
    """The same, waited for."""

    list_music_sessions = waited(MusicCalls.list_music_sessions)
    create_music_session = waited(MusicCalls.create_music_session)
    get_music_session = waited(MusicCalls.get_music_session)
    add_music_take = waited(MusicCalls.add_music_take)
    rate_music_take = waited(MusicCalls.rate_music_take)
