"""`reelwright media`: an operation on plain files, without a service."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Json
from reelwright.ground.errors import InvalidInputError

_Operation = Annotated[str, Parameter(help="trim, join, mix, ...; without it all are listed")]
_Files = Annotated[
    Path, Parameter(help="what it is done with, then (but for an analysis) what to write")
]
_Given = Annotated[str, Parameter(help="its parameters: --start 1 --end 3; lists as JSON")]


def media(
    operation: _Operation = "", /, *files: _Files, as_json: Json = False, **given: _Given
) -> None:
    """Trim, join, resize, crop, convert, filter, mix, fade, normalise; measure loudness, tempo, key.

    reelwright media trim in.mp4 out.mp4 --start 1 --end 3
    """
    from reelwright.engines.media.edits.catalogue import OPERATIONS
    from reelwright.engines.media.edits.catalogue import operation as found

    if not operation:
        _list(OPERATIONS)
        return
    one = found(operation)
    params = {name: _read(value) for name, value in given.items()}
    inputs, target = list(files), None
    if not one.analysis:
        if len(files) < 2:
            raise InvalidInputError(
                f"{operation} needs a file to write",
                way_out=f"reelwright media {operation} IN OUT",
            )
        *inputs, target = inputs
        if "format" in one.params.model_fields and "format" not in params:
            params["format"] = _form(target)
    made = _make(operation, params, inputs, target)
    if as_json or one.analysis:
        print(json.dumps(made, ensure_ascii=False, indent=None if as_json else 2))
    else:
        print(target)


def _make(
    operation: str, params: Mapping[str, Any], inputs: list[Path], target: Path | None
) -> dict[str, Any]:
    import asyncio
    from tempfile import TemporaryDirectory

    from reelwright.engines.media.edits.room import CuttingRoom
    from reelwright.engines.storage.files import copy

    for path in inputs:
        if not path.is_file():
            raise InvalidInputError(f"{path}: there is no such file")
    room = CuttingRoom()
    try:
        with TemporaryDirectory(prefix="reelwright-") as folder:
            whole = [path.resolve() for path in inputs]
            made = asyncio.run(room.make(operation, params, whole, Path(folder)))
            if target is None:
                return made["result"]
            copy(made["path"], target)
            return {"path": str(target), **made["facts"]}
    finally:
        room.close()


def _form(target: Path) -> str:
    """The form that a file's name asks for."""
    from reelwright.engines.media.edits.formats import FORMATS

    suffix = target.suffix.lower().replace(".jpeg", ".jpg")
    for one in FORMATS.values():
        if one.suffix == suffix:
            return one.name
    raise InvalidInputError(
        f"{target.name}: no form is known by that ending",
        way_out=f"one of {', '.join(one.suffix for one in FORMATS.values())}",
    )


def _read(value: str) -> Any:
    if not value.startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise InvalidInputError(f"{value[:60]!r} is no JSON") from None


def _list(operations: Mapping[str, Any]) -> None:
    for one in operations.values():
        takes = "/".join(medium.value for medium in one.does)
        params = ", ".join(one.params.model_fields) or "nothing"
        print(f"{one.name:<14} {takes:<20} {one.purpose} ({params})")
