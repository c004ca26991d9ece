"""The calls of the tag `films`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.films import DeliveredFilm, FilmView
from reelwright.client.models.shared import FilmOrder
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class FilmsCalls:
    """The calls of the tag `films`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def start_film(
        self, project_id: str, body: FilmOrder | None = None, *, key: str | None = None
    ) -> FilmView:
        """Start the film of the latest revision of a project."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/films", project_id=project_id),
            body=body,
            key=key,
        )
        return read(FilmView, answer.body)

    def list_films(self, project_id: str, *, limit: int = 50) -> AsyncIterator[FilmView]:
        """The films of a project, newest first."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/films", project_id=project_id),
            {"limit": limit},
            FilmView,
        )

    async def get_film(self, film_id: str) -> DeliveredFilm:
        """How a film stands, and its files with signed URLs."""
        answer = await self._wire.ask("GET", at("/api/v1/films/{film_id}", film_id=film_id))
        return read(DeliveredFilm, answer.body)


class FilmsWaited(Waited):
    """The same, waited for."""

    start_film = waited(FilmsCalls.start_film)
    list_films = each(FilmsCalls.list_films)
    get_film = waited(FilmsCalls.get_film)
