"""The manifest of a project's file: all that is known of the project and of its files, as JSON."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.texts import NUL
from reelwright.library.carried import CarriedAsset
from reelwright.projects.carried import CarriedProject
from reelwright.projects.parts import Part

FORMAT = "reelwright project"
VERSION = 1
MANIFEST = "project.json"
LARGEST_MANIFEST = 64 * 2**20
MOST_FILES = 20_000

_NUL = re.compile(NUL.pattern.encode())
_TOLD = 3


class ParcelRefusedError(InvalidInputError):
    """A file that is no project's file, or that is made to harm who reads it."""

    code = "project_file_refused"


class Manifest(BaseModel):
    """What stands in `project.json`. The `parts` belong to the domains, each has its own shape."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["reelwright project"] = FORMAT
    version: Literal[1] = VERSION
    made_by: str = Field(max_length=100)
    made_at: AwareDatetime
    project: CarriedProject
    parts: dict[str, list[Any]]
    assets: list[CarriedAsset] = Field(max_length=10 * MOST_FILES)


class _Kind(BaseModel):
    """What must be looked at before anything else."""

    format: str
    version: int


def read_manifest(text: bytes) -> Manifest:
    """The manifest that a file holds; raises ParcelRefusedError, also for what a newer edition wrote."""
    try:
        kind = _Kind.model_validate_json(text)
    except ValidationError as error:
        raise _wrong(error) from None
    if kind.format != FORMAT:
        raise ParcelRefusedError("the file is no project", way_out="choose another file")
    if kind.version > VERSION:
        raise ParcelRefusedError(
            f"the file has version {kind.version} of the format, and version {VERSION} is known here",
            way_out="update reelwright here, or write the file with this edition",
        )
    if _NUL.search(text):
        raise ParcelRefusedError("the manifest holds a NUL")
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise _wrong(error) from None


def read_items(part: Part, items: Sequence[Any]) -> Sequence[BaseModel]:
    """The items of a part, in its own shape; raises ParcelRefusedError."""
    try:
        return [part.item.model_validate(one) for one in items]
    except ValidationError as error:
        raise _wrong(error, part.name) from None


def written_items(items: Sequence[BaseModel]) -> list[Any]:
    """The items of a part as JSON."""
    return [one.model_dump(mode="json") for one in items]


def _wrong(error: ValidationError, where: str = MANIFEST) -> ParcelRefusedError:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    told = "; ".join(
        f"{'.'.join(str(part) for part in one['loc'])[:80]}: {one['msg'][:120]}"
        for one in found[:_TOLD]
    )
    return ParcelRefusedError(
        f"{where} is not as the format has it: {told}", way_out="choose another file"
    )
