"""`reelwright cache`: what the store holds, and how to make it smaller."""

import json
import re
from typing import Annotated

from cyclopts import Parameter

from reelwright.engines.storage.home import home
from reelwright.engines.storage.store import Store
from reelwright.faces.cli.arguments import Json
from reelwright.ground.errors import InvalidInputError, Kind, ReelwrightError


class StoreInUseError(ReelwrightError):
    """Another run has the store open; trimming waits for nobody."""

    code = "store_in_use"
    kind = Kind.CONFLICT


def cache(
    *,
    trim: Annotated[
        str | None, Parameter(help="forget the longest unused until this is left: 5G, 500M, 0")
    ] = None,
    as_json: Json = False,
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
    """Bytes from `500M`, `5G`, `1.5 GB`, `2 GiB`, `0`."""
    found = re.fullmatch(r"(\d{1,18}(?:\.\d{1,9})?)\s*([kmgt]?)(i?)b?", text.strip().lower())
    if not found or (found[3] and not found[2]):
        raise InvalidInputError(f"{text!r} is no size", way_out="write 500M, 5G or 0")
    step = 1024 if found[3] else 1000
    return int(float(found[1]) * step ** "_kmgt".index(found[2] or "_"))


def _readable(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
