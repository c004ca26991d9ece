"""Editions: a short name for the state of some of our own code.

A product's recipe holds the edition of the code that makes it, so nobody is ever shown a picture
that today's code would not draw.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[2]


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
