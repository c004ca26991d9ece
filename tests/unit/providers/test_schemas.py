"""Schemas are worded so that what fits the wording fits what was meant."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from reelwright.providers.errors import UnsupportedError
from reelwright.providers.schemas import misfit, strict
from reelwright.testing.fakes.writing import optional, unclosed, value_for
from support.texts import Breakdown


class Dog(BaseModel):
    kind: Literal["dog"]
    legs: int = 4


class Bird(BaseModel):
    kind: Literal["bird"]
    wings: float | None = None


class Zoo(BaseModel):
    """References, choices, nesting, and a kind of thing that holds its own kind."""

    mascot: Dog | Bird = Field(discriminator="kind")
    dogs: list[Dog] = []
    inside: "Zoo | None" = Field(None, description="a zoo in it")


@pytest.mark.parametrize("model", [Breakdown, Zoo])
def test_what_fits_the_strict_wording_fits_the_model(model):
    wording = strict(model.model_json_schema())
    made = value_for(wording, wording)
    assert not unclosed(wording)
    assert not optional(wording)
    assert "oneOf" not in str(wording)
    assert misfit(made, model.model_json_schema()) is None
    assert model.model_validate(made)


def test_the_order_of_properties_is_the_writers():
    wording = strict(Breakdown.model_json_schema())
    assert list(wording["properties"]) == list(Breakdown.model_fields) == wording["required"]


def test_a_reference_with_words_beside_it_is_written_out():
    lead = strict(Breakdown.model_json_schema())["properties"]["lead"]
    assert (lead["description"], lead["type"]) == ("who it is about", "object")


def test_bounds_a_vendor_has_no_notion_of_are_told_in_words():
    wording = strict(Breakdown.model_json_schema(), told=frozenset(("minimum",)))
    assert wording["properties"]["scenes"]["description"] == "(minimum: 1)"
    assert "'minimum':" not in str(wording)


def test_a_reference_that_leads_nowhere_is_refused():
    with pytest.raises(UnsupportedError) as caught:
        strict({"type": "object", "properties": {"a": {"$ref": "#/$defs/A", "title": "A"}}})
    assert caught.value.field == "schema"


ZOO = {"mascot": {"kind": "bird", "wings": 2}}


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"mascot": {"kind": "cat"}},
        {"mascot": {"kind": "dog", "legs": "four"}},
        {"mascot": {"kind": "dog", "legs": True}},
        {"mascot": {"kind": "dog", "legs": 4.5}},
        {"mascot": {"kind": "dog"}, "dogs": [4]},
        {"mascot": {"kind": "dog"}, "inside": {}},
    ],
)
def test_what_a_model_refuses_is_a_misfit(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Zoo).validate_python(value, strict=True)
    assert misfit(value, Zoo.model_json_schema())


def test_names_of_anybodys_choice_are_refused():
    with pytest.raises(UnsupportedError) as caught:
        strict(TypeAdapter(dict[str, int]).json_schema())
    assert caught.value.field == "schema"
    ages = TypeAdapter(dict[str, int]).json_schema()
    assert misfit({"Mara": 40}, ages) is None
    assert misfit({"Mara": "old"}, ages) == "it.Mara is no integer"


@pytest.mark.parametrize("value", [ZOO, ZOO | {"dogs": [{"kind": "dog"}], "inside": ZOO}])
def test_what_a_model_takes_is_none(value):
    assert TypeAdapter(Zoo).validate_python(value)
    assert misfit(value, Zoo.model_json_schema()) is None


def test_a_misfit_says_where():
    wrong = {"title": "Dawn", "scenes": 2, "people": [{"name": "Mara"}, {"age": 3}]}
    schema = Breakdown.model_json_schema()
    assert misfit(wrong | {"lead": {"name": "Mara"}}, schema) == "it.people[1] lacks name"
    assert (
        misfit({"title": 1, "scenes": 2, "lead": {"name": "M"}}, schema) == "it.title is no string"
    )
    closed = {"type": "object", "properties": {}, "additionalProperties": False}
    assert misfit({"more": 1}, closed) == "it has 'more', which nobody asked for"
