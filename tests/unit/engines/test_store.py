"""The store keeps products whole, shared, and within its limit."""

import os
import threading
from pathlib import Path

import pytest

from reelwright.engines.storage.files import place, whole_file, write_text
from reelwright.engines.storage.store import Store
from reelwright.ground.errors import EnvironmentFailedError

ONE, TWO = "1" * 64, "2" * 64


def _keep(store: Store, digest: str, content: bytes) -> None:
    with store.making(digest) as folder:
        made = folder / "made.bin"
        made.write_bytes(content)
        store.put(digest, made, operation="still", media_type="x/y", facts={"n": 1})


def test_a_product_is_found_again_with_its_facts(tmp_path):
    with Store(tmp_path) as store:
        assert store.find(ONE) is None
        _keep(store, ONE, b"abc")
        found = store.find(ONE)
        assert found is not None
        assert (found.path.read_bytes(), found.media_type, found.facts) == (b"abc", "x/y", {"n": 1})


def test_a_product_whose_file_was_cut_short_is_not_there(tmp_path):
    with Store(tmp_path) as store:
        _keep(store, ONE, b"abc")
        found = store.find(ONE)
        assert found is not None
        found.path.write_bytes(b"a")
        assert store.find(ONE) is None


def test_a_file_without_its_card_is_not_a_product(tmp_path):
    with Store(tmp_path) as store:
        _keep(store, ONE, b"abc")
        (tmp_path / "products" / ONE[:2] / f"{ONE}.json").unlink()
        assert store.find(ONE) is None


def test_nothing_is_left_of_a_making_that_failed(tmp_path):
    with Store(tmp_path) as store:
        with pytest.raises(RuntimeError), store.making(ONE) as folder:
            (folder / "half").write_bytes(b"x")
            raise RuntimeError
        assert store.find(ONE) is None
        assert list((tmp_path / "drafts").iterdir()) == []


def test_of_two_who_want_one_product_the_second_waits_and_finds_it(tmp_path):
    order = []
    inside, go_on = threading.Event(), threading.Event()

    def first():
        with Store(tmp_path) as store, store.making(ONE) as folder:
            inside.set()
            go_on.wait(10)
            (folder / "a.bin").write_bytes(b"abc")
            store.put(ONE, folder / "a.bin", operation="o", media_type="m", facts={})
            order.append("made")

    def second():
        inside.wait(10)
        with Store(tmp_path) as store:
            go_on.set()
            with store.making(ONE):
                order.append("found" if store.find(ONE) else "missing")

    threads = [threading.Thread(target=f) for f in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert order == ["made", "found"]


def test_trimming_forgets_the_longest_unused_first_and_sweeps_what_a_killed_run_left(tmp_path):
    with Store(tmp_path) as store:
        _keep(store, ONE, b"a" * 100)
        _keep(store, TWO, b"b" * 100)
        os.utime(tmp_path / "products" / ONE[:2] / f"{ONE}.json", (1, 1))
        (tmp_path / "drafts" / "left").mkdir()
    assert Store(tmp_path).trim(150) == 100
    with Store(tmp_path) as store:
        assert store.find(ONE) is None
        assert store.find(TWO) is not None
        assert store.usage().size == 100
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_store_in_use_is_not_trimmed(tmp_path):
    with Store(tmp_path) as store:
        _keep(store, ONE, b"abc")
        assert Store(tmp_path).trim(0) is None
        assert store.find(ONE) is not None


def test_a_whole_file_replaces_the_old_one_only_when_the_block_ends_well(tmp_path):
    path = tmp_path / "film.txt"
    write_text(path, "old")
    with pytest.raises(RuntimeError), whole_file(path) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["film.txt"]


def test_a_placed_file_shares_its_bytes_where_the_disk_allows(tmp_path):
    write_text(tmp_path / "a", "same")
    place(tmp_path / "a", tmp_path / "media" / "b")
    assert (tmp_path / "a").stat().st_ino == (tmp_path / "media" / "b").stat().st_ino


def test_a_folder_that_cannot_be_made_is_said_with_the_way_out():
    with pytest.raises(EnvironmentFailedError, match="cannot open the store"):
        Store(Path("/dev/null/store")).__enter__()
