"""Threads, messages and proposed edits as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import DirectorMessageId, DirectorThreadId, ProjectId, RevisionId


class AdviceMissingError(MissingError):
    """There is no such thread or message in this project."""

    code = "advice_missing"


class StaleProposalError(ConflictError):
    """A proposal is about something the script no longer has."""

    code = "stale_proposal"


@dataclass(frozen=True, slots=True)
class Edit:
    """One proposed note: `[table.subject] key = value`, and why."""

    table: str
    subject: str
    key: str
    value: str | float | bool | list[str]
    why: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Edit":
        """As a message keeps it."""
        return cls(told["table"], told["subject"], told["key"], told["value"], told["why"])

    def in_words(self) -> str:
        """As a person reads it."""
        name = ".".join(one for one in (self.table, self.subject) if one)
        return f"[{name}] {self.key} = {self.value!r}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation about a project."""

    id: DirectorThreadId
    project_id: ProjectId
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Advice:
    """One message of a thread: a person's question (`role` user), or the director's answer.

    `edits` are proposals, numbered from 1; `revision_id` is what they were made for; `warnings` say
    which were left out. `cost_micros` None: nobody knows, or it was a question.
    """

    id: DirectorMessageId
    thread_id: DirectorThreadId
    project_id: ProjectId
    number: int
    role: str
    text: str
    edits: tuple[Edit, ...]
    warnings: tuple[str, ...]
    about: tuple[str, ...]
    images: tuple[str, ...]
    revision_id: RevisionId
    model: str | None
    cost_micros: int | None
    currency: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of proposals: the notes' text now, the edits in it, and those where a note stood."""

    revision_id: RevisionId
    notes: str
    applied: Sequence[Edit]
    kept: Sequence[Edit]
