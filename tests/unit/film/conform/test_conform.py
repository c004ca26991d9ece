import json
import re

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.conform import conform
from reelwright.film.conform.changes import moves
from reelwright.film.exports.edl import write_edl
from reelwright.film.exports.otio import write_otio
from reelwright.film.layout import lay_out
from reelwright.film.notes import add_notes, apply_notes, parse_notes, starting_notes
from reelwright.film.notes.order import reorder
from reelwright.film.timecode import RATES
from reelwright.film.timeline import Timing
from reelwright.ground.errors import InvalidInputError
from support.cuts import breakdown, ferry, scene, shot, voices


def made(notes="", rate=RATES["24"], handles=24):
    """The film of the ferry under these notes."""
    film = ferry()
    done = apply_notes(film, parse_notes(notes))
    timings = done.timings
    return lay_out(done.breakdown, voices(film), rate=rate, handles=handles, timings=timings)


def editing(timeline):
    return otio.adapters.read_from_string(write_otio(timeline), "otio_json")


def saved(edit):
    return otio.adapters.write_to_string(edit, "otio_json")


def place(edit, shot_id):
    track = edit.video_tracks()[0]
    return next(
        at
        for at, one in enumerate(track)
        if isinstance(one, otio.schema.Clip)
        and one.metadata.get("reelwright", {}).get("shot") == shot_id
    )


def swap(edit, one, other):
    track = edit.video_tracks()[0]
    low, high = sorted((place(edit, one), place(edit, other)))
    second, first = track.pop(high), track.pop(low)
    track.insert(low, second)
    track.insert(high, first)


def trim(edit, shot_id, head, frames):
    clip = edit.video_tracks()[0][place(edit, shot_id)]
    span = clip.source_range
    start = otio.opentime.RationalTime(span.start_time.value + head, span.start_time.rate)
    clip.source_range = otio.opentime.TimeRange(
        start, otio.opentime.RationalTime(frames, span.start_time.rate)
    )


def ids(film):
    return [one.id for part in film.scenes for one in part.shots]


def shown(timeline):
    return [(one.shot_id, one.frames, one.trim) for one in timeline.clips]


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_a_film_that_nobody_touched_gives_no_notes(rate):
    timeline = made(rate=rate)
    for text in (write_otio(timeline), write_edl(timeline)):
        changes = conform(text, timeline)
        assert (changes.notes, changes.told, changes.unmatched) == ((), (), ())


def test_an_edit_comes_back_as_notes_that_make_the_same_film():
    timeline = made()
    edit = editing(timeline)
    swap(edit, "sh_mara", "sh_jonas")
    trim(edit, "sh_both", 6, 40)
    del edit.video_tracks()[0][place(edit, "sh_answer")]
    changes = conform(saved(edit), timeline, script=ferry())
    assert changes.unmatched == ()
    text = add_notes(starting_notes(ferry()), changes.notes)
    done = apply_notes(ferry(), parse_notes(text))
    assert ids(done.breakdown)[:4] == ["sh_establish", "sh_jonas", "sh_mara", "sh_both"]
    assert "sh_answer" not in ids(done.breakdown)
    # The clip in the edit is cut in the middle of the dissolve that follows it.
    assert done.timings == {"sh_both": Timing(round(52 / 24, 3), 0.25)}
    again = lay_out(done.breakdown, voices(ferry()), handles=12, timings=done.timings)
    assert not conform(saved(edit), again, script=ferry()).told


def test_what_changed_is_told_in_sentences():
    timeline = made()
    edit = editing(timeline)
    swap(edit, "sh_mara", "sh_jonas")
    trim(edit, "sh_boat", 0, 20)
    told = "\n".join(conform(saved(edit), timeline).told)
    assert "Shot BOAT wide (sh_boat) is 32 frames long, not 72." in told
    assert "Shot JONAS close (sh_jonas) now follows Shot ESTABLISH wide (sh_establish)." in told


def test_notes_that_a_person_wrote_before_survive_and_trims_add_up():
    before = "# mine\n[shots.sh_mara] # her\ntrim_start_s = 0.5\nduration_s = 2.0\nsize = 'wide'\n"
    timeline = made(before)
    edit = editing(timeline)
    trim(edit, "sh_mara", 12, 24)
    text = add_notes(before, conform(saved(edit), timeline).notes)
    assert text == (
        "# mine\n[shots.sh_mara] # her\ntrim_start_s = 1.0\nduration_s = 1.0\nsize = 'wide'\n"
    )


def test_a_scene_is_moved_and_one_is_left_out():
    film = breakdown(
        *(scene(f"sc_{one}", shot(f"sh_{one}1"), shot(f"sh_{one}2")) for one in "abcd")
    )
    timeline = lay_out(film)
    edit = editing(timeline)
    track = edit.video_tracks()[0]
    for shot_id in ("sh_c1", "sh_c2"):
        del track[place(edit, shot_id)]
    clips = [track.pop(place(edit, shot_id)) for shot_id in ("sh_d1", "sh_d2")]
    for at, clip in enumerate(clips):
        track.insert(place(edit, "sh_a1") + at if not at else place(edit, "sh_d1") + 1, clip)
    changes = conform(saved(edit), timeline, script=film)
    done = apply_notes(film, parse_notes(add_notes("", changes.notes)))
    assert ids(done.breakdown) == ["sh_d1", "sh_d2", "sh_a1", "sh_a2", "sh_b1", "sh_b2"]
    assert changes.unmatched == ()


