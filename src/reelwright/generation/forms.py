"""What a model can be asked, as a JSON Schema: its operation's parameters, narrowed by its row's limits."""

from typing import Any

from pydantic import TypeAdapter

from reelwright.generation.requests import FRAMES, request_type
from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.operations import Operation

Form = dict[str, Any]

_FILE = {
    "type": "object",
    "description": "A file of the library.",
    "properties": {"asset": {"type": "string", "pattern": "^ast_"}},
    "required": ["asset"],
    "additionalProperties": False,
}


def input_form(model: Model) -> Form:
    """The form of `request` in an order for this model. What fits it is not refused by the row."""
    form = TypeAdapter(request_type(model.operation)).json_schema()
    form |= {"title": model.title, "additionalProperties": False}
    defs = form.get("$defs", {})
    if "Media" in defs:
        defs["Media"] = _FILE
    if "Message" in defs:
        _narrow_messages(defs["Message"]["properties"], model.limits)
    fields = form["properties"]
    for name in _left_out(model):
        fields.pop(name, None)
    for name, bounds in _bounds(model).items():
        if name in fields and bounds:
            _narrow(form, name, bounds)
    for name in FRAMES.get(model.operation, ()):
        fields[name] = {"$ref": "#/$defs/Media"}
        form["required"].append(name)
    return form


def _left_out(model: Model) -> set[str]:
    """The parameters this model has no use for, or refuses."""
    limits = model.limits
    able = {
        "seed": limits.seed,
        "sound": limits.sound,
        "lyrics": limits.lyrics,
        "schema": limits.schema,
        "loras": limits.loras,
        "resolution": limits.resolutions,
        "references": limits.references and model.operation is Operation.IMAGE_TO_IMAGE,
    }
    gone = {name for name, can in able.items() if not can}
    if model.operation in FRAMES:
        gone |= {"first", "last", "extends"} - set(FRAMES[model.operation])
    elif not limits.extends:
        gone.add("extends")
    return gone


def _bounds(model: Model) -> dict[str, Form]:
    limits = model.limits
    return {
        "prompt": {"minLength": 1} | _at_most("maxLength", limits.prompt),
        "query": {"minLength": 1} | _at_most("maxLength", limits.prompt),
        "text": {"minLength": 1} | _at_most("maxLength", limits.characters),
        "seconds": _lengths(model),
        "aspect": _one_of(limits.aspects),
        "resolution": _one_of(limits.resolutions),
        "voice": _one_of(limits.voices),
        "width": {"minimum": 1},
        "height": {"minimum": 1},
        "count": {"minimum": 1, "maximum": limits.count},
        "references": {"minItems": 1, "maxItems": limits.references},
        "loras": {"maxItems": limits.loras},
        "images": {"minItems": max(1, limits.references)},
        "messages": {"minItems": 1},
        "steps": {"minimum": 1},
        "most": {"minimum": 1} | _at_most("maximum", limits.output_tokens),
    }


def _lengths(model: Model) -> Form:
    """A shot has exactly a length the model makes; sounds are asked for and made a little longer."""
    lengths, shot = model.limits.seconds, model.operation in FRAMES
    if not lengths:
        return {"exclusiveMinimum": 0}
    if shot and not model.limits.any_length:
        return _one_of(lengths)
    least = {"minimum": lengths[0]} if shot else {"exclusiveMinimum": 0}
    return least | {"maximum": lengths[-1]}


def _at_most(keyword: str, most: int | None) -> Form:
    return {} if most is None else {keyword: most}


def _one_of(values: tuple[Any, ...]) -> Form:
    return {"enum": list(values)} if values else {}


def _narrow(form: Form, name: str, bounds: Form) -> None:
    """Hold a parameter to bounds; a default outside of them is none, and the parameter required."""
    field = form["properties"][name]
    # Where nothing may be given as well, the bounds are those of what is given.
    given = next((one for one in field.get("anyOf", ()) if one != {"type": "null"}), field)
    given |= bounds
    default = field.get("default")
    fits = default in bounds.get("enum", [default])
    if default is not None and isinstance(default, int | float):
        fits = fits and default <= bounds.get("maximum", default)
    needed = bool(bounds.get("minItems")) or (default is not None and not fits)
    if default is not None and needed:
        del field["default"]
    if needed and name not in form.setdefault("required", []):
        form["required"].append(name)


def _narrow_messages(fields: Form, limits: Limits) -> None:
    if limits.images:
        fields["images"]["maxItems"] = limits.images
    else:
        del fields["images"]
