"""The five types of project: where their files lie, what files they take, what can be done with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any

from reelwright.ground.errors import InvalidInputError

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProjectType:
    """The rules of one type; sizes in bytes, media types may end in a star."""

    storage_prefix: str
    allowed_file_types: tuple[str, ...]
    max_file_size: int
    supported_operations: tuple[str, ...]

    def check(self, media_type: str, size: int) -> None:
        """Raise InvalidInputError for a file this type of project does not take."""
        if not any(fnmatchcase(media_type.lower(), taken) for taken in self.allowed_file_types):
            raise InvalidInputError(
                f"a {self.storage_prefix} project takes no {media_type}",
                way_out=f"it takes {', '.join(self.allowed_file_types)}",
            )
        if size > self.max_file_size:
            raise InvalidInputError(
                f"the file has {size / _MB:.1f} MB",
                way_out=f"a {self.storage_prefix} project takes files up to {self.max_file_size // _MB} MB",
            )

    def as_dict(self) -> dict[str, Any]:
        """The rules as plain data."""
        return {
            "storage_prefix": self.storage_prefix,
            "allowed_file_types": list(self.allowed_file_types),
            "max_file_size": self.max_file_size,
            "supported_operations": list(self.supported_operations),
        }


def _type(name: str, media: str, megabytes: int, operations: str) -> tuple[str, ProjectType]:
    return name, ProjectType(
        name, tuple(media.split()), megabytes * _MB, ("upload", *operations.split(), "export")
    )


PROJECT_TYPES: Mapping[str, ProjectType] = MappingProxyType(
    dict(
        [
            _type("music-clip", "audio/mpeg audio/wav audio/mp3 audio/ogg", 50, "generate analyze"),
            _type("video-edit", "video/mp4 video/avi video/mov video/webm", 500, "edit render"),
            _type(
                "audio-edit", "audio/mpeg audio/wav audio/mp3 audio/ogg audio/flac", 100, "edit mix"
            ),
            _type("image-edit", "image/jpeg image/png image/gif image/webp", 20, "edit filter"),
            _type("custom", "*/*", 100, "process"),
        ]
    )
)
PROJECT_CONFIGS: dict[str, dict[str, Any]] = {
    name: rules.as_dict() for name, rules in PROJECT_TYPES.items()
}


def project_type(name: str) -> ProjectType:
    """The rules of a type; raises InvalidInputError for an unknown one."""
    if name not in PROJECT_TYPES:
        raise InvalidInputError(
            f"there is no project type {name!r}", way_out=f"types: {', '.join(PROJECT_TYPES)}"
        )
    return PROJECT_TYPES[name]