def test_order_counts_from_the_script_whatever_notes_did_to_the_film():
    first = '[shots.sh_establish]\nafter = "sh_jonas"\n'
    timeline = made(first)
    edit = editing(timeline)
    swap(edit, "sh_mara", "sh_establish")
    text = add_notes(first, conform(saved(edit), timeline, script=ferry()).notes)
    done = apply_notes(ferry(), parse_notes(text))
    assert ids(done.breakdown)[:4] == ["sh_establish", "sh_jonas", "sh_mara", "sh_both"]


def test_shots_are_known_by_their_files_when_an_editor_lost_the_metadata():
    timeline = made()
    edit = editing(timeline)
    for clip in edit.find_clips():
        clip.metadata.clear()
        clip.name = "renamed"
        clip.media_reference.target_url = f"file:///cut/{clip.media_reference.target_url}"
    assert conform(saved(edit), timeline).unmatched == ()


def test_shots_of_a_list_are_known_by_their_reels_when_comments_are_gone():
    timeline = made()
    text = re.sub(r"^\*.*\n", "", write_edl(timeline), flags=re.MULTILINE)
    changes = conform(text, timeline)
    assert (changes.notes, changes.unmatched) == ((), ())


def test_a_list_means_the_same_after_its_changes_have_gone_into_the_film():
    before = made("[shots.sh_mara]\ntrim_start_s = 0.25\n", handles=24)
    text = write_edl(before)
    later = made("[shots.sh_mara]\ntrim_start_s = 0.25\n", handles=0)
    assert "* HANDLES: 24\n* TRIM: 6\n" in text
    assert conform(text, later).told == ()


def test_a_list_can_start_at_any_hour_and_end_early():
    timeline = made()
    text = write_edl(timeline).split("\n\n009 ", maxsplit=1)[0]
    changes = conform(text, timeline)
    assert ("sc_boat", "drop") in {(one.subject, one.key) for one in changes.notes}
    assert changes.unmatched == ("The end card was taken out; notes cannot do that.",)


def test_what_notes_cannot_carry_is_listed():
    timeline = made()
    edit = editing(timeline)
    track = edit.video_tracks()[0]
    strange = otio.schema.Clip(
        "VFX_010", source_range=otio.opentime.TimeRange(duration=otio.opentime.RationalTime(24, 24))
    )
    track.insert(place(edit, "sh_jonas"), strange)
    track.insert(place(edit, "sh_both"), track[place(edit, "sh_mara")].deepcopy())
    track[place(edit, "sh_boat")].effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    pier = track.pop(place(edit, "sh_pier"))
    track.insert(place(edit, "sh_mara"), pier)
    told = conform(saved(edit), timeline).unmatched
    assert any("'VFX_010'" in one and "no shot of this film" in one for one in told)
    assert any("(sh_mara) is used again at 00:00:" in one for one in told)
    assert any("its effect 'LinearTimeWarp' cannot be kept" in one for one in told)
    assert any("stand apart from each other" in one for one in told)


def test_a_disabled_clip_is_left_out():
    timeline = made()
    edit = editing(timeline)
    edit.video_tracks()[0][place(edit, "sh_jonas")].enabled = False
    (note,) = conform(saved(edit), timeline).notes
    assert (note.subject, note.key, note.value) == ("sh_jonas", "drop", True)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "{", "{}", '{"OTIO_SCHEMA": "Timeline.1"}', '{"OTIO_SCHEMA": 3}', "TITLE: X\n"],
)
def test_what_is_no_edit_is_refused(text):
    with pytest.raises(InvalidInputError) as caught:
        conform(text, made(), name="cut.otio")
    assert "cut.otio" in str(caught.value)


def test_a_list_at_another_rate_is_refused_with_its_line():
    with pytest.raises(InvalidInputError, match=r"cut.edl, line \d+: .*frames a second"):
        conform(write_edl(made(rate=RATES["60"])), made(), name="cut.edl")


def test_older_files_with_one_media_reference_are_read():
    timeline = made()
    old = json.loads(write_otio(timeline))
    for track in old["tracks"]["children"]:
        for item in track["children"]:
            if item["OTIO_SCHEMA"] == "Clip.2":
                item["OTIO_SCHEMA"] = "Clip.1"
                item["media_reference"] = item.pop("media_references")["DEFAULT_MEDIA"]
                item["metadata"] = {}
    assert conform(json.dumps(old), timeline).unmatched == ()


@settings(deadline=None)
@given(st.permutations("abcdefgh"))
def test_moves_lead_from_the_scripts_order_to_any_other(now):
    script = "abcdefgh"
    ranks = {one: at for at, one in enumerate(script)}
    after = {one: target for one, target in moves(now, ranks) if target}
    assert reorder(list(script), after) == (now, [])


@settings(deadline=None, max_examples=40)
@given(
    st.permutations(["sh_establish", "sh_mara", "sh_jonas", "sh_both"]),
    st.sets(st.sampled_from(["sh_mara", "sh_jonas"])),
)
def test_any_order_and_any_losses_in_a_scene_come_back(order, lost):
    film = breakdown(scene("sc_a", *(shot(one) for one in ids(ferry())[:4])))
    timeline = lay_out(film, cards=False)
    edit = editing(timeline)
    track = edit.video_tracks()[0]
    clips = {one: track.pop(place(edit, one)) for one in order}
    left = [one for one in order if one not in lost]
    for one in left:
        track.append(clips[one])
    changes = conform(saved(edit), timeline, script=film)
    done = apply_notes(film, parse_notes(add_notes("", changes.notes)))
    assert ids(done.breakdown) == left
