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
        "allowed_file_types": ["audio/mpeg", "audio/wav", "audio/mp3", "audio/ogg", "audio/flac"],
        "max_file_size": 100 * _MB,
        "supported_operations": ["upload", "edit", "mix", "export"],
    },
    "image-edit": {
        "storage_prefix": "image-edit",
        "allowed_file_types": ["image/jpeg", "image/png", "image/gif", "image/webp"],
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

LARGEST_FILE: Final[int] = max(rules["max_file_size"] for rules in PROJECT_CONFIGS.values())
"""In bytes."""

SAME_TYPES: Final = {
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "image/jpg": "image/jpeg",
    "video/avi": "video/x-msvideo",
    "video/mov": "video/quicktime",
}
"""Other names that are in use for a media type, and its own."""
