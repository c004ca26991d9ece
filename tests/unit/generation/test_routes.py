"""Which models are asked, in which order, and what a failure leads to."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reelwright.generation.routes.deciding import Failure, Next, Tried, after
from reelwright.generation.routes.route import Route, Wish, chain
from reelwright.generation.routes.softening import soften
from reelwright.ground.errors import InvalidInputError
from reelwright.providers import errors
from reelwright.providers.catalogue import Limits, Model, Standing
from reelwright.providers.operations import Operation
from reelwright.providers.prices import Price, PricePart, Unit
from reelwright.providers.prompts import ImageRequest, Media

TODAY = dt.date(2026, 11, 29)
ASKED = ImageRequest("a pier in the fog")


def model(name, cents=None, **more):
    price = Price((PricePart(Unit.IMAGE, Decimal(cents) / 100),)) if cents is not None else Price()
    values: dict[str, Any] = {"quality": 3, "speed": 3} | more
    return Model(f"x/{name}", Operation.TEXT_TO_IMAGE, "1", name, price, "e", **values)


CHEAP, FINE, QUICK = (
    model("cheap", 1, quality=2),
    model("fine", 9, quality=5),
    model("quick", 4, speed=5),
)


@pytest.mark.parametrize(
    ("wish", "first"), [(Wish.CHEAPEST, CHEAP), (Wish.BEST, FINE), (Wish.FASTEST, QUICK)]
)
def test_what_is_wished_for_comes_first(wish, first):
    assert chain([QUICK, FINE, CHEAP], ASKED, Route(wish), TODAY)[0] is first


def test_named_models_are_tried_in_the_order_they_are_named():
    route = Route(models=("x/fine", "x/cheap"))
    assert chain([CHEAP, QUICK, FINE], ASKED, route, TODAY) == [FINE, CHEAP]


def test_a_model_of_unknown_price_is_only_taken_by_name():
    hidden = model("hidden")
    assert hidden not in chain([hidden, CHEAP], ASKED, Route(), TODAY)
    assert chain([hidden, CHEAP], ASKED, Route(models=("x/hidden",)), TODAY) == [hidden]


def test_models_without_an_account_are_only_chosen_where_no_other_can_do_it():
    keyed = replace(FINE, id="y/fine")
    assert chain([CHEAP, keyed], ASKED, Route(), TODAY, keyed={"y"}) == [keyed]
    assert chain([CHEAP, keyed], ASKED, Route(), TODAY) == [CHEAP, keyed]
    named = Route(models=("x/cheap", "y/fine"))
    assert chain([CHEAP, keyed], ASKED, named, TODAY, keyed={"y"}) == [CHEAP, keyed]


def test_models_that_are_gone_or_not_able_are_left_out():
    gone = model("gone", 0, standing=Standing.RETIRED, replacement="x/cheap")
    past = model("past", 0, standing=Standing.DEPRECATED, ends=dt.date(2026, 1, 1), note="over")
    short = model("short", 0, limits=Limits(prompt=3))
    assert chain([gone, past, short, CHEAP], ASKED, Route(), TODAY) == [CHEAP]


def test_a_model_that_is_gone_says_what_to_use_instead():
    gone = model("gone", 0, standing=Standing.RETIRED, replacement="x/cheap")
    with pytest.raises(InvalidInputError, match="use x/cheap"):
        chain([gone, CHEAP], ASKED, Route(models=("x/gone",)), TODAY)


def test_fewer_references_than_asked_are_never_taken(tmp_path):
    media = Media(tmp_path / "a.png", "image/png", "0" * 64)
    asked = ImageRequest("the same man", references=(media, media))
    one = model("one", 1, limits=Limits(references=1))
    with pytest.raises(errors.UnsupportedError):
        chain([one], asked, Route(models=("x/one",)), TODAY)


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (errors.NotSentError("x"), Next.AGAIN),
        (errors.UnavailableError("x"), Next.AGAIN),
        (errors.RateLimitedError("x"), Next.ACCOUNT),
        (errors.BadKeyError("x"), Next.ACCOUNT),
        (errors.OutOfCreditsError("x"), Next.ACCOUNT),
        (errors.ModelGoneError("x"), Next.MODEL),
        (errors.ProviderError("x"), Next.MODEL),
        (errors.MisshapenError("x"), Next.MODEL),
        (errors.UnknownOutcomeError("x"), Next.UNKNOWN),
        (errors.BadInputError("x"), Next.STOP),
        (errors.UnsupportedError("x"), Next.STOP),
        (errors.RefusedError("x"), Next.STOP),
    ],
    ids=lambda one: type(one).__name__,
)
def test_only_who_could_cure_it_is_asked_next(error, wanted):
    assert after(Failure.of(error), Tried()) is wanted


def test_what_is_away_again_and_again_is_left_for_another_model():
    assert after(Failure.of(errors.UnavailableError("x")), Tried(times=3)) is Next.MODEL


def test_a_refusal_is_softened_once_and_goes_to_another_vendor_only_where_that_is_allowed():
    refused = Failure.of(errors.RefusedError("no", stage="prompt"))
    assert after(refused, Tried(soften=True)) is Next.SOFTEN
    assert after(refused, Tried(soften=True, softened=True)) is Next.STOP
    assert after(refused, Tried(soften=True, softened=True, reroute=True)) is Next.POLICY


def test_words_do_not_soften_a_picture_that_was_refused():
    refused = Failure.of(errors.RefusedError("no", stage="input"))
    assert after(refused, Tried(soften=True)) is Next.STOP


def test_a_failure_is_remembered_whole():
    failure = Failure.of(errors.RateLimitedError("slow down", retry_after_s=3.5))
    assert Failure.read(failure.told()) == failure


def test_softening_changes_words_that_trip_filters_and_nothing_else():
    softened = soften({"prompt": "He draws a GUN by the gunwale.", "count": 2})
    assert softened["prompt"].endswith("He draws a prop by the gunwale.")
    assert softened["count"] == 2
    assert soften({"query": "gun"}) == {"query": "gun"}
