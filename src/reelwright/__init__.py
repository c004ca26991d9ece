"""reelwright turns a screenplay into a film.

`make_film(script, out)` does all of it; `reelwright.film` holds the film as data.
"""

from typing import Any

__version__ = "0.1.0"
__all__ = ["FilmOptions", "FilmReport", "make_film"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'reelwright' has no attribute {name!r}")
    from reelwright.studio import production  # noqa: PLC0415 - `import reelwright` stays quick

    return getattr(production, name)
