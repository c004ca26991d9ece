"""Assets over HTTP: what a workspace has, and signed URLs to its bytes."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from reelwright.engines.media.edits.params import Size
from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import AssetInPath, Pages, PageView, PlainText, paged
from reelwright.generation.submissions.provenance import Provenance
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Role
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetChange, AssetFilter, OriginKind, SyncStatus
from reelwright.library.counting import AssetStatistics
from reelwright.library.labels import AssetLabels
from reelwright.studio.edits.companions import Companions

router = APIRouter(prefix="/assets", tags=["assets"], route_class=GuardedRoute)


class OriginView(BaseModel):
    """Where an asset came from."""

    kind: OriginKind
    ref: str


class AssetView(BaseModel):
    """A file in the library; `size` is in bytes, `sha256` hexadecimal, `facts` what was measured.

    `sync_error` says why its bytes could not be brought, {code, kind, message, way_out}.
    `withheld_by` names the takedown that holds its bytes back.
    """

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: OriginView
    facts: dict[str, Any]
    project_id: str | None
    tags: list[str]
    favourite: bool
    sync_status: SyncStatus
    sync_error: dict[str, Any] | None
    withheld_by: str | None
    trashed_at: datetime | None
    created_at: datetime


class CallView(BaseModel):
    """The call of a model that an asset came from; its cost is in millionths, null until it is known."""

    model_config = ConfigDict(from_attributes=True)

    provider: str
    model: str
    operation: str
    recipe: str
    job_id: str | None
    cost_micros: int | None


class AssetDetail(AssetView):
    """An asset with where it came from, as far as that is known."""

    call: CallView | None


class AssetChanges(BaseModel):
    """What is changed about an asset; what is left away stays. `tags` take the place of all there were."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText | None = Field(None, min_length=1, max_length=255)
    favourite: bool | None = None
    tags: list[PlainText] | None = Field(None, max_length=50)


class ShareView(BaseModel):
    """So many assets, and their bytes."""

    model_config = ConfigDict(from_attributes=True)

    name: str | None
    assets: int
    bytes: int


class AssetStatisticsView(BaseModel):
    """How much there is; `stored` are the bytes it takes, equal content counted once."""

    model_config = ConfigDict(from_attributes=True)

    assets: int
    bytes: int
    stored: int
    trashed: ShareView
    kinds: list[ShareView]
    projects: list[ShareView]


class SignedUrl(BaseModel):
    """A URL anyone may read the bytes by, until it expires."""

    url: str


def asset_view(asset: Asset) -> AssetView:
    """An asset as it is shown."""
    return AssetView(
        id=asset.id,
        name=asset.name,
        media_type=asset.media_type,
        size=asset.size,
        sha256=asset.sha256,
        origin=OriginView(kind=asset.origin.kind, ref=asset.origin.ref),
        facts=dict(asset.facts),
        project_id=asset.project_id,
        tags=list(asset.tags),
        favourite=asset.favourite,
        sync_status=asset.sync_status,
        sync_error=dict(asset.sync_error) if asset.sync_error else None,
        withheld_by=asset.withheld_by,
        trashed_at=asset.trashed_at,
        created_at=asset.created_at,
    )


_MEDIA = Query(
    pattern=r"^[a-z]+(/[A-Za-z0-9.+-]+)?$",
    description="A media type or its first half.",
    examples=["video", "image/jpeg"],
)


@router.get("", responses=declared(422))
@asks(Role.GUEST)
async def list_assets(
    who: Caller,
    paging: Pages,
    assets: FromDishka[AssetService],
    media: Annotated[str | None, _MEDIA] = None,
    project_id: Annotated[
        str | None, Query(max_length=100, description="Only those of this project.")
    ] = None,
    origin: Annotated[OriginKind | None, Query(description="Only those that came so.")] = None,
    name: Annotated[
        PlainText | None, Query(min_length=1, max_length=100, description="Part of the name.")
    ] = None,
    tag: Annotated[PlainText | None, Query(max_length=60, description="With this tag.")] = None,
    favourite: Annotated[bool, Query(description="Only favourites.")] = False,
    sync_status: Annotated[
        SyncStatus | None, Query(description="Only those whose bytes are that far.")
    ] = None,
    trashed: Annotated[bool, Query(description="Those in the trash.")] = False,
    since: Annotated[AwareDatetime | None, Query(description="Came then or later.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Came before.")] = None,
) -> PageView[AssetView]:
    """The assets of the workspace, newest first."""
    wanted = AssetFilter(
        media=media,
        project_id=ProjectId.parse(project_id) if project_id else None,
        origin=origin,
        name=name,
        tag=tag.casefold() if tag else None,
        favourite=favourite,
        sync_status=sync_status,
        trashed=trashed,
        since=since,
        until=until,
    )
    return paged(await assets.list(who, wanted, paging), asset_view)


