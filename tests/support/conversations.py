"""Conversations that live in memory, for the web face."""

from datetime import UTC, datetime

from reelwright.generation.llm.threads import Thread
from reelwright.ground.ids import ThreadId


class FakeThreads:
    """Opens conversations, and keeps none."""

    async def create(self, who, title, *, system, route, project_id):
        now = datetime(2026, 11, 29, tzinfo=UTC)
        return Thread(
            id=ThreadId.new(),
            user=who.user,
            title=title,
            system=system,
            route=route.model_dump(mode="json"),
            project_id=project_id,
            created_at=now,
            updated_at=now,
        )
