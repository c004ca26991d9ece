"""The pages of models in the documentation are those of the models there are."""

from pathlib import Path

import pytest

from reelwright.engines.http.client import Http
from reelwright.generation.model_pages import model_pages
from reelwright.generation.requests import ASKABLE
from reelwright.providers.roster import Vendors

FOLDER = Path(__file__).parents[3] / "docs" / "models"
VENDORS = Vendors(Http())
PAGES = model_pages(VENDORS)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_current(name):
    told = "write them anew: reelwright models pages docs/models"
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], told


def test_there_is_no_page_of_who_is_gone():
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def test_every_model_that_can_be_asked_has_its_section_with_price_and_standing():
    for model in VENDORS.models:
        if model.operation in ASKABLE:
            section = PAGES[f"{model.provider}.md"].split(f"\n`{model.id}`", 1)[1].split("\n## ")[0]
            assert "| standing |" in section
            assert model.price.known or "| price | unknown |" in section
            assert not model.price.known or str(model.price.as_of) in section
