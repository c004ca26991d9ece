"""`reelwright cache`: what the store holds, and how to make it smaller."""

import json
from typing import Annotated

from cyclopts import Parameter

from reelwright.engines.storage.home import home
from reelwright.engines.storage.store import Store
from reelwright.ground.errors import InvalidInputError, Kind, ReelwrightError

_UNITS = {"": 1, "b": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


class StoreInUseError(ReelwrightError):
    """Another run has the store open; trimming waits for nobody."""

    code = "store_in_use"
    kind = Kind.CONFLICT


def cache(
    *,
    trim: Annotated[
        str | None, Parameter(help="forget the longest unused until this is left: 5G, 500M, 0")
    ] = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Show the store of finished products, or trim it."""
    store = Store(home() / "store")
    freed = 0
    if trim is not None:
        answer = store.trim(parse_size(trim))
        if answer is None:
            raise StoreInUseError(
                "the store is in use by another run", way_out="try again when it has ended"
            )
        freed = answer
    usage = store.usage()
    if as_json:
        by = {
            k: {"products": n, "bytes": size} for k, (n, size) in sorted(usage.by_operation.items())
        }
        print(
            json.dumps(
                {
                    "path": str(store.root),
                    "products": usage.products,
                    "bytes": usage.size,
                    "freed": freed,
                    "operations": by,
                }
            )
        )
        return
    print(f"{store.root}")
    for operation, (count, size) in sorted(usage.by_operation.items()):
        print(f"  {operation:<12}{count:>8} products {_readable(size):>10}")
    print(f"  {'all':<12}{usage.products:>8} products {_readable(usage.size):>10}")
    if trim is not None:
        print(f"freed {_readable(freed)}")


def parse_size(text: str) -> int:
    """Bytes from `500M`, `5G`, `1.5 GB`, `0`."""
    cleaned = text.strip().lower().removesuffix("b").removesuffix("i")
    number, unit = cleaned.rstrip("kmgt"), cleaned[len(cleaned.rstrip("kmgt")) :]
    try:
        size = float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        raise InvalidInputError(f"{text!r} is no size", way_out="write 500M, 5G or 0") from None
    if not 0 <= size < float("inf"):
        raise InvalidInputError(f"{text!r} is no size", way_out="write 500M, 5G or 0")
    return int(size)


def _readable(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
