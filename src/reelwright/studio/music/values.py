"""Sessions of music and their takes as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AssetId, JobId, MusicSessionId, MusicTakeId, ProjectId


class SessionMissingError(MissingError):
    """There is no such session, or no such take in it."""

    code = "music_session_missing"


@dataclass(frozen=True, slots=True)
class MusicTake:
    """One take. It is in the making while it has neither `asset_id` nor `error`."""

    id: MusicTakeId
    number: int
    prompt: str
    seconds: float
    model: str | None = None
    job_id: JobId | None = None
    asset_id: AssetId | None = None
    extends: MusicTakeId | None = None
    rating: int | None = None
    micros: Mapping[str, int] | None = None
    error: Mapping[str, Any] | None = None

    @property
    def making(self) -> bool:
        """Whether it is still to come."""
        return self.asset_id is None and self.error is None


@dataclass(frozen=True, slots=True)
class MusicSession:
    """Takes that share a style and lyrics; `seconds` is how long a take is, unless it says otherwise."""

    id: MusicSessionId
    title: str
    style: str
    lyrics: str
    seconds: float
    created_at: datetime
    project_id: ProjectId | None = None
    takes: Sequence[MusicTake] = ()

    def take(self, number: int) -> MusicTake:
        """A take by its number; raises SessionMissingError."""
        found = next((one for one in self.takes if one.number == number), None)
        if found is None:
            raise SessionMissingError(f"{self.title!r} has no take {number}")
        return found
