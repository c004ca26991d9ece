"""What is remembered of an error, and what comes back."""

import json

import pytest

from reelwright.engines.database.failures import DatabaseUnavailableError
from reelwright.engines.durable.outcomes import (
    StepFailedError,
    describe_error,
    foreseen,
    rebuild_error,
)
from reelwright.ground.errors import ConflictError, Kind, MissingError, ReelwrightError


@pytest.mark.parametrize("kind", [ConflictError, MissingError, ReelwrightError])
def test_an_error_of_ours_comes_back_as_itself(kind):
    told = json.loads(json.dumps(describe_error(kind("no", way_out="ask again"))))
    back = rebuild_error(told)
    assert type(back) is kind
    assert (back.code, back.kind, back.message) == (kind.code, kind.kind, "no")
    assert (back.way_out, str(back)) == ("ask again", "no (ask again)")


def test_an_error_whose_class_takes_more_comes_back_all_the_same():
    back = rebuild_error(describe_error(DatabaseUnavailableError("away", in_doubt=True)))
    assert type(back) is DatabaseUnavailableError
    assert back.message == "away"


def test_an_error_whose_class_is_gone_keeps_code_and_kind():
    told = {
        "type": "GoneError",
        "code": "gone",
        "kind": "conflict",
        "message": "m",
        "way_out": None,
    }
    back = rebuild_error(told)
    assert type(back) is StepFailedError
    assert (back.code, back.kind) == ("gone", Kind.CONFLICT)
    assert describe_error(back)["code"] == "gone"
    assert ReelwrightError.code == "fault"


def test_an_unknown_kind_is_a_fault():
    told = {"type": "X", "code": "x", "kind": "unheard_of", "message": "m", "way_out": None}
    assert rebuild_error(told).kind is Kind.FAULT


def test_of_an_unforeseen_error_only_its_type_is_told():
    told = describe_error(foreseen(KeyError("sk-secret")))
    assert "sk-secret" not in json.dumps(told)
    assert (told["code"], told["message"]) == ("fault", "an unexpected KeyError")
