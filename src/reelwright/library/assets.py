"""Assets: files a workspace has, and where each came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from reelwright.ground.errors import ConflictError, DeniedError, MissingError
from reelwright.ground.ids import AssetId


class AssetMissingError(MissingError):
    """There is no such asset in this workspace."""

    code = "asset_missing"


class AssetInUseError(ConflictError):
    """An asset that a project's revision names cannot be deleted."""

    code = "asset_in_use"


class TakenDownError(DeniedError):
    """The bytes are held back after a notice; `details` names the takedown to the workspace."""

    code = "taken_down"

    def __init__(self, name: str = "", takedown: str = "") -> None:
        super().__init__(
            f"{name or 'this file'} is held back after a notice of somebody's rights",
            way_out=f"why, and how to reply: GET /api/v1/takedowns/{takedown}"
            if takedown
            else "ask whoever gave it to you",
        )
        self.details = {"takedown_id": takedown} if takedown else None


class OriginKind(StrEnum):
    """Where an asset came from: a person, our own work, or a provider."""

    UPLOAD = "upload"
    RECIPE = "recipe"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class Origin:
    """The one origin of an asset: the file's name, the recipe's digest, or the submission's id."""

    kind: OriginKind
    ref: str


class SyncStatus(StrEnum):
    """Whether an asset's bytes are here yet, or still at the provider's."""

    REMOTE = "remote"
    DOWNLOADING = "downloading"
    DOWNLOADED = "downloaded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file in the library. `sha256` and `key` are empty and `size` is 0 until it is downloaded."""

    id: AssetId
    sha256: str
    size: int
    media_type: str
    name: str
    origin: Origin
    facts: Mapping[str, Any]
    created_at: datetime
    project_id: str | None = None
    key: str = field(default="", repr=False)
    sync_status: SyncStatus = SyncStatus.DOWNLOADED
    remote_url: str | None = field(default=None, repr=False)
    operation: str = ""
    """What made it, where it was found as a product."""
    remote_id: str | None = None
    favourite: bool = False
    trashed_at: datetime | None = None
    sync_error: Mapping[str, Any] | None = None
    tags: Sequence[str] = ()
    """Only where the asset was asked for by `get` or `list`."""
    withheld_by: str | None = None
    """The takedown that keeps anybody from reading it."""

    def require_served(self) -> None:
        """Raise TakenDownError if its bytes are held back."""
        if self.withheld_by is not None:
            raise TakenDownError(self.name, self.withheld_by)


@dataclass(frozen=True, slots=True)
class MadeProduct:
    """A product just made. Its file MUST never be changed in place: the library links it.

    `recipe_digest` names the recipe with its take; `family_digest`, where known, the recipe alone.
    """

    recipe_digest: str
    operation: str
    path: Path
    media_type: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    family_digest: str | None = None
    project_id: str | None = None
    origin: Origin | None = None
    """Where it came from, if not from our own work on this recipe."""
    companion_of: AssetId | None = None
    """The asset whose small picture this is: not listed, and gone with it."""
    inputs: Sequence[str] = ()
    """The digests of what it was made from: of files, or of the recipes of other products."""


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets a list shows. `media` is a type (`video/mp4`) or its first half (`video`).

    `name` is part of a name, in capitals or not; `since` and `until` are when it came (the end is
    not included). Those in the trash are shown alone, with `trashed`.
    """

    media: str | None = None
    project_id: str | None = None
    origin: OriginKind | None = None
    sync_status: SyncStatus | None = None
    name: str | None = None
    tag: str | None = None
    favourite: bool = False
    trashed: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssetChange:
    """What a person changes about an asset; what is None stays."""

    name: str | None = None
    favourite: bool | None = None
    tags: Sequence[str] | None = None