@router.get("/statistics", responses=declared())
async def count_assets(who: Caller, statistics: FromDishka[AssetStatistics]) -> AssetStatisticsView:
    """How many assets there are and what they take, by kind and by project."""
    return AssetStatisticsView.model_validate(await statistics.count(who))


@router.get("/tags", responses=declared())
async def list_asset_tags(who: Caller, labels: FromDishka[AssetLabels]) -> list[str]:
    """The tags there are, by name; at most a thousand."""
    return list(await labels.list_tags(who))


@router.get("/{asset_id}", responses=declared(404))
async def get_asset(
    who: Caller,
    asset_id: AssetInPath,
    assets: FromDishka[AssetService],
    provenance: FromDishka[Provenance],
) -> AssetDetail:
    """One asset, and where it came from."""
    asset = await assets.get(who, asset_id)
    call = None
    if asset.origin.kind is OriginKind.SUBMISSION:
        found = await provenance.calls(who, [asset.origin.ref])
        call = next((CallView.model_validate(one) for one in found.values()), None)
    return AssetDetail(**asset_view(asset).model_dump(), call=call)


@router.patch("/{asset_id}", responses=declared(400, 404, 413, 422))
async def change_asset(
    who: Caller, asset_id: AssetInPath, given: AssetChanges, labels: FromDishka[AssetLabels]
) -> AssetView:
    """Rename an asset, tag it, make it a favourite."""
    change = AssetChange(given.name, given.favourite, given.tags)
    return asset_view(await labels.change(who, asset_id, change))


@router.post("/{asset_id}/trash", responses=declared(404, 409))
async def trash_asset(
    who: Caller, asset_id: AssetInPath, labels: FromDishka[AssetLabels]
) -> AssetView:
    """Put an asset into the trash, from where it is deleted after 30 days."""
    return asset_view(await labels.throw_away(who, asset_id))


@router.post("/{asset_id}/restore", responses=declared(404))
async def restore_asset(
    who: Caller, asset_id: AssetInPath, labels: FromDishka[AssetLabels]
) -> AssetView:
    """Take an asset out of the trash."""
    return asset_view(await labels.take_back(who, asset_id))


@router.get("/{asset_id}/url", responses=declared(404, 409, 422, 451))
async def sign_asset(
    who: Caller,
    asset_id: AssetInPath,
    assets: FromDishka[AssetService],
    expires: Annotated[
        int | None, Query(ge=60, le=7 * 24 * 3600, description="seconds it is good for")
    ] = None,
) -> SignedUrl:
    """A signed URL of the bytes of an asset."""
    return SignedUrl(url=await assets.url(who, asset_id, expires=expires))


async def _shown(companions: Companions, assets: AssetService, *asked: Any) -> RedirectResponse:
    """Where a small picture lies. Its address changes with it, so a browser may keep the way there."""
    picture = await companions.get(*asked)
    headers = {"Cache-Control": "private, max-age=600"}
    return RedirectResponse(await assets.url_of(picture, expires=3600), 307, headers)


PictureSize = Annotated[Size, Query(description="pixels of the longer side")]


@router.get(
    "/{asset_id}/thumbnail",
    status_code=307,
    response_class=RedirectResponse,
    responses=declared(404, 409, 422, 451, 503),
)
async def show_thumbnail(
    who: Caller,
    asset_id: AssetInPath,
    companions: FromDishka[Companions],
    assets: FromDishka[AssetService],
    size: PictureSize = Size.MEDIUM,
) -> RedirectResponse:
    """A small picture of a picture, or of a frame of a film; made when it is first asked for."""
    return await _shown(companions, assets, who, asset_id, "thumbnail", size)


@router.get(
    "/{asset_id}/strip",
    status_code=307,
    response_class=RedirectResponse,
    responses=declared(404, 409, 422, 451, 503),
)
async def show_strip(
    who: Caller,
    asset_id: AssetInPath,
    companions: FromDishka[Companions],
    assets: FromDishka[AssetService],
) -> RedirectResponse:
    """Twelve frames from all over a film, side by side."""
    return await _shown(companions, assets, who, asset_id, "strip")


@router.get(
    "/{asset_id}/waveform",
    status_code=307,
    response_class=RedirectResponse,
    responses=declared(404, 409, 422, 451, 503),
)
async def show_waveform(
    who: Caller,
    asset_id: AssetInPath,
    companions: FromDishka[Companions],
    assets: FromDishka[AssetService],
    size: PictureSize = Size.LARGE,
) -> RedirectResponse:
    """The waveform of a sound, or of a film's, drawn on nothing."""
    return await _shown(companions, assets, who, asset_id, "wave", size)


@router.delete("/{asset_id}", status_code=204, responses=declared(404, 409))
async def delete_asset(
    who: Caller, asset_id: AssetInPath, assets: FromDishka[AssetService]
) -> None:
    """Delete an asset; its bytes go later, if nothing else uses them."""
    await assets.delete(who, asset_id)
