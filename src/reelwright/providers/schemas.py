"""JSON Schemas of answers: worded as vendors want them, and whether what came fits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reelwright.providers.errors import UnsupportedError

Schema = Mapping[str, Any]

_NOT_SENT = frozenset(("default", "discriminator"))
_KINDS: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def strict(schema: Schema, *, told: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The schema as vendors that hold a model to it want it: objects closed, every property required.

    Whatever fits it fits the original too. A reference with words beside it is written out. Keywords
    in `told` are ones the vendor has no notion of: the model is told them in the description. Raises
    UnsupportedError for a reference that leads nowhere, and for objects with names of anybody's choice.
    """
    return _strict(schema, schema, told, frozenset())


def misfit(value: Any, schema: Schema) -> str | None:
    """Where a value does not fit, in words; None when it does. Ranges, lengths and patterns are not looked at."""
    return _misfit(value, schema, schema, "it")


def _strict(
    schema: Schema, root: Schema, told: frozenset[str], inside: frozenset[str]
) -> dict[str, Any]:
    """`inside` are the references being written out: one that comes round again stays a reference."""
    reference = schema.get("$ref")
    if reference in inside:
        return {"$ref": reference}
    if reference is not None and len(schema) > 1:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        whole = {**referred(reference, root), **beside}
        return _strict(whole, root, told, inside | {reference})

    def again(one: Schema) -> dict[str, Any]:
        return _strict(one, root, told, inside)

    kept = {key: value for key, value in schema.items() if key not in _NOT_SENT | told}
    made = dict(_within(key, value, again) for key, value in kept.items())
    if made.get("type") == "object":
        if made.get("additionalProperties") and not made.get("properties"):
            raise UnsupportedError(
                "no model can be held to names of its own choice",
                field="schema",
                way_out="ask for a list of pairs",
            )
        made["required"] = list(made.setdefault("properties", {}))
        made["additionalProperties"] = False
    bounds = ", ".join(f"{key}: {schema[key]}" for key in schema if key in told)
    if bounds:
        made["description"] = f"{made.get('description', '')} ({bounds})".strip()
    return made


def _within(key: str, value: Any, again: Callable[[Schema], dict[str, Any]]) -> tuple[str, Any]:
    match key:
        case "properties" | "$defs":
            return key, {name: again(one) for name, one in value.items()}
        case "anyOf" | "oneOf":
            return "anyOf", [again(one) for one in value]
        case "allOf":
            return key, [again(one) for one in value]
        case "items":
            return key, again(value)
        case _:
            return key, value


def referred(reference: str, root: Schema) -> Schema:
    """What a reference into a schema means. Raises UnsupportedError when it leads nowhere."""
    found: Any = root
    try:
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    except (KeyError, TypeError):
        raise UnsupportedError(
            f"the schema refers to {reference}, which is not in it", field="schema"
        ) from None
    return found


def _misfit(value: Any, schema: Schema, root: Schema, where: str) -> str | None:
    also = [*schema.get("allOf", ())]
    if "$ref" in schema:
        also.append(referred(schema["$ref"], root))
    wrong = next(filter(None, (_misfit(value, one, root, where) for one in also)), None)
    if wrong:
        return wrong
    choice = schema.get("anyOf") or schema.get("oneOf")
    if choice and all(_misfit(value, one, root, where) for one in choice):
        return f"{where} fits none of what it may be"
    if not _is_kind(value, schema.get("type")):
        return f"{where} is no {schema['type']}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return f"{where} is none of what it may be"
    if isinstance(value, dict):
        return _misfit_object(value, schema, root, where)
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        return _misfit_items(value, schema["items"], root, where)
    return None


def _misfit_items(value: list[Any], schema: Schema, root: Schema, where: str) -> str | None:
    found = (_misfit(one, schema, root, f"{where}[{n}]") for n, one in enumerate(value))
    return next(filter(None, found), None)


def _misfit_object(value: dict[str, Any], schema: Schema, root: Schema, where: str) -> str | None:
    missing = [name for name in schema.get("required", ()) if name not in value]
    if missing:
        return f"{where} lacks {', '.join(missing)}"
    known, other = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in known:
            wrong = _misfit(one, known[name], root, f"{where}.{name}")
        elif isinstance(other, Mapping):
            wrong = _misfit(one, other, root, f"{where}.{name}")
        else:
            wrong = None if other else f"{where} has {name!r}, which nobody asked for"
        if wrong:
            return wrong
    return None


def _is_kind(value: Any, kind: str | Sequence[str] | None) -> bool:
    """Whether a value is of a type of JSON; there a truth is no number, and 2.0 is whole."""
    if kind is None:
        return True
    kinds = [kind] if isinstance(kind, str) else kind
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, float) and value.is_integer() and "integer" in kinds:
        return True
    return any(isinstance(value, _KINDS.get(one, ())) for one in kinds)
