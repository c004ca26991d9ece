"""The edition of the built-in artist: changes whenever the code that makes a product changes.

A product's recipe holds it, so nobody is ever shown a picture that today's code would not draw.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import reelwright

_ROOT = Path(reelwright.__file__).parent
_SKETCH = "providers/sketch"

PICTURE = (
    f"{_SKETCH}/*.py",
    f"{_SKETCH}/sets/**/*.py",
    f"{_SKETCH}/props/**/*.py",
    f"{_SKETCH}/people/**/*.py",
    "engines/media/*.py",
)
VOICE = (f"{_SKETCH}/voices/**/*.py", "engines/media/sound.py")
AMBIENCE = (f"{_SKETCH}/ambience/**/*.py", "engines/media/sound.py")
SCORE = (f"{_SKETCH}/score/**/*.py", "engines/media/sound.py")


@cache
def edition(patterns: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """Sixteen signs that stand for these sources (globs below the package) and library versions."""
    sources = sorted({path for pattern in patterns for path in _ROOT.glob(pattern)})
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for library in libraries:
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]
