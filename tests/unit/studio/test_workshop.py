"""What the store has is found; what it lacks is made; `fresh` makes all of it once more."""

from contextlib import closing

import numpy as np
import pytest

from reelwright.engines.media.sound import write_wav
from reelwright.engines.storage.store import Store
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.own import OwnRecording, file_digest
from reelwright.studio.workshop import CrewWorkshop, local_order


@pytest.fixture
def recordings(tmp_path):
    files = []
    for pitch in (220, 440):
        files.append(tmp_path / f"{pitch}.wav")
        write_wav(files[-1], np.sin(np.arange(24_000) * pitch / 7639).astype(np.float32) / 2)
    return files


def _orders(files):
    return [local_order(OwnRecording(file), (file_digest(file),)) for file in files]


def _made(store, orders, **options):
    with closing(CrewWorkshop(store, 1, **options)) as workshop:
        return [delivery.made for delivery in workshop.all_of(orders)]


def test_a_product_is_made_once_and_then_found(tmp_path, recordings):
    orders = _orders(recordings)
    with Store(tmp_path / "store") as store:
        assert _made(store, orders[:1]) == [True]
        assert _made(store, orders) == [False, True]
        assert _made(store, orders) == [False, False]


def test_fresh_makes_each_anew_but_only_once_in_a_run(tmp_path, recordings):
    orders = _orders(recordings)
    with Store(tmp_path / "store") as store:
        _made(store, orders)
        assert _made(store, [*orders, orders[0]], fresh=True) == [True, True, False]


def test_a_product_goes_by_what_its_file_holds_not_by_where_it_lies(tmp_path, recordings):
    moved = tmp_path / "elsewhere.wav"
    moved.write_bytes(recordings[0].read_bytes())
    one, other, same = _orders([*recordings, moved])
    assert one.digest == same.digest != other.digest


def test_what_a_worker_refuses_is_raised_here_with_its_way_out(tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound")
    with Store(tmp_path / "store") as store, pytest.raises(InvalidInputError) as caught:
        _made(store, _orders([broken]))
    assert "broken.wav" in caught.value.message
    assert caught.value.way_out
