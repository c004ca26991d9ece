"""Likenesses: whom a file shows or lets hear, and what that person has agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import AssetId, LikenessId, UserId


class LikenessMissingError(MissingError):
    """There is no such likeness of this file."""

    code = "likeness_missing"


class LikenessRefusedError(ConflictError):
    """A real person is in the file, and no consent to that is in force."""

    code = "likeness_refused"


class LikenessUndeclaredError(ConflictError):
    """A file is to stand for a member of the cast, and nobody has said who is in it."""

    code = "likeness_undeclared"


Standing = Literal["nobody", "none", "in_force", "withdrawn", "ended"]


class Aspect(StrEnum):
    """What of a person is in a file."""

    PICTURE = "picture"
    VOICE = "voice"


class Basis(StrEnum):
    """Why a likeness may be used."""

    SELF = "self"
    AGREED = "agreed"
    GUARDIAN = "guardian"
    LICENCE = "licence"  # or the public domain


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to, in these words; `evidence` is a file that shows it."""

    basis: Basis
    wording: str
    wording_version: str
    evidence: AssetId | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A consent that is in force no longer. Without `by`, a notice that was upheld has ended it."""

    at: datetime
    by: UserId | None
    reason: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What `by` said of a file. Without a `person`: nobody real is in it."""

    id: LikenessId
    asset_id: AssetId
    by: UserId
    person: str | None
    covers: frozenset[Aspect]
    consent: Consent | None
    withdrawn: Withdrawal | None
    created_at: datetime
    sha256: str = field(default="", repr=False)

    def in_force(self, now: datetime) -> bool:
        """Whether the person's consent holds now."""
        if self.consent is None or self.withdrawn is not None:
            return False
        return self.consent.ends_at is None or now < self.consent.ends_at

    def standing(self, now: datetime) -> Standing:
        """How the consent stands, in one word; `none`: there is none, `nobody`: nor is a person."""
        if self.person is None:
            return "nobody"
        if self.consent is None:
            return "none"
        if self.withdrawn is not None:
            return "withdrawn"
        return "in_force" if self.in_force(now) else "ended"


def aspect_of(media_type: str) -> Aspect:
    """What a file of that type shows of whoever is in it: films are used for what is seen."""
    return Aspect.VOICE if media_type.startswith("audio/") else Aspect.PICTURE


def refused_person(said: Sequence[Likeness], aspect: Aspect, now: datetime) -> Likeness | None:
    """The newest word on a person of whom no consent to that aspect is in force, if there is one."""
    people: dict[str, list[Likeness]] = {}
    for one in said:
        if one.person is not None:
            people.setdefault(" ".join(one.person.casefold().split()), []).append(one)
    for words in people.values():
        if not any(one.in_force(now) and aspect in one.covers for one in words):
            return max(words, key=lambda one: one.id)
    return None
