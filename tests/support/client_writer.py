"""Writes `client/models/`, `client/calls/` and `client/shapes.py` from the OpenAPI document: part of `make openapi`.

A schema that several tags use stands in `models/shared.py`, any other one with its tag.
"""

import keyword
import re
import subprocess
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "src" / "reelwright" / "client"
SHARED = "shared"
_HEAD = '"""{title}. Written by `make openapi`."""\n\n'
_NO_MODELS = ("Problem", "FieldProblem")
_SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_TIMES = {"date-time": "datetime", "date": "date"}
_PLACE = "place"  # leads elsewhere
_TEXT = "text/csv"
_BY_HAND = {"follow_events"}


class Writer:
    """The modules of a document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.schemas: dict[str, Any] = dict(document["components"]["schemas"])
        # What answers with another address is for browsers: a program asks for the address itself.
        # Bytes are sent by hand (`files.py`).
        self.calls = [
            (method.upper(), path, operation)
            for path, found in document["paths"].items()
            for method, operation in found.items()
            if any(status.startswith("2") for status in operation["responses"])
            and _is_json(operation)
        ]
        for _, _, operation in self.calls:
            self._name_inline(operation)
        self.home = self._homes()

    def files(self) -> dict[str, str]:
        """All modules: their names below `client/`, and their texts, not yet formatted."""
        found: dict[str, str] = {
            "models/__init__.py": _HEAD.format(title="What is sent and answered")
        }
        found["calls/__init__.py"] = _HEAD.format(title="What can be asked, by its nouns")
        found["calls/groups.py"] = self._groups()
        found["shapes.py"] = self._shapes()
        for home in sorted(set(self.home.values())):
            found[f"models/{home}.py"] = self._models(home)
        for tag in self.tags():
            found[f"calls/{_module(tag)}.py"] = self._calls(tag)
        return found

    def tags(self) -> list[str]:
        """All tags, sorted."""
        return sorted({operation["tags"][0] for _, _, operation in self.calls})

    def _name_inline(self, operation: dict[str, Any]) -> None:
        """A body that is described in place becomes a schema under its title."""
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        schema = content.get("schema", {})
        if schema.get("type") == "object" and "title" in schema:
            self.schemas[schema["title"]] = schema
            content["schema"] = {"$ref": f"#/components/schemas/{schema['title']}"}

    def _homes(self) -> dict[str, str]:
        used: dict[str, set[str]] = defaultdict(set)
        for _, _, operation in self.calls:
            for name in self._reached(_json_parts(operation)):
                used[name].add(_module(operation["tags"][0]))
        for name in self._reached({"$ref": "#/components/schemas/EventView"}):
            used[name].add("events")
        return {name: min(tags) if len(tags) == 1 else SHARED for name, tags in used.items()}

    def _reached(self, value: Any) -> set[str]:
        found: set[str] = set()
        todo = list(_references(value))
        while todo:
            name = todo.pop()
            if name not in found and name not in _NO_MODELS:
                found.add(name)
                todo.extend(_references(self.schemas[name]))
        return {name for name in found if not _is_page(name)}

    def _models(self, home: str) -> str:
        names = self._sorted([name for name, at in self.home.items() if at == home])
        body = "".join(self._model(name) for name in names)
        return _HEAD.format(title="What is sent and answered") + self._imports(body, names) + body

    def _sorted(self, names: list[str]) -> list[str]:
        """What others are made of comes first."""
        done: list[str] = []

        def take(name: str) -> None:
            if name in done or name not in names:
                return
            for other in sorted(set(_references(self.schemas[name])) - {name}):
                take(other)
            done.append(name)

        for name in sorted(names):
            take(name)
        return done

    def _model(self, name: str) -> str:
        schema = self.schemas[name]
        if "enum" in schema:
            values = ", ".join(repr(one) for one in schema["enum"])
            return f"{name} = Annotated[Literal[{values}], Newer]\n"
        needed = set(schema.get("required", ()))
        lines = [f"class {name}(BaseModel):"]
        if text := schema.get("description"):
            lines.append(f'    """{_doc(text, "    ")}"""\n')
        lines.append('    model_config = ConfigDict(extra="allow", populate_by_name=True)\n')
        for field, one in schema.get("properties", {}).items():
            lines.append(f"    {self._field(field, one, needed=field in needed)}")
        return "\n".join(lines) + "\n\n\n"

    def _field(self, name: str, schema: Mapping[str, Any], *, needed: bool) -> str:
        kind, known = self.kind(schema), _identifier(name)
        if not needed and "None" not in kind:
            kind += " | None"
        if known != name:
            default = "" if needed else "default=None, "
            return f"{known}: {kind} = Field({default}alias={name!r})"
        return f"{known}: {kind}" + ("" if needed else " = None")

    def kind(self, schema: Mapping[str, Any]) -> str:
        """A schema as a type."""
        if "$ref" in schema:
            return schema["$ref"].rpartition("/")[2]
        if "anyOf" in schema or "oneOf" in schema:
            kinds = [self.kind(one) for one in schema.get("anyOf") or schema["oneOf"]]
            return " | ".join(dict.fromkeys(kinds))
        if "enum" in schema or "const" in schema:
            values = schema.get("enum") or [schema["const"]]
            return f"Annotated[Literal[{', '.join(repr(one) for one in values)}], Newer]"
        match schema.get("type"):
            case "array":
                return f"list[{self.kind(schema.get('items', {}))}]"
            case "object":
                more = schema.get("additionalProperties")
                return f"dict[str, {self.kind(more) if isinstance(more, dict) and more else 'Any'}]"
            case "string":
                return _TIMES.get(schema.get("format", ""), "str")
            case str(simple):
                return _SIMPLE[simple]
        return "Any"

    def _imports(self, body: str, own: list[str] = ()) -> str:  # type: ignore[assignment]
        words = set(re.findall(r"\w+", body))
        lines = []
        if "AsyncIterator[" in body:
            lines.append("from collections.abc import AsyncIterator")
        if times := sorted(words & {"date", "datetime"}):
            lines.append(f"from datetime import {', '.join(times)}")
        if typing := sorted(words & {"Annotated", "Any", "Literal"}):
            lines.append(f"from typing import {', '.join(typing)}")
        if pydantic := sorted(
            one
            for one in ("BaseModel", "ConfigDict", "Field")
            if f"{one}(" in body or f"({one}" in body
        ):
            lines.append(f"\nfrom pydantic import {', '.join(pydantic)}\n")
        if "stream(" in body:
            lines.append("from reelwright.client.events import ServerEvent, stream")
        homes: dict[str, list[str]] = defaultdict(list)
        for name in sorted(words & set(self.home) - set(own)):
            homes[self.home[name]].append(name)
        for home, names in sorted(homes.items()):
            lines.append(f"from reelwright.client.models.{home} import {', '.join(names)}")
        if "Newer" in words:
            lines.append("from reelwright.client.values import Newer")
        lines += _waiting(body)
        if "self._wire" in body:
            wire = [one for one in ("Wire", "at", "read") if re.search(rf"\b{one}\b[(\b]?", body)]
            lines.append(f"from reelwright.client.wire import {', '.join(wire)}")
        return "\n".join(lines) + "\n\n\n"

    def _groups(self) -> str:
        head = _HEAD.format(title="All calls, by their nouns")
        imports = "".join(
            f"from reelwright.client.calls.{_module(tag)} import {_blocking(tag)}, {_class(tag)}\n"
            for tag in self.tags()
        )
        body = "".join(
            f"        self.{_module(tag)} = {_class(tag)}(wire)\n" for tag in self.tags()
        )
        waited = "".join(
            f"        self.{_module(tag)} = {_blocking(tag)}(calls.{_module(tag)}, line)\n"
            for tag in self.tags()
        )
        return (
            f"{head}{imports}from reelwright.client.waiting import Line\n"
            "from reelwright.client.wire import Wire\n\n\nclass Groups:\n"
            f'    """All calls, by their nouns."""\n\n'
            f"    def __init__(self, wire: Wire) -> None:\n{body}\n\n"
            f'class BlockingGroups:\n    """The same, waited for."""\n\n'
            f"    def __init__(self, calls: Groups, line: Line) -> None:\n{waited}"
        )

    def _shapes(self) -> str:
        """One place to import from, whatever shares what with whom in the next version."""
        lines: list[str] = [_HEAD.format(title="All that is sent and answered, by its name")]
        for home in sorted(set(self.home.values())):
            mine = ", ".join(sorted(name for name, at in self.home.items() if at == home))
            lines.append(f"from reelwright.client.models.{home} import {mine}\n")
        names = ", ".join(f'"{name}"' for name in sorted(self.home))
        wrapped = textwrap.fill(names, 98, initial_indent="    ", subsequent_indent="    ")
        # As it is: a line for each name would be more lines than a file may have.
        return "".join(lines) + f"\n# fmt: off\n__all__ = [\n{wrapped},\n]\n# fmt: on\n"

    def _calls(self, tag: str) -> str:
        mine = [one for one in self.calls if one[2]["tags"][0] == tag]
        body = f'class {_class(tag)}:\n    """The calls of the tag `{tag}`."""\n\n'
        body += "    def __init__(self, wire: Wire) -> None:\n        self._wire = wire\n\n"
        written = [one for one in mine if one[2]["operationId"] not in _BY_HAND]
        body += "\n".join(self._call(*one) for one in written)
        body += self._blocking(tag, [one[2] for one in written])
        return _HEAD.format(title=f"The calls of the tag `{tag}`") + self._imports(body) + body

    def _blocking(self, tag: str, operations: list[Any]) -> str:
        """The same calls, waited for: they take and answer what the others do."""
        body = f'\n\nclass {_blocking(tag)}(Waited):\n    """The same, waited for."""\n\n'
        for operation in operations:
            rows = self._answer(operation)[0].startswith("AsyncIterator")
            name = operation["operationId"]
            body += f"    {name} = {'each' if rows else 'waited'}({_class(tag)}.{name})\n"
        return body

    def _call(self, method: str, path: str, operation: Mapping[str, Any]) -> str:
        parts = re.findall(r"\{(\w+)\}", path)
        given = operation.get("parameters", [])
        query = [one for one in given if one["in"] == "query" and one["name"] != "cursor"]
        answer, page = self._answer(operation)
        body = self._body(operation)
        takes = ["self", *(f"{one}: {'int' if one == 'number' else 'str'}" for one in parts)]
        takes += [f"body: {body}"] if body else []
        streams = answer.startswith("AsyncIterator")
        keyed = method == "POST" and not streams and bool(operation.get("security"))
        asks = [self._query(one) for one in query]
        named = [*asks, *(["key: str | None = None"] if keyed else [])]
        takes += ["*", *named] if named else []
        where = (
            f"at({path!r}, {', '.join(f'{one}={one}' for one in parts)})" if parts else repr(path)
        )
        told = (
            "{" + ", ".join(f"{one['name']!r}: {_identifier(one['name'])}" for one in query) + "}"
        )
        text = _doc(operation["summary"], "        ")
        plain = answer.startswith("AsyncIterator")
        if answer == _PLACE:
            asked = f"await self._wire.place({where}{f', query={told}' if query else ''})"
            takes_all = ", ".join(takes)
            return (
                f"    async def {operation['operationId']}({takes_all}) -> str:\n"
                f'        """{text}"""\n        return {asked}\n'
            )
        head = f"    {'' if plain else 'async '}def {operation['operationId']}({', '.join(takes)}) -> {answer}:\n"
        head += f'        """{text}"""\n'
        if page:
            return head + f"        return self._wire.rows({where}, {told}, {page})\n"
        more = f", query={told}" if query else ""
        more += ", body=body" if body else ""
        if plain:
            return head + f"        return stream(self._wire, {method!r}, {where}{more})\n"
        more += ", key=key" if keyed else ""
        asked = f"await self._wire.ask({method!r}, {where}{more})"
        if answer == "None":
            return head + f"        {asked}\n"
        if self._is_text(operation):
            return head + f"        answer = {asked}\n        return answer.body.decode()\n"
        return head + f"        answer = {asked}\n        return read({answer}, answer.body)\n"

    def _query(self, one: Mapping[str, Any]) -> str:
        kind = self.kind(one["schema"])
        if one["name"] == "limit":
            return "limit: int = 50"
        if one.get("required"):
            return f"{_identifier(one['name'])}: {kind}"
        return f"{_identifier(one['name'])}: {kind if 'None' in kind else kind + ' | None'} = None"

    def _body(self, operation: Mapping[str, Any]) -> str | None:
        asked = operation.get("requestBody")
        if asked is None:
            return None
        kind = self.kind(asked["content"]["application/json"]["schema"])
        return kind + (" = None" if not asked.get("required") and "None" in kind else "")

    def _answer(self, operation: Mapping[str, Any]) -> tuple[str, str | None]:
        """The type of the answer; of a page its rows, which are gone through, and their type."""
        told = operation["responses"].items()
        good = next((one for status, one in told if status < "300"), None)
        if good is None:
            return _PLACE, None
        content = good.get("content", {})
        if self._is_text(operation):
            return "str", None
        if "application/json" not in content:
            return ("AsyncIterator[ServerEvent]" if content else "None"), None
        schema = content["application/json"].get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        if _is_page(name):
            row = self.kind(self.schemas[name]["properties"]["items"]["items"])
            return f"AsyncIterator[{row}]", row
        return self.kind(schema), None

    def _is_text(self, operation: Mapping[str, Any]) -> bool:
        return _TEXT in operation["responses"].get("200", {}).get("content", {})


def _is_json(operation: Mapping[str, Any]) -> bool:
    asked = operation.get("requestBody")
    return asked is None or "application/json" in asked["content"]


def _json_parts(operation: Mapping[str, Any]) -> list[Any]:
    return [operation.get("requestBody"), operation["responses"], operation.get("parameters")]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            name = value["$ref"].rpartition("/")[2]
            yield name
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one)


def _is_page(name: str) -> bool:
    return name.startswith("PageView_")


def _module(tag: str) -> str:
    return re.sub(r"\W+", "_", tag)


def _class(tag: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[\W_]+", tag)) + "Calls"


def _waiting(body: str) -> list[str]:
    names = [
        one for one in ("Waited", "each", "waited") if f" {one}(" in body or f"({one})" in body
    ]
    return [f"from reelwright.client.waiting import {', '.join(names)}"] if names else []


def _blocking(tag: str) -> str:
    return _class(tag).removesuffix("Calls") + "Waited"


def _identifier(name: str) -> str:
    plain = name.replace("-", "_")
    taken = {"schema", "json", "copy", "dict"}
    return f"{plain}_" if keyword.iskeyword(plain) or plain in taken else plain


def _doc(text: str, indent: str) -> str:
    lines = text.strip().replace("\\", "\\\\").replace('"""', "'''").splitlines()
    shown = "\n".join([lines[0], *(f"{indent}{line}".rstrip() for line in lines[1:])])
    return shown + (f"\n{indent}" if len(lines) > 1 else "")


def formatted(text: str) -> str:
    """As `make format` would have it."""
    # Said, because modules that are about to be written are not there to be found.
    ours = ["--config", 'lint.isort.known-first-party = ["reelwright"]']
    fixed = ["check", "--fix-only", "--select", "I,F401,RUF022", *ours]
    for command in (fixed, ["format"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--quiet", "--stdin-filename", "src/x.py", "-"],
            input=text, capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        text = done.stdout
    return text


def written(document: Mapping[str, Any]) -> dict[Path, str]:
    """All modules there have to be, by their paths."""
    found = Writer(document).files()
    return {CLIENT / name: formatted(text) for name, text in found.items()}
