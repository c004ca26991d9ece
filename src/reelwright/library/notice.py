"""Notices: somebody, known here or not, says that a file of ours must not be shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote

from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import AssetId, NoticeId, ShareId, TakedownId, UserId, WorkspaceId

LONGEST_ADDRESS = 2000
LONGEST_STATEMENT = 10_000
_SIGNS = "[0-9a-hjkmnp-tv-z]{26}"
_ASSET = re.compile(rf"{AssetId.prefix}_{_SIGNS}(?![0-9a-z])")
_LINK = re.compile(rf"(?:rw_)?({ShareId.prefix}_{_SIGNS})(?:_[0-9a-f]+)?")
_MEDIA = re.compile(r"/media/([A-Za-z0-9_./%-]{1,600})")


class NoticeMissingError(MissingError):
    """There is no such notice."""

    code = "notice_missing"


class NoticeDecidedError(ConflictError):
    """The notice is decided, and not as this asks for."""

    code = "notice_decided"


class NothingNamedError(ConflictError):
    """What a notice names is not here."""

    code = "nothing_named"


class NoticeKind(StrEnum):
    """What right is said to be hurt."""

    LIKENESS = "likeness"
    COPYRIGHT = "copyright"
    OTHER = "other"


class NoticeState(StrEnum):
    """How a notice stands."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says: of what is at `address`; who they are, and how to reach them."""

    kind: NoticeKind
    address: str
    claimant: str
    reach: str = field(repr=False)
    statement: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A claim that came in, and what was decided about it, by whom and why."""

    id: NoticeId
    claim: Claim
    state: NoticeState
    created_at: datetime
    reason: str | None = None
    decided_by: UserId | None = None
    decided_at: datetime | None = None
    workspace: WorkspaceId | None = None
    takedown: TakedownId | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a notice names: whose, and what it is called; nothing of what is in it."""

    id: AssetId
    workspace: WorkspaceId
    user: UserId
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Address:
    """What an address may lead to: an asset, an object in storage, a share link."""

    assets: Sequence[str]
    key: str | None
    link: str | None


def read_address(text: str) -> Address:
    """What is named by an address of ours, or by an id alone; nothing, if it is neither."""
    media = _MEDIA.search(text)
    link = _LINK.search(text)
    key = unquote(media[1]) if media else None
    return Address(_ASSET.findall(text), key, link[1] if link else None)


def without_secrets(address: str) -> str:
    """The address as it is kept: what would open a share link or a signed URL is left out."""
    plain = address.partition("?")[0].partition("#")[0]
    return _LINK.sub(lambda found: found[1], plain).strip()
