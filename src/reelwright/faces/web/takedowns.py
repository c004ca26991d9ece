"""What is held back in a workspace, and what it says to that, over HTTP."""

import datetime as dt

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, PlainText, TakedownInPath, paged
from reelwright.ground.principals import Role
from reelwright.library.notice import LONGEST_STATEMENT, NoticeKind
from reelwright.library.takedowns import Takedown, Takedowns

router = APIRouter(prefix="/takedowns", tags=["rights"], route_class=GuardedRoute)


class ReplyView(BaseModel):
    """What the workspace says to a takedown."""

    statement: str
    user_id: str
    at: dt.datetime


class TakedownView(BaseModel):
    """What is held back and why, since `created_at` until `lifted_at`.

    `asset_ids` were named; what was made from them is held back with them.
    """

    id: str
    notice_id: str
    kind: NoticeKind
    reason: str
    asset_ids: list[str]
    reply: ReplyView | None
    lifted_at: dt.datetime | None
    lifted_reason: str | None
    created_at: dt.datetime


class ReplyOrder(BaseModel):
    """What the workspace has to say."""

    model_config = ConfigDict(extra="forbid")

    statement: PlainText = Field(min_length=1, max_length=LONGEST_STATEMENT)


@router.get("", responses=declared(422))
async def list_takedowns(
    who: Caller, paging: Pages, takedowns: FromDishka[Takedowns]
) -> PageView[TakedownView]:
    """What was taken down in the workspace, the newest first."""
    return paged(await takedowns.list(who, paging), takedown_view)


@router.get("/{takedown_id}", responses=declared(404))
async def get_takedown(
    who: Caller, takedown_id: TakedownInPath, takedowns: FromDishka[Takedowns]
) -> TakedownView:
    """One takedown: what, and why."""
    return takedown_view(await takedowns.get(who, takedown_id))


@router.post("/{takedown_id}/reply", responses=declared(400, 404, 413, 422))
@asks(Role.ADMIN)
async def reply_to_takedown(
    who: Caller, takedown_id: TakedownInPath, given: ReplyOrder, takedowns: FromDishka[Takedowns]
) -> TakedownView:
    """Say what there is to say against it: whoever decided reads it. Again takes the place of before."""
    return takedown_view(await takedowns.reply(who, takedown_id, given.statement))


def takedown_view(one: Takedown) -> TakedownView:
    """A takedown as it is shown."""
    reply = one.reply
    return TakedownView(
        id=one.id,
        notice_id=one.notice,
        kind=one.kind,
        reason=one.reason,
        asset_ids=list(one.assets),
        reply=ReplyView(statement=reply.statement, user_id=reply.by, at=reply.at)
        if reply
        else None,
        lifted_at=one.lifted_at,
        lifted_reason=one.lifted_reason,
        created_at=one.created_at,
    )
