"""The music tried for a project, as it goes into its file and comes out of it."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import insert, select

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, MusicSessionId, MusicTakeId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.studio.music.tables import MusicSessionRow, MusicTakeRow

_Seconds = Annotated[float, Field(gt=0, le=24 * 3600)]
_Number = Annotated[int, Field(ge=1, lt=2**31)]


class CarriedTake(BaseModel):
    """A take that was made; `extends` is the number of the take it goes on from."""

    model_config = ConfigDict(extra="forbid")

    number: _Number
    prompt: str = Field(max_length=100_000)
    seconds: _Seconds
    model: str | None = Field(max_length=200)
    asset: str = Field(max_length=100)
    extends: _Number | None
    rating: Annotated[int, Field(ge=1, le=5)] | None


class CarriedSession(BaseModel):
    """A session with the takes that came of it. What they cost is not told."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=1000)
    style: str = Field(max_length=100_000)
    lyrics: str = Field(max_length=100_000)
    seconds: _Seconds
    at: AwareDatetime
    takes: list[CarriedTake]


class TriedMusic:
    """The music sessions of projects."""

    name = "music"
    item = CarriedSession
    shows_assets = True

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def pack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> Sequence[CarriedSession]:
        """All of them, the oldest first, without what is still in the making or came to nothing."""
        row = MusicSessionRow
        mine = row.workspace_id == who.workspace, row.project_id == project_id
        sessions = list(await tx.scalars(select(row).where(*mine).order_by(row.id)))
        return [_session(one, await _takes(tx, who, one.id)) for one in sessions]

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[CarriedSession]
    ) -> None:
        """Write them down."""
        now = self._clock.now()
        ids = sorted(MusicSessionId.new() for _ in items)
        for id_, one in zip(ids, items, strict=True):
            row = {"id": id_, "workspace_id": who.workspace, "user_id": who.user}
            row |= {"project_id": project_id, "title": one.title, "style": one.style}
            row |= {"lyrics": one.lyrics, "seconds": one.seconds, "created_at": min(one.at, now)}
            await tx.execute(insert(MusicSessionRow).values(row))
            takes = {take.number: MusicTakeId.new() for take in one.takes}
            if len(takes) < len(one.takes):
                raise InvalidInputError("a take of music stands there twice")
            for take in one.takes:
                await tx.execute(insert(MusicTakeRow).values(_row(who, id_, take, takes)))


async def _takes(tx: Tx, who: Principal, session: str) -> Sequence[MusicTakeRow]:
    row = MusicTakeRow
    mine = row.workspace_id == who.workspace, row.session_id == session, row.asset_id.is_not(None)
    return list(await tx.scalars(select(row).where(*mine).order_by(row.number)))


def _session(row: MusicSessionRow, takes: Sequence[MusicTakeRow]) -> CarriedSession:
    numbers = {one.id: one.number for one in takes}
    carried = [
        CarriedTake(
            number=one.number,
            prompt=one.prompt,
            seconds=one.seconds,
            model=one.model,
            asset=one.asset_id or "",
            extends=numbers.get(one.extends or ""),
            rating=one.rating,
        )
        for one in takes
    ]
    return CarriedSession(
        title=row.title,
        style=row.style,
        lyrics=row.lyrics,
        seconds=row.seconds,
        at=row.created_at,
        takes=carried,
    )


def _row(
    who: Principal, session: MusicSessionId, take: CarriedTake, takes: dict[int, MusicTakeId]
) -> dict[str, object]:
    row: dict[str, object] = {"id": takes[take.number], "workspace_id": who.workspace}
    row |= {"session_id": session, "number": take.number, "prompt": take.prompt}
    row |= {"seconds": take.seconds, "model": take.model, "rating": take.rating}
    row |= {"asset_id": AssetId.parse(take.asset)}
    return row | {"extends": takes.get(take.extends) if take.extends else None}
