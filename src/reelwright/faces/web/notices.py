"""Notices of hurt rights over HTTP: filed by anybody, read and decided by operators."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from reelwright.app.settings import WebSettings
from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.addresses import address_of
from reelwright.faces.web.principals import Caller, GuardedRoute, OpenRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import NoticeInPath, Pages, PageView, PlainText, paged
from reelwright.faces.web.takedowns import TakedownView, takedown_view
from reelwright.ground.ids import AssetId
from reelwright.identity.visitors import Scope
from reelwright.library.notice import (
    LONGEST_ADDRESS,
    LONGEST_STATEMENT,
    Claim,
    Named,
    Notice,
    NoticeKind,
    NoticeState,
)
from reelwright.library.notices import Notices
from reelwright.library.takedowns import Takedown, Takedowns

_MOST_BYTES = 64 * 1024


class NoticeRoute(OpenRoute):
    """A path by which anybody sends a few pages of text, and no more."""

    @override
    def most(self, settings: WebSettings, kind: str) -> int:
        return min(_MOST_BYTES, settings.max_body)


door = APIRouter(prefix="/notices", tags=["rights"], route_class=NoticeRoute)
router = APIRouter(prefix="/operator/notices", tags=["operators"], route_class=GuardedRoute)


class NewNotice(BaseModel):
    """What must not be shown here, and why: `address` is that of an asset, a share link or a file.

    `claimant` is who says so, `reach` how to reach them (an address of mail or of a house).
    """

    model_config = ConfigDict(extra="forbid")

    kind: NoticeKind
    address: PlainText = Field(min_length=1, max_length=LONGEST_ADDRESS)
    claimant: PlainText = Field(min_length=1, max_length=200)
    reach: PlainText = Field(min_length=3, max_length=500)
    statement: PlainText = Field(min_length=1, max_length=LONGEST_STATEMENT)


class FiledNotice(BaseModel):
    """A notice was taken in; `id` is what to name when asking after it."""

    id: str


class NoticeView(BaseModel):
    """A notice, and what was decided about it."""

    id: str
    kind: NoticeKind
    state: NoticeState
    address: str
    claimant: str
    reach: str
    statement: str
    reason: str | None
    decided_by: str | None
    decided_at: dt.datetime | None
    workspace_id: str | None
    takedown_id: str | None
    created_at: dt.datetime


class NamedView(BaseModel):
    """A file that is named: whose it is, and what it is called."""

    id: str
    workspace_id: str
    user_id: str
    name: str
    media_type: str


class NoticeDetail(NoticeView):
    """A notice with the files it names, as far as they are here, and what came of it."""

    named: list[NamedView]
    takedown: TakedownView | None


class DecisionOrder(BaseModel):
    """Why it is decided so; the workspace reads this."""

    model_config = ConfigDict(extra="forbid")

    reason: PlainText = Field(min_length=1, max_length=2000)


class UpholdOrder(DecisionOrder):
    """The same; `asset_ids` instead of what the notice's address names."""

    asset_ids: list[Annotated[str, Field(max_length=100)]] = Field([], max_length=100)


@door.post("", status_code=202, responses=declared(400, 413, 422, 429))
async def file_notice(
    given: NewNotice, request: Request, notices: FromDishka[Notices]
) -> FiledNotice:
    """Say that something here hurts a right of yours. The answer is the same whether it is here or not."""
    claim = Claim(given.kind, given.address, given.claimant, given.reach, given.statement)
    return FiledNotice(id=await notices.file(claim, address_of(request.scope)))


@router.get("", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_notices(
    who: Caller,
    paging: Pages,
    notices: FromDishka[Notices],
    state: Annotated[NoticeState | None, Query(description="Only those that stand so.")] = None,
) -> PageView[NoticeView]:
    """Notices, the oldest first."""
    return paged(await notices.list(who, state, paging), _view)


@router.get("/{notice_id}", responses=declared(403, 404))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def get_notice(
    who: Caller,
    notice_id: NoticeInPath,
    notices: FromDishka[Notices],
    takedowns: FromDishka[Takedowns],
) -> NoticeDetail:
    """One notice, what it names, and what the workspace says to the takedown, if there is one."""
    notice, named = await notices.get(who, notice_id)
    return _detail(notice, named, await takedowns.of_notice(who, notice))


@router.post("/{notice_id}/uphold", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def uphold_notice(
    who: Caller, notice_id: NoticeInPath, order: UpholdOrder, takedowns: FromDishka[Takedowns]
) -> NoticeDetail:
    """Hold back what a notice names, with all that is known to be made from it: it answers 451."""
    assets = [AssetId.parse(one) for one in order.asset_ids]
    notice, takedown = await takedowns.uphold(who, notice_id, order.reason, assets)
    return _detail(notice, [], takedown)


@router.post("/{notice_id}/reject", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def reject_notice(
    who: Caller, notice_id: NoticeInPath, order: DecisionOrder, notices: FromDishka[Notices]
) -> NoticeView:
    """Turn a notice down."""
    return _view(await notices.reject(who, notice_id, order.reason))


@router.post("/{notice_id}/lift", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def lift_notice(
    who: Caller, notice_id: NoticeInPath, order: DecisionOrder, takedowns: FromDishka[Takedowns]
) -> NoticeDetail:
    """Let go again what was held back. A consent that ended with it has to be given anew."""
    notice, takedown = await takedowns.lift(who, notice_id, order.reason)
    return _detail(notice, [], takedown)


def _view(notice: Notice) -> NoticeView:
    claim = notice.claim
    return NoticeView(
        id=notice.id,
        kind=claim.kind,
        state=notice.state,
        address=claim.address,
        claimant=claim.claimant,
        reach=claim.reach,
        statement=claim.statement,
        reason=notice.reason,
        decided_by=notice.decided_by,
        decided_at=notice.decided_at,
        workspace_id=notice.workspace,
        takedown_id=notice.takedown,
        created_at=notice.created_at,
    )


def _detail(notice: Notice, named: Sequence[Named], takedown: Takedown | None) -> NoticeDetail:
    files = [
        NamedView(
            id=one.id,
            workspace_id=one.workspace,
            user_id=one.user,
            name=one.name,
            media_type=one.media_type,
        )
        for one in named
    ]
    down = takedown_view(takedown) if takedown else None
    return NoticeDetail(**_view(notice).model_dump(), named=files, takedown=down)
