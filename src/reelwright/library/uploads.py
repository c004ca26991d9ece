"""Uploads as values: files that come in pieces, and what can be wrong with a piece."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, UploadId

ALGORITHMS = ("sha1", "sha256", "md5")
"""By which a piece may be checked."""


class UploadMissingError(MissingError):
    """There is no such upload in this workspace, or its time is over."""

    code = "upload_missing"


class UploadOffsetError(ConflictError):
    """A piece does not begin where the upload ends: somebody else was faster, or it came twice."""

    code = "upload_offset"


class UploadBusyError(ConflictError):
    """All bytes are here, and being looked at."""

    code = "upload_busy"


class UploadTooLargeError(InvalidInputError):
    """More bytes than were announced, or than its type of project takes."""

    code = "upload_too_large"


class ChecksumMismatchError(InvalidInputError):
    """The bytes that came are not those that were sent."""

    code = "checksum_mismatch"


class UploadState(StrEnum):
    """Whether bytes are still awaited, the asset is there, or the file was refused."""

    OPEN = "open"
    FINISHED = "finished"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a piece's digest must be."""

    algorithm: str
    digest: bytes

    def __post_init__(self) -> None:
        if self.algorithm not in ALGORITHMS:
            raise InvalidInputError(
                f"{self.algorithm[:20]!r} is no way to check a piece",
                way_out=f"one of {', '.join(ALGORITHMS)}",
            )

    def begun(self) -> Any:
        """A digest to feed the bytes to."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A file that is to come: `size` bytes, for a project's type and, if given, a project."""

    name: str
    size: int
    project_type: str = "custom"
    project_id: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is coming; `received` bytes of `size` are safe. `error` says why it was refused."""

    id: UploadId
    name: str
    size: int
    received: int
    project_type: str
    project_id: str | None
    facts: Mapping[str, Any]
    state: UploadState
    asset_id: AssetId
    error: Mapping[str, Any] | None
    expires_at: datetime
    created_at: datetime

    @property
    def whole(self) -> bool:
        """Whether all bytes are here."""
        return self.received == self.size
