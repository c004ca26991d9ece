"""`reelwright settings`: what is set, to what, and by whom; secrets stay covered."""

import json
import re
from typing import Any

from reelwright.faces.cli.arguments import Json


def settings(*, as_json: Json = False) -> None:
    """Show the effective settings, and the source of each value."""
    from reelwright.app.setting_problems import check
    from reelwright.app.setting_sources import load, places
    from reelwright.app.settings import Settings

    loaded = load(checked=False)
    rows = []
    for place in places(Settings):
        value: Any = loaded.settings
        for part in place:
            value = getattr(value, part)
        rows.append((".".join(place), covered(value), loaded.origin(place)))
    if as_json:
        tree = {name: {"value": value, "source": source} for name, value, source in rows}
        print(json.dumps(tree, indent=2))
    else:
        _print(rows)
    check(loaded.settings)


def _print(rows: list[tuple[str, Any, str]]) -> None:
    longest = max(len(name) for name, _, _ in rows)
    widest = min(max(len(_shown(value)) for _, value, _ in rows), 48)
    for name, value, source in rows:
        print(f"{name:<{longest}}  {_shown(value):<{widest}}  {source}")


def covered(value: Any) -> Any:
    """A value as plain JSON, with what is secret in it covered."""
    from pydantic import SecretBytes, SecretStr
    from pydantic_core import to_jsonable_python

    if isinstance(value, (SecretStr, SecretBytes)):
        return "********"
    plain = to_jsonable_python(value)
    if isinstance(plain, str):
        return re.sub(r"(?<=://)[^/\s]*@", "********@", plain)
    return plain


def _shown(value: Any) -> str:
    return "-" if value is None else value if isinstance(value, str) else json.dumps(value)
