"""What the web face asks of services that are wired in from above, as far as it needs it."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from reelwright.ground.ids import AssetId, JobId, ProductionId, ProjectId, RevisionId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal


class Production(Protocol):
    """One making of a film from one revision."""

    @property
    def id(self) -> ProductionId: ...
    @property
    def project_id(self) -> ProjectId: ...
    @property
    def revision_id(self) -> RevisionId: ...
    @property
    def job_id(self) -> JobId: ...
    @property
    def state(self) -> str: ...
    @property
    def options(self) -> Mapping[str, Any]: ...
    @property
    def report(self) -> Mapping[str, Any] | None: ...
    @property
    def outputs(self) -> Mapping[str, AssetId]: ...
    @property
    def created_at(self) -> datetime: ...


class ProductionService(Protocol):
    """Starts films and knows how they stand."""

    async def start_film(
        self,
        who: Principal,
        project_id: ProjectId,
        options: dict[str, Any],
        idempotency_key: str | None = None,
    ) -> Production:
        """Start the film of a project's latest revision; the same key, the same production."""
        ...

    async def get(self, who: Principal, production_id: ProductionId) -> Production:
        """One production; MissingError."""
        ...

    async def list(self, who: Principal, project_id: ProjectId, paging: Paging) -> Page[Production]:
        """The productions of a project, newest first."""
        ...


class Event(Protocol):
    """Something that happened."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> datetime: ...


class EventStream(Protocol):
    """Events as they happen."""

    def iterate(
        self, who: Principal, after: str | None = None, subject: str | None = None
    ) -> AsyncIterator[Event]:
        """Events after one, then as they happen."""
        ...
