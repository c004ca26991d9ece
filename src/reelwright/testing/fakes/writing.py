"""What fakes of vendors that write answer: a little prose, or JSON that fits the schema, in events."""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reelwright.providers.schemas import referred
from reelwright.testing.fakes.server import Work

_SCENES = (
    "The pier lies in fog. A bell — far off — counts the boats.",
    "Mara shuts the café. Nobody has come since noon.",
    "Two lamps, one road; the last bus turns in the rain.",
)

_SIMPLEST = {"integer": 2, "number": 2.5, "boolean": True, "null": None}


def text_for(schema: Mapping[str, Any] | None, work: Work) -> str:
    """What the fake's writer gives; else the same for the same number: prose, or JSON that fits."""
    if work.text is not None:
        return work.text
    if schema is None:
        return _SCENES[work.number % len(_SCENES)]
    return json.dumps(value_for(schema, schema), ensure_ascii=False)


def value_for(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """The simplest value that fits."""
    if "$ref" in schema:
        return value_for(referred(schema["$ref"], root), root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            # Nothing, where that is allowed: what holds its own kind would have no end.
            return value_for(min(schema[several], key=lambda x: x.get("type") != "null"), root)
    match schema.get("type"):
        case "object":
            named = schema.get("properties", {})
            return {name: value_for(one, root) for name, one in named.items()}
        case "array":
            return [value_for(schema.get("items", {"type": "string"}), root)]
        case kind:
            return _SIMPLEST.get(str(kind), "Dawn at the café")


def cut_up(text: str) -> list[str]:
    """A text in the pieces it is written in."""
    words = text.split(" ")
    return [f"{word} " for word in words[:-1]] + [words[-1]]


def as_events(events: Iterable[tuple[str | None, Any]]) -> Response:
    """Server-sent events, each with its name (or none) and its data: JSON, or a text as it is."""

    async def written() -> AsyncIterator[str]:
        for name, data in events:
            body = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
            yield f"event: {name}\ndata: {body}\n\n" if name else f"data: {body}\n\n"

    return StreamingResponse(written(), media_type="text/event-stream")


def key_of(request: Request) -> str:
    """The account's key, however it was sent."""
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bearer or request.headers.get("x-api-key", "")


def unclosed(schema: Any) -> bool:
    """Whether some object in a schema takes more than it names, which vendors that hold to it refuse."""
    return any(one.get("additionalProperties") is not False for one in _objects(schema))


def optional(schema: Any) -> bool:
    """Whether some object may leave out what it names, which some of them refuse too."""
    return any(set(one["properties"]) - set(one.get("required", ())) for one in _objects(schema))


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for one in schema:
            yield from _objects(one)
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        yield from _objects(list(schema.values()))
