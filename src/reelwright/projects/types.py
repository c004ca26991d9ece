"""What each type of project takes in, and what can be done with it. Data, for anyone to read."""

from typing import Any, Final

_MB = 1024 * 1024

PROJECT_CONFIGS: Final[dict[str, dict[str, Any]]] = {
    "film": {
        "storage_prefix": "film",
        "allowed_file_types": ["*/*"],
        "max_file_size": 2048 * _MB,
        "supported_operations": ["upload", "generate", "edit", "export"],
    },
    "music-clip": {
        "storage_prefix": "music-clip",
        "allowed_file_types": ["audio/mpeg", "audio/wav", "audio/mp3", "audio/ogg"],
        "max_file_size": 50 * _MB,
        "supported_operations": ["upload", "generate", "analyze", "export"],
    },
    "video-edit": {
        "storage_prefix": "video-edit",
        "allowed_file_types": ["video/mp4", "video/avi", "video/mov", "video/webm"],
        "max_file_size": 500 * _MB,
        "supported_operations": ["upload", "edit", "render", "export"],
    },
    "audio-edit": {
        "storage_prefix": "audio-edit",
        "allowed_file_types": [
            "audio/mpeg",
            "audio/wav",
            "audio/mp3",
            "audio/ogg",
            "audio/flac",
            "audio/aac",
            "audio/mp4",
            "audio/aiff",
        ],
        "max_file_size": 100 * _MB,
        "supported_operations": ["upload", "edit", "mix", "export"],
    },
    "image-edit": {
        "storage_prefix": "image-edit",
        "allowed_file_types": [
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/avif",
            "image/tiff",
            "image/bmp",
        ],
        "max_file_size": 20 * _MB,
        "supported_operations": ["upload", "edit", "filter", "export"],
    },
    "custom": {
        "storage_prefix": "custom",
        "allowed_file_types": ["*/*"],
        "max_file_size": 100 * _MB,
        "supported_operations": ["upload", "process", "export"],
    },
}

OPERATIONS_OF: Final[dict[str, tuple[str, ...]]] = {
    "edit": ("trim", "join", "resize", "crop", "convert", "extract_frame"),
    "render": ("trim", "join", "resize", "crop", "convert", "extract_frame"),
    "mix": ("mix", "fade", "gain", "normalise"),
    "filter": ("filter",),
    "analyze": ("waveform", "tempo", "key", "loudness"),
    "export": ("export",),
    "process": (
        "trim", "join", "resize", "crop", "convert", "extract_frame", "mix", "fade", "gain",
        "normalise", "filter", "waveform", "tempo", "key", "loudness", "export",
    ),
}  # fmt: skip
"""The operations on files behind those words; `upload` and `generate` are no work on files."""


def operations_of(project_type: str) -> tuple[str, ...]:
    """The operations on files that a type of project has."""
    words = PROJECT_CONFIGS[project_type]["supported_operations"]
    return tuple(dict.fromkeys(one for word in words for one in OPERATIONS_OF.get(word, ())))


def types_with(operation: str) -> tuple[str, ...]:
    """The types of project that have an operation."""
    return tuple(name for name in PROJECT_CONFIGS if operation in operations_of(name))


LARGEST_FILE: Final[int] = max(rules["max_file_size"] for rules in PROJECT_CONFIGS.values())
"""In bytes."""

SAME_TYPES: Final = {
    "audio/mp3": "audio/mpeg",
    "audio/aacp": "audio/aac",
    "audio/x-aac": "audio/aac",
    "audio/x-aiff": "audio/aiff",
    "audio/x-wav": "audio/wav",
    "image/jpg": "image/jpeg",
    "image/x-bmp": "image/bmp",
    "image/x-ms-bmp": "image/bmp",
    "video/avi": "video/x-msvideo",
    "video/mov": "video/quicktime",
}
"""Other names that are in use for a media type, and its own."""
