"""The interface as it is committed is the interface there is."""

import json

from openapi_spec_validator import validate

from support import client_writer
from support.api import OPEN
from support.openapi import DOCUMENT, written


def test_the_committed_document_is_that_of_the_code():
    committed = DOCUMENT.read_text(encoding="utf-8")
    assert committed == written(), "the interface has changed: look at it, and `make openapi`"


def test_the_committed_document_is_valid_and_asks_for_a_token_everywhere_but_at_the_open_doors():
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    validate(document)
    open_ = {
        operation["operationId"]
        for found in document["paths"].values()
        for operation in found.values()
        if not operation.get("security")
    }
    assert open_ == OPEN


def test_the_committed_client_is_made_from_the_committed_document():
    modules = client_writer.written(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    folders = [client_writer.CLIENT / name for name in ("models", "calls")]
    there = {path for folder in folders for path in folder.glob("*.py")}
    there.add(client_writer.CLIENT / "shapes.py")
    assert there == set(modules), "`make openapi`"
    for path, text in modules.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is another: `make openapi`"


def test_no_header_is_declared_twice_and_answers_say_which_they_bear():
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    for path, found in document["paths"].items():
        for method, operation in found.items():
            names = [one["name"].lower() for one in operation.get("parameters", [])]
            assert len(set(names)) == len(names), (method, path)
            for status, name in (("201", "Location"), ("429", "Retry-After")):
                answer = operation["responses"].get(status)
                if answer and operation.get("security"):
                    assert name in answer["headers"], (method, path, status)
    for tag in document["tags"]:
        assert tag["description"].endswith("."), tag["name"]
