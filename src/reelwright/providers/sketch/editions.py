"""Which code makes which of the built-in artist's products."""

from reelwright.engines.storage.editions import edition

_SKETCH = "providers/sketch"
_PICTURE = (
    f"{_SKETCH}/*.py",
    f"{_SKETCH}/sets/**/*.py",
    f"{_SKETCH}/props/**/*.py",
    f"{_SKETCH}/people/**/*.py",
    "engines/media/*.py",
    "engines/media/fonts/*",
    "film/looks.py",
)
_SOUND = tuple(f"engines/media/{name}.py" for name in ("sound", "colour", "loudness", "limiter"))


def picture_edition() -> str:
    """The edition of stills and shots."""
    return edition(_PICTURE, ("skia-python", "av"))


def voice_edition() -> str:
    """The edition of voices."""
    return edition(
        (f"{_SKETCH}/voices/**/*.py", "film/voices.py", *_SOUND), ("espeakng-loader", "numpy")
    )


def ambience_edition() -> str:
    """The edition of ambience and foley."""
    return edition((f"{_SKETCH}/ambience/**/*.py", *_SOUND), ("numpy",))


def score_edition() -> str:
    """The edition of the score."""
    return edition((f"{_SKETCH}/score/**/*.py", *_SOUND), ("numpy",))
