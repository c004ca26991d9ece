"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import NoticeKind
from reelwright.client.values import Newer

Aspect = Annotated[Literal["picture", "voice"], Newer]
Basis = Annotated[Literal["self", "agreed", "guardian", "licence"], Newer]


class ConsentOrder(BaseModel):
    """What the person agreed to, in these words; `evidence_id` is an asset that shows it.

    `basis`: `self` (it is you), `agreed`, `guardian` (who may agree for them did), `licence` (or the
    public domain).
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    basis: Basis
    wording: str
    wording_version: str
    evidence_id: str | None = None
    ends_at: datetime | None = None


class ConsentView(BaseModel):
    """What was agreed to."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    basis: Basis
    wording: str
    wording_version: str
    evidence_id: str | None
    ends_at: datetime | None


class FiledNotice(BaseModel):
    """A notice was taken in; `id` is what to name when asking after it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str


class LikenessView(BaseModel):
    """What `user_id` said of a file. `person` null: nobody real is in it.

    `standing`: `in_force`, or why it is not: `none` (no consent), `withdrawn`, `ended`; `nobody`. Withdrawn
    by null: by a notice that was upheld.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    asset_id: str
    user_id: str
    person: str | None
    covers: list[Aspect]
    standing: Annotated[Literal["nobody", "none", "in_force", "withdrawn", "ended"], Newer]
    consent: ConsentView | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    created_at: datetime


class NewLikeness(BaseModel):
    """A real person who is in a file; without a `consent` the file is refused wherever it would be used."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    person: str
    covers: list[Aspect]
    consent: ConsentOrder | None = None


class NewNotice(BaseModel):
    """What must not be shown here, and why: `address` is that of an asset, a share link or a file.

    `claimant` is who says so, `reach` how to reach them (an address of mail or of a house).
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: NoticeKind
    address: str
    claimant: str
    reach: str
    statement: str


class ReplyOrder(BaseModel):
    """What the workspace has to say."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    statement: str


class WithdrawalOrder(BaseModel):
    """Why a consent ends."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    reason: str | None = None
