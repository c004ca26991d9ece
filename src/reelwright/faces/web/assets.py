"""Assets over HTTP: what a workspace has, and signed URLs to its bytes."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from reelwright.engines.media.edits.companions import Size
from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import AssetInPath, Pages, PageView, paged
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Role
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetFilter, OriginKind
from reelwright.studio.edits.companions import Companions

router = APIRouter(prefix="/assets", tags=["assets"], route_class=GuardedRoute)


class OriginView(BaseModel):
    """Where an asset came from."""

    kind: OriginKind
    ref: str


class AssetView(BaseModel):
    """A file in the library; `size` is in bytes, `sha256` hexadecimal, `facts` what was measured."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: OriginView
    facts: dict[str, Any]
    project_id: str | None
    created_at: datetime


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
        created_at=asset.created_at,
    )


@router.get("", responses=declared(422))
@asks(Role.GUEST)
async def list_assets(
    who: Caller,
    paging: Pages,
    assets: FromDishka[AssetService],
    media: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z]+(/[A-Za-z0-9.+-]+)?$",
            description="A media type or its first half.",
            examples=["video", "image/jpeg"],
        ),
    ] = None,
    project_id: Annotated[
        str | None, Query(max_length=100, description="Only those of this project.")
    ] = None,
    origin: Annotated[OriginKind | None, Query(description="Only those that came so.")] = None,
) -> PageView[AssetView]:
    """The assets of the workspace, newest first."""
    project = ProjectId.parse(project_id) if project_id else None
    wanted = AssetFilter(media=media, project_id=project, origin=origin)
    return paged(await assets.list(who, wanted, paging), asset_view)


@router.get("/{asset_id}", responses=declared(404))
async def get_asset(
    who: Caller, asset_id: AssetInPath, assets: FromDishka[AssetService]
) -> AssetView:
    """One asset."""
    return asset_view(await assets.get(who, asset_id))


@router.get("/{asset_id}/url", responses=declared(404, 409, 422))
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
    responses=declared(404, 409, 422, 503),
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
    responses=declared(404, 409, 422, 503),
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
    responses=declared(404, 409, 422, 503),
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
