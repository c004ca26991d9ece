"""Models of this machine where the extra is not there, and what an account may name."""

import sys

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.contract import Access, Call
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.local import provider as local
from reelwright.providers.local.orders import settings_of, source_of
from reelwright.providers.prompts import ImageRequest

pytestmark = pytest.mark.anyio


@pytest.fixture
def bare(monkeypatch):
    """The vendor, where nothing of the extra is installed."""
    monkeypatch.setattr(local, "find_spec", lambda _: None)
    return local.Local(Http())


async def test_without_the_extra_it_says_what_to_install_and_nothing_is_begun(bare, tmp_path):
    call = Call(bare.models()[0], ImageRequest("a pier in the fog"), "sub_1", tmp_path)
    with pytest.raises(UnsupportedError) as caught:
        await bare.submit(call)
    assert caught.value.way_out == bare.lacks() == "pip install 'reelwright[local]'"
    with pytest.raises(UnsupportedError):
        await bare.probe(Access(more={"text-to-image": "hub:some/model"}))
    assert "torch" not in sys.modules
    assert "diffusers" not in sys.modules


def test_only_what_is_named_as_on_the_hub_is_ever_downloaded(tmp_path):
    access = Access(more={"text-to-image": "hub:some/model"})
    assert source_of(access, "text-to-image") == "hub:some/model"
    assert source_of(access, "train-lora") == "hub:some/model"
    for named in ("some/model", "../models/sd", str(tmp_path), "hub:../../etc"):
        with pytest.raises(UnsupportedError, match="pipeline"):
            source_of(Access(more={"text-to-image": named}), "text-to-image")
    (tmp_path / "model_index.json").write_text("{}", encoding="utf-8")
    folder = Access(more={"image-to-video": str(tmp_path)})
    assert source_of(folder, "image-to-video") == str(tmp_path)
    with pytest.raises(UnsupportedError, match="names no pipeline") as caught:
        source_of(folder, "text-to-image")
    assert "reelwright accounts add local" in str(caught.value.way_out)


def test_how_it_is_to_be_run_is_looked_at_before_anything_is_loaded():
    told = settings_of(Access(more={"device": "cpu", "steps": "30"}))
    assert (told["device"], told["steps"], told["memory"]) == ("cpu", 30.0, None)
    for name, value in (("device", "abacus"), ("steps", "many"), ("steps", "0"), ("dtype", "int")):
        with pytest.raises(UnsupportedError) as caught:
            settings_of(Access(more={name: value}))
        assert caught.value.field == name
