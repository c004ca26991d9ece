"""Pieces of shots and transitions between them are the film: every frame once, none left out."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.engines.storage.store import Stored
from reelwright.film.timeline import Clip, Rate
from reelwright.studio.cut.joining import _pieces
from reelwright.studio.cut.transitions import Blend, transition_orders
from reelwright.studio.shots import body, cut_points

KINDS = ("cut", "dissolve", "wipe", "fade_in")


@st.composite
def cuts(draw):
    """Clips in a row; what comes in and what goes out never needs more than the clip has."""
    handles = draw(st.integers(0, 5))
    clips, at = [], 0
    for n in range(draw(st.integers(1, 8))):
        frames = draw(st.integers(1, 40))
        kind = draw(st.sampled_from(KINDS if n else ("cut", "fade_in")))
        most = frames // 2
        if n and kind in ("dissolve", "wipe"):
            most = min(most, clips[-1].frames // 2)
        overlap = draw(st.integers(1, most)) if kind != "cut" and most > 0 else 0
        kind = kind if overlap else "cut"
        if n and kind in ("dissolve", "wipe"):  # then the layout lets the one before not fade out
            clips[-1] = replace(clips[-1], fade_out=0)
        start = at - (overlap if kind in ("dissolve", "wipe") else 0)
        fade_out = draw(st.integers(0, frames // 4))
        clips.append(
            Clip(
                f"sh_{n}", "sc", str(n), start, frames, f"media/{n}.mp4",
                handles=handles, transition=kind, overlap=overlap, fade_out=fade_out,
            )
        )  # fmt: skip
        at = clips[-1].end
    return clips


def _joined(clips):
    files = [Path(f"{n}.mp4") for n in range(len(clips))]
    orders = transition_orders(clips, files, [str(n) for n in files], Rate())
    made = {key: Stored(f"{key}", Path(f"{key[0]}-{key[1]}"), "video/mp4", {}) for key in orders}
    segments = [Stored(str(n), file, "video/mp4", {}) for n, file in enumerate(files)]
    return orders, _pieces(clips, segments, made)


@settings(max_examples=300)
@given(cuts())
def test_the_pieces_of_any_cut_are_as_long_as_the_film(clips):
    _, pieces = _joined(clips)
    assert sum(frames for _, _, frames in pieces) == clips[-1].end
    assert all(frames > 0 for _, _, frames in pieces)


@settings(max_examples=300)
@given(cuts())
def test_every_shown_frame_of_a_shot_is_in_its_body_or_in_a_transition_once(clips):
    orders, pieces = _joined(clips)
    for n, clip in enumerate(clips):
        shown = [
            frame for stored, first, frames in pieces if stored.path == Path(f"{n}.mp4")
            for frame in range(first, first + frames)
        ]  # fmt: skip
        for order in orders.values():
            blend = order.request
            assert isinstance(blend, Blend)
            for file, first in (
                (blend.leaving, blend.leaving_first),
                (blend.coming, blend.coming_first),
            ):
                if file == Path(f"{n}.mp4"):
                    shown += range(first, first + blend.frames)
        assert sorted(shown) == list(range(clip.handles, clip.handles + clip.frames))


@settings(max_examples=300)
@given(cuts())
def test_a_body_begins_and_ends_where_the_segment_was_told_to_begin_a_group(clips):
    for clip, after in zip(clips, [*clips[1:], None], strict=True):
        first, last = body(clip, after)
        assert 0 <= first <= last <= clip.frames
        assert {first, last} <= {0, clip.frames, *cut_points(clip, after)}
