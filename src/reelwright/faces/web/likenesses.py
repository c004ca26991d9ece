"""Whom files show or let hear, and what those people have agreed to, over HTTP."""

from datetime import datetime

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    AssetInPath,
    LikenessInPath,
    Pages,
    PageView,
    PlainText,
    paged,
)
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId
from reelwright.library.likeness import Aspect, Basis, Consent, Likeness, Standing
from reelwright.library.likenesses import Likenesses

router = APIRouter(tags=["rights"], route_class=GuardedRoute)


class ConsentOrder(BaseModel):
    """What the person agreed to, in these words; `evidence_id` is an asset that shows it.

    `basis`: `self` (it is you), `agreed`, `guardian` (who may agree for them did), `licence` (or the
    public domain).
    """

    model_config = ConfigDict(extra="forbid")

    basis: Basis
    wording: PlainText = Field(min_length=1, max_length=20_000)
    wording_version: PlainText = Field(min_length=1, max_length=200)
    evidence_id: str | None = Field(None, max_length=100)
    ends_at: AwareDatetime | None = None


class NewLikeness(BaseModel):
    """A real person who is in a file; without a `consent` the file is refused wherever it would be used."""

    model_config = ConfigDict(extra="forbid")

    person: PlainText = Field(min_length=1, max_length=200)
    covers: list[Aspect] = Field(min_length=1, max_length=2)
    consent: ConsentOrder | None = None


class WithdrawalOrder(BaseModel):
    """Why a consent ends."""

    model_config = ConfigDict(extra="forbid")

    reason: PlainText = Field("", max_length=500)


class ConsentView(BaseModel):
    """What was agreed to."""

    basis: Basis
    wording: str
    wording_version: str
    evidence_id: str | None
    ends_at: datetime | None


class LikenessView(BaseModel):
    """What `user_id` said of a file. `person` null: nobody real is in it.

    `standing`: `in_force`, or why it is not: `none` (no consent), `withdrawn`, `ended`; `nobody`. Withdrawn
    by null: by a notice that was upheld.
    """

    id: str
    asset_id: str
    user_id: str
    person: str | None
    covers: list[Aspect]
    standing: Standing
    consent: ConsentView | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    created_at: datetime


@router.post(
    "/assets/{asset_id}/likenesses", status_code=201, responses=declared(400, 404, 409, 413, 422)
)
async def declare_likeness(
    who: Caller,
    asset_id: AssetInPath,
    given: NewLikeness,
    likenesses: FromDishka[Likenesses],
    clock: FromDishka[Clock],
) -> LikenessView:
    """Say that a real person is in a file of yours, and record what they agreed to."""
    said = await likenesses.declare(
        who, asset_id, given.person, set(given.covers), _consent(given.consent)
    )
    return _view(said, clock.now())


@router.put("/assets/{asset_id}/likenesses/nobody", responses=declared(404, 409))
async def declare_nobody(
    who: Caller,
    asset_id: AssetInPath,
    likenesses: FromDishka[Likenesses],
    clock: FromDishka[Clock],
) -> LikenessView:
    """Say that nobody real is in a file; it may then stand for a member of the cast."""
    return _view(await likenesses.declare_nobody(who, asset_id), clock.now())


@router.get("/assets/{asset_id}/likenesses", responses=declared(404))
async def list_asset_likenesses(
    who: Caller,
    asset_id: AssetInPath,
    likenesses: FromDishka[Likenesses],
    clock: FromDishka[Clock],
) -> list[LikenessView]:
    """What was said of a file, the newest first."""
    return [_view(one, clock.now()) for one in await likenesses.of_asset(who, asset_id)]


@router.post(
    "/assets/{asset_id}/likenesses/{likeness_id}/withdraw",
    responses=declared(400, 404, 409, 413, 422),
)
async def withdraw_consent(
    who: Caller,
    asset_id: AssetInPath,
    likeness_id: LikenessInPath,
    likenesses: FromDishka[Likenesses],
    clock: FromDishka[Clock],
    given: WithdrawalOrder | None = None,
) -> LikenessView:
    """Let a consent end now: nothing more is made of the file. What was made already stays."""
    reason = given.reason if given else ""
    return _view(await likenesses.withdraw(who, asset_id, likeness_id, reason), clock.now())


@router.get("/likenesses", responses=declared(422))
async def list_likenesses(
    who: Caller, paging: Pages, likenesses: FromDishka[Likenesses], clock: FromDishka[Clock]
) -> PageView[LikenessView]:
    """What was said of all files of the workspace, the newest first; also of those that are deleted."""
    now = clock.now()
    return paged(await likenesses.list(who, paging), lambda one: _view(one, now))


def _consent(given: ConsentOrder | None) -> Consent | None:
    if given is None:
        return None
    evidence = AssetId.parse(given.evidence_id) if given.evidence_id else None
    return Consent(given.basis, given.wording, given.wording_version, evidence, given.ends_at)


def _view(one: Likeness, now: datetime) -> LikenessView:
    consent, gone = one.consent, one.withdrawn
    return LikenessView(
        id=one.id,
        asset_id=one.asset_id,
        user_id=one.by,
        person=one.person,
        covers=sorted(one.covers),
        standing=one.standing(now),
        consent=ConsentView(
            basis=consent.basis,
            wording=consent.wording,
            wording_version=consent.wording_version,
            evidence_id=consent.evidence,
            ends_at=consent.ends_at,
        )
        if consent
        else None,
        withdrawn_at=gone.at if gone else None,
        withdrawn_by=gone.by if gone else None,
        withdrawn_reason=gone.reason if gone else None,
        created_at=one.created_at,
    )
