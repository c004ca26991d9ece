"""A signed URL opens what it says, until it expires, and nothing else."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.engines.storage.signing import (
    LinkExpiredError,
    LinkRefusedError,
    SignedUrls,
    disposition,
)
from reelwright.ground.errors import InvalidInputError

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEGMENT = st.from_regex(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,20}", fullmatch=True)
KEYS = st.lists(SEGMENT, min_size=1, max_size=4).map("/".join)
NAMES = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
TYPES = st.sampled_from(["image/png", "video/mp4", "text/plain", "a b&c=d%"])


class Wound:
    """A clock that can be set."""

    def __init__(self, now=NOW):
        self.time = now

    def now(self):
        return self.time


def parts(url):
    split = urlsplit(url)
    return unquote(split.path.removeprefix("/media/")), dict(parse_qsl(split.query, True))


@given(KEYS, TYPES, NAMES, st.integers(1, 10**6))
def test_what_was_signed_is_granted(key, media_type, name, lifetime):
    urls = SignedUrls(b"s" * 32, Wound())
    granted = urls.verify(
        *parts(urls.sign(key, media_type=media_type, name=name, expires=lifetime))
    )
    assert (granted.key, granted.media_type, granted.name) == (key, media_type, name)
    assert lifetime <= granted.expires - NOW.timestamp() <= lifetime * 1.25 + 1


@given(KEYS, KEYS, NAMES, NAMES)
def test_nothing_else_is_granted(key, other, name, another):
    urls = SignedUrls(b"s" * 32, Wound())
    _, query = parts(urls.sign(key, media_type="image/png", name=name))
    if other != key:
        with pytest.raises(LinkRefusedError):
            urls.verify(other, query)
    if another != name:
        changed = {k: v for k, v in query.items() if k != "n"} | ({"n": another} if another else {})
        with pytest.raises(LinkRefusedError):
            urls.verify(key, changed)
    for change in ({"e": str(int(query["e"]) + 1)}, {"t": "text/html"}, {"s": query["s"][:-1]}):
        with pytest.raises(LinkRefusedError):
            urls.verify(key, query | change)
    with pytest.raises(LinkRefusedError):
        SignedUrls(b"t" * 32, Wound()).verify(key, query)


@given(
    st.text(max_size=60),
    st.dictionaries(st.sampled_from("etnsx"), st.text(max_size=40), max_size=5),
)
def test_whatever_a_stranger_sends_is_refused(key, query):
    with pytest.raises(LinkRefusedError):
        SignedUrls(b"s" * 32, Wound()).verify(key, query)


@given(KEYS, st.integers(1, 100_000))
def test_a_link_ends(key, lifetime):
    clock = Wound()
    urls = SignedUrls(b"s" * 32, clock)
    key, query = parts(urls.sign(key, media_type="image/png", expires=lifetime))
    clock.time = NOW + timedelta(seconds=lifetime * 1.25 + 2)
    with pytest.raises(LinkExpiredError):
        urls.verify(key, query)


def test_two_looks_within_a_while_give_the_same_url():
    clock = Wound(NOW + timedelta(seconds=10))
    urls = SignedUrls(b"s" * 32, clock)
    first = urls.sign("a/b.png", media_type="image/png")
    clock.time += timedelta(seconds=60)
    assert urls.sign("a/b.png", media_type="image/png") == first


ASTRAY = st.sampled_from(["..", ".", "", "\\", "\0", "%2e%2e", ".hidden", "a b", "é"])


@given(st.lists(SEGMENT, max_size=2), ASTRAY, st.lists(SEGMENT, max_size=2))
def test_a_key_that_leads_elsewhere_is_never_signed(before, astray, after):
    with pytest.raises(InvalidInputError):
        SignedUrls(b"s" * 32, Wound()).sign(
            "/".join([*before, astray, *after]), media_type="image/png"
        )


def test_a_short_secret_is_a_mistake():
    with pytest.raises(ValueError, match="32 bytes"):
        SignedUrls(b"short", Wound())


@pytest.mark.parametrize(
    ("media_type", "how"),
    [
        ("image/png", "inline"),
        ("video/mp4", "inline"),
        ("image/svg+xml", "attachment"),
        ("text/html", "attachment"),
        ("application/xml", "attachment"),
        ("application/octet-stream", "attachment"),
    ],
)
def test_what_could_run_in_our_name_is_only_saved(media_type, how):
    assert disposition(media_type, 'a"b\r\n.png') == f"{how}; filename*=UTF-8''a%22b%0D%0A.png"
