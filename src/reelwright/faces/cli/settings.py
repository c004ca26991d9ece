"""`reelwright settings`: what is set, to what, and by whom; secrets stay covered."""

import json
import re
from typing import Annotated, Any

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Json

Table = Annotated[
    bool, Parameter(negative="", help="all that can be set, as a table for the documentation")
]


def settings(*, as_json: Json = False, table: Table = False) -> None:
    """Show the effective settings, and the source of each value."""
    if table:
        print(written())
        return
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


def written() -> str:
    """All that can be set, as the table in docs/settings.md."""
    from reelwright.app.setting_sources import places
    from reelwright.app.settings import PREFIX, Settings

    rows = ["| setting | environment | default |", "|---|---|---|"]
    for place in places(Settings):
        model: Any = Settings
        for part in place[:-1]:
            model = model.model_fields[part].annotation
        field = model.model_fields[place[-1]]
        value = field.get_default(call_default_factory=True)
        default = "where data lies" if field.is_required() else _shown(covered(value))
        name = PREFIX + "__".join(place).upper()
        rows.append(f"| {'.'.join(place)} | `{name}` | {default} |")
    return "\n".join(rows)


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
