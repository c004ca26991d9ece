"""The small tools."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import InvalidInputError
from reelwright.services.kit import (
    calculate_duration,
    chunk_list,
    format_timestamp,
    generate_unique_id,
    merge_dicts,
    safe_get_dict_value,
    sanitize_filename,
    validate_required_fields,
)


def test_ids_differ_and_carry_their_prefix():
    ids = [generate_unique_id("take") for _ in range(100)]
    assert len(set(ids)) == 100
    assert all(name.startswith("take_") and len(name) == 31 for name in ids)
    with pytest.raises(InvalidInputError):
        generate_unique_id("No Good")


def test_moments_are_written_in_utc():
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert format_timestamp(moment) == "2026-02-28T23:30:00Z"
    assert format_timestamp(0) == "1970-01-01T00:00:00Z"
    assert format_timestamp(moment, "%d.%m.%Y") == "28.02.2026"
    assert format_timestamp().endswith("Z")
    with pytest.raises(InvalidInputError):
        format_timestamp(datetime(2026, 3, 1))  # noqa: DTZ001 - that is the test


def test_durations_are_seconds():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert calculate_duration(start, start + timedelta(minutes=2)) == 120
    assert calculate_duration(1.5, 4.0) == 2.5
    assert calculate_duration(datetime.now(UTC)) >= 0


def test_values_are_found_by_their_path():
    data = {"a": {"b": [{"c": 1}]}, "x.y": 2, "n": None}
    assert safe_get_dict_value(data, "a.b.0.c") == 1
    assert safe_get_dict_value(data, "x.y") == 2
    assert safe_get_dict_value(data, "a.b.7.c", "no") == "no"
    assert safe_get_dict_value(data, "n", "no") is None
    assert safe_get_dict_value(None, "a", "no") == "no"


def test_dicts_are_merged_deeply_and_left_alone():
    first, second = {"a": {"x": 1, "y": [1]}, "b": 1}, {"a": {"y": [2]}, "b": {"z": 1}}
    merged = merge_dicts(first, second)
    assert merged == {"a": {"x": 1, "y": [2]}, "b": {"z": 1}}
    merged["a"]["y"].append(3)
    assert second == {"a": {"y": [2]}, "b": {"z": 1}}


@given(st.lists(st.integers()), st.integers(1, 10))
def test_chunks_hold_all_items_in_order(items, size):
    chunks = chunk_list(items, size)
    assert [item for chunk in chunks for item in chunk] == items
    assert all(len(chunk) == size for chunk in chunks[:-1])


def test_a_chunk_of_nothing_is_refused():
    with pytest.raises(InvalidInputError):
        chunk_list([1], 0)


def test_all_missing_fields_are_named():
    validate_required_fields({"a": 0, "b": False}, ["a", "b"])
    with pytest.raises(InvalidInputError, match="b, c, d"):
        validate_required_fields({"a": 1, "b": " ", "c": None}, ["a", "b", "c", "d"])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("take 1.mp4", "take 1.mp4"),
        ('a<b>:"c"|?*.txt', "a_b___c____.txt"),
        ("CON.txt", "_CON.txt"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("a\x00b\n.mp4", "ab.mp4"),
        ("Zürich.pdf", "Zürich.pdf"),
    ],
)
def test_file_names_are_made_safe(name, safe):
    assert sanitize_filename(name) == safe


@given(st.text(max_size=400))
def test_a_safe_name_is_short_stays_in_its_folder_and_is_safe_already(name):
    safe = sanitize_filename(name)
    assert safe == sanitize_filename(safe)
    assert 0 < len(safe.encode()) <= 255
    assert not set(safe) & set("/\\\0")
    assert safe not in {".", ".."}
