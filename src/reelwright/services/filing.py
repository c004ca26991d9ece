"""Files of a service in one folder: names cannot lead out of it, and no file is ever half written."""

import asyncio
import os
import secrets
from contextlib import suppress
from pathlib import Path

from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError, MissingError
from reelwright.ground.transactions import forbid_in_transaction


class Folder:
    """Reads and writes files below a root; names are paths with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def place(self, name: str) -> Path:
        """Where a name lies; raises InvalidInputError when it leads out of the folder."""
        if "\0" in name:
            raise InvalidInputError("a file's name has a NUL in it")
        place = (self.root / name).resolve()
        if place == self.root or not place.is_relative_to(self.root):
            raise InvalidInputError(f"{name[:80]!r} does not name a file in the folder")
        return place

    def write(self, name: str, data: bytes) -> Path:
        """Write a file whole, or not at all."""
        forbid_in_transaction("writing a file")
        place = self.place(name)
        beside = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise EnvironmentFailedError(
                f"{name!r} cannot be written: {error.strerror}",
                way_out="check the disk's space and the folder's rights",
            ) from error
        return place

    def read(self, name: str) -> bytes:
        """A file's bytes; raises MissingError."""
        try:
            return self.place(name).read_bytes()
        except (FileNotFoundError, IsADirectoryError) as error:
            raise MissingError(f"there is no file {name!r}") from error

    def delete(self, name: str) -> None:
        """Take a file away; one that is not there is no error."""
        self.place(name).unlink(missing_ok=True)

    def names(self, below: str = "") -> list[str]:
        """The names of all files, or of those in one folder."""
        start = self.place(below) if below else self.root
        return sorted(
            path.relative_to(self.root).as_posix()
            for path in start.rglob("*")
            if path.is_file() and not path.name.endswith(".part")
        )


class FileOperationMixin:
    """Files below the service's `file_root`, read and written off the event loop."""

    file_root: "Path | None" = None

    @property
    def folder(self) -> Folder:
        """The service's folder; raises EnvironmentFailedError when it was given none."""
        if self.file_root is None:
            raise EnvironmentFailedError(
                f"{type(self).__name__} has no folder", way_out="set its file_root"
            )
        return Folder(self.file_root)

    async def save_file(self, name: str, data: bytes) -> Path:
        """Write a file whole, or not at all; where it lies."""
        forbid_in_transaction("writing a file")
        return await asyncio.to_thread(self.folder.write, name, data)

    async def load_file(self, name: str) -> bytes:
        """A file's bytes; raises MissingError."""
        return await asyncio.to_thread(self.folder.read, name)

    async def delete_file(self, name: str) -> None:
        """Take a file away."""
        await asyncio.to_thread(self.folder.delete, name)

    async def list_files(self, below: str = "") -> list[str]:
        """The names of the files."""
        return await asyncio.to_thread(self.folder.names, below)
