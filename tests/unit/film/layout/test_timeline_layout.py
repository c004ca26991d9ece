from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.breakdown.model import ShotKind, Transition
from reelwright.film.dialogue import Spoken
from reelwright.film.layout import lay_out
from reelwright.film.layout.cards import end_card, title_card
from reelwright.film.subtitles import width
from reelwright.film.timecode import RATES
from reelwright.film.timeline import Timing
from reelwright.ground.errors import InvalidInputError
from support.cuts import breakdown, ferry, scene, shot, speech, talk, voices


def clip(timeline, shot_id):
    return next(one for one in timeline.clips if one.shot_id == shot_id)


def voice(timeline, shot_id, index=0):
    return next(one for one in timeline.voices if (one.shot_id, one.speech) == (shot_id, index))


def talking(*speeches, **changes):
    return breakdown(scene("sc_a", talk("sh_talk", *speeches, **changes)))


def test_a_shot_of_dialogue_lasts_as_long_as_the_voice_and_eight_frames_at_each_end():
    timeline = lay_out(talking(), {("sh_talk", 0): Spoken(2.0)}, cards=False)
    assert clip(timeline, "sh_talk").frames == 8 + 48 + 8
    assert voice(timeline, "sh_talk").start == clip(timeline, "sh_talk").start + 8


def test_a_shot_without_a_voice_lasts_its_estimate_and_has_subtitles_all_the_same():
    timeline = lay_out(talking(seconds=2.5), cards=False)
    assert clip(timeline, "sh_talk").frames == 60
    assert timeline.voices == ()
    assert timeline.subtitles[0].lines == ("Where were you?",)


def test_action_with_a_voice_over_lasts_as_long_as_the_longer_of_both():
    over = shot("sh_over", seconds=5, dialogue=(speech(extension="V.O."),))
    timeline = lay_out(breakdown(scene("sc_a", over)), {("sh_over", 0): Spoken(2.0)})
    assert clip(timeline, "sh_over").frames == 120


def test_speeches_follow_each_other_and_a_beat_is_a_beat():
    film = talking(speech(), speech("JONAS"), speech(parenthetical="(beat)"))
    timeline = lay_out(film, {("sh_talk", index): Spoken(1.0) for index in range(3)})
    starts = [voice(timeline, "sh_talk", index).start for index in range(3)]
    assert [after - before for before, after in pairwise(starts)] == [30, 42]


def test_dual_dialogue_begins_together():
    film = talking(speech(), speech("JONAS", dual=True), speech("MARA", "Well."))
    timeline = lay_out(film, {("sh_talk", index): Spoken(1.0 + index) for index in range(3)})
    one, other, after = (voice(timeline, "sh_talk", index) for index in range(3))
    assert one.start == other.start
    assert after.start == other.end + 6


def test_no_shot_is_shorter_than_a_glance():
    timeline = lay_out(breakdown(scene("sc_a", shot("sh_a", seconds=0.1))), rate=RATES["25"])
    assert clip(timeline, "sh_a").frames == 30


def test_sound_leads_some_cuts_within_a_scene_by_four_to_six_frames():
    talks = [talk(f"sh_{number}") for number in range(60)]
    film = breakdown(scene("sc_a", *talks))
    timeline = lay_out(film, voices(film))
    leads = [clip(timeline, one.shot_id).start - one.start for one in timeline.voices]
    assert {lead for lead in leads if lead > 0} == {4, 5, 6}
    assert 4 <= sum(lead > 0 for lead in leads) <= 25
    assert {lead for lead in leads if lead <= 0} == {-8}


def test_a_changed_line_changes_the_length_of_its_own_shot_alone():
    film = ferry()
    before = lay_out(film, voices(film))
    spoken = voices(film) | {("sh_mara", 0): Spoken(9.0)}
    after = lay_out(film, spoken)
    changed = [
        one.shot_id
        for one, other in zip(before.clips, after.clips, strict=True)
        if replace(one, start=0) != replace(other, start=0)
    ]
    assert changed == ["sh_mara"]


def test_a_film_begins_with_its_title_and_ends_with_its_end():
    film = ferry()
    timeline = lay_out(film)
    assert (timeline.clips[0].shot_id, timeline.clips[-1].shot_id) == ("sh_title", "sh_end")
    assert title_card(film).action.splitlines() == ["The Ferry", "R. Wright"]
    assert end_card(film).action.splitlines() == ["The End", "Written by R. Wright"]
    assert title_card(film).kind is ShotKind.TITLE
    assert len(lay_out(film, cards=False).clips) == len(timeline.clips) - 2


def test_a_film_without_a_title_has_no_title_card():
    timeline = lay_out(breakdown(scene("sc_a", shot("sh_a")), title=None))
    assert [one.shot_id for one in timeline.clips] == ["sh_a", "sh_end"]
    assert timeline.stems[0].start == 0


def test_a_dissolve_makes_the_film_shorter_by_its_length():
    shots = [shot("sh_a"), shot("sh_b")]
    cut = lay_out(breakdown(scene("sc_a", *shots)), cards=False)
    shots[1] = replace(shots[1], transition=Transition("dissolve"))
    dissolved = lay_out(breakdown(scene("sc_a", *shots)), cards=False)
    assert dissolved.clips[1].overlap == 24
    assert dissolved.frames == cut.frames - 24


def test_a_voice_waits_until_a_dissolve_is_over():
    film = talking(transition=Transition("dissolve"))
    timeline = lay_out(film, voices(film))
    into = clip(timeline, "sh_talk")
    assert voice(timeline, "sh_talk").start >= into.start + into.overlap


def test_a_transition_takes_at_most_a_third_of_a_short_clip():
    shots = [shot("sh_a", seconds=1.2), shot("sh_b", transition=Transition("dissolve"))]
    timeline = lay_out(breakdown(scene("sc_a", *shots)), cards=False)
    assert timeline.clips[1].overlap == 9


def test_a_fade_out_belongs_to_the_shot_before():
    shots = [shot("sh_a"), shot("sh_b", transition=Transition("fade_out"))]
    timeline = lay_out(breakdown(scene("sc_a", *shots)), cards=False)
    assert [(one.fade_out, one.transition) for one in timeline.clips] == [(24, "cut"), (0, "cut")]


def test_a_fade_to_black_begins_after_the_last_word():
    film = breakdown(
        scene("sc_a", talk("sh_a"), shot("sh_b", transition=Transition("fade_out")), talk("sh_c"))
    )
    timeline = lay_out(film, voices(film))
    for shot_id in ("sh_a", "sh_c"):
        faded = clip(timeline, shot_id)
        assert faded.fade_out > 8
        assert voice(timeline, shot_id).end <= faded.end - faded.fade_out


def test_a_card_that_dissolves_into_the_story_does_not_fade_as_well():
    film = breakdown(scene("sc_a", shot("sh_a", transition=Transition("dissolve"))))
    title = lay_out(film).clips[0]
    assert title.fade_out == 0


def test_a_persons_timing_goes_before_the_voice_which_runs_on():
    film = breakdown(scene("sc_a", talk("sh_a"), talk("sh_b")))
    spoken = {("sh_a", 0): Spoken(3.0), ("sh_b", 0): Spoken(1.0)}
    timeline = lay_out(film, spoken, timings={"sh_a": Timing(duration_s=2.0)}, cards=False)
    one, other = timeline.voices
    assert clip(timeline, "sh_a").frames == 48
    assert one.end > clip(timeline, "sh_a").end
    assert other.start >= one.end
    assert clip(timeline, "sh_b").end >= other.end + 8


def test_a_trimmed_shot_is_shorter_and_its_voice_keeps_its_place_in_what_is_left():
    film = talking()
    spoken = {("sh_talk", 0): Spoken(2.0)}
    timings = {"sh_talk": Timing(trim_start_s=0.25)}
    timeline = lay_out(film, spoken, timings=timings, cards=False)
    into = clip(timeline, "sh_talk")
    assert (into.frames, into.trim) == (64 - 6, 6)
    assert voice(timeline, "sh_talk").start == into.start + 2


def test_what_no_voice_says_is_read_within_the_length_a_person_gave():
    timeline = lay_out(talking(), timings={"sh_talk": Timing(duration_s=1.0, trim_start_s=1.0)})
    into = clip(timeline, "sh_talk")
    (one,) = timeline.subtitles
    assert into.frames == 24
    assert timeline.rate.seconds(into.start) <= one.start_s < timeline.rate.seconds(into.end)


def test_the_last_clip_waits_for_the_last_word():
    film = breakdown(scene("sc_a", talk("sh_a")))
    timings = {"sh_a": Timing(duration_s=1.0)}
    timeline = lay_out(film, {("sh_a", 0): Spoken(3.0)}, timings=timings, cards=False)
    assert timeline.frames == timeline.voices[0].end


def test_ambience_crosses_where_the_place_stays_and_is_cut_between_worlds():
    film = breakdown(
        scene("sc_a", shot("sh_a")),
        scene("sc_b", shot("sh_b")),
        scene("sc_c", shot("sh_c"), location="SEA"),
    )
    one, other, sea = (stem for stem in lay_out(film).stems if stem.kind == "ambience")
    assert one.end - other.start == one.fade_out == other.fade_in == 12
    assert (other.end, other.fade_out) == (sea.start, 1)


def test_the_first_and_the_last_sound_reach_under_the_cards():
    timeline = lay_out(ferry())
    for kind in ("ambience", "score"):
        stems = [one for one in timeline.stems if one.kind == kind]
        assert stems[0].start == 0
        assert stems[-1].end == timeline.frames


def test_every_scene_is_a_chapter_up_to_the_next():
    timeline = lay_out(ferry())
    one, other, _ = timeline.chapters
    assert one.title == "1. INT. KITCHEN - NIGHT"
    assert one.start + one.frames == other.start == clip(timeline, "sh_pier").start


def test_media_lie_in_the_folder_and_are_named_after_ids():
    timeline = lay_out(ferry(), voices(ferry()), folder="stuff")
    assert clip(timeline, "sh_mara").media == "stuff/sh_mara.mp4"
    assert voice(timeline, "sh_both", 1).media == "stuff/sh_both-02-jonas.wav"
    names = [one.media for one in (*timeline.clips, *timeline.voices, *timeline.stems)]
    assert len(names) == len(set(names))


def test_a_breakdown_without_shots_is_no_film():
    with pytest.raises(InvalidInputError):
        lay_out(breakdown(scene("sc_a")))


WORDS = st.sampled_from(
    [
        "No.",
        "Where *were* you, all that time?",
        "世界は広いですね。" * 6,
        "A" * 90,
        "Yes, " * 40 + "!",
    ]
)
SPEECHES = st.lists(
    st.builds(speech, st.sampled_from(["MARA", "JONAS"]), WORDS, dual=st.booleans())
)
KINDS = st.sampled_from(["cut", "cut", "dissolve", "wipe", "fade_in", "fade_out"])


@st.composite
def films(draw):
    scenes = []
    for number in range(draw(st.integers(1, 4))):
        shots = []
        for place in range(draw(st.integers(1, 4))):
            make = draw(st.sampled_from([shot, talk]))
            said = tuple(draw(SPEECHES))[:3]
            changes = {"seconds": draw(st.floats(0, 8)), "transition": Transition(draw(KINDS))}
            name = f"sh_{number}{place}"
            shots.append(
                talk(name, *said, **changes)
                if make is talk
                else shot(name, dialogue=said, **changes)
            )
        scenes.append(scene(f"sc_{number}", *shots, location=draw(st.sampled_from("AB"))))
    return breakdown(*scenes)


@st.composite
def cuts(draw):
    film = draw(films())
    spoken = {}
    if draw(st.booleans()):
        pace = draw(st.floats(0.05, 0.6))
        spoken = voices(film, lambda text: pace * len(text.split()) + 0.05)
    ids = [one.id for part in film.scenes for one in part.shots]
    timings = draw(
        st.dictionaries(
            st.sampled_from(ids),
            st.builds(Timing, st.none() | st.floats(0.04, 6), st.floats(-1, 2)),
            max_size=2,
        )
    )
    rate = draw(st.sampled_from(list(RATES.values())))
    cards = draw(st.booleans())
    return lay_out(film, spoken, rate=rate, timings=timings, cards=cards)


@settings(deadline=None)
@given(cuts())
def test_clips_tile_the_film_and_everything_lies_inside_it(timeline):
    clips = timeline.clips
    assert clips[0].start == 0
    assert clips[-1].end == timeline.frames
    for one, other in pairwise(clips):
        assert other.start == one.end - other.shared
    for one in clips:
        assert isinstance(one.frames, int)
        assert one.frames > 0
        assert 0 <= one.shared + one.fade_in + one.fade_out <= one.frames
    for one in (*timeline.voices, *timeline.stems):
        assert one.start >= 0
        assert one.frames > 0
        assert one.end <= timeline.frames
    for stem in timeline.stems:
        assert stem.fade_in + stem.fade_out <= stem.frames


@settings(deadline=None)
@given(cuts())
def test_nobody_is_interrupted_but_by_dual_dialogue(timeline):
    heard = sorted(timeline.voices, key=lambda one: (one.start, one.speech))
    for one, other in pairwise(heard):
        together = one.shot_id == other.shot_id and one.start == other.start
        assert together or other.start >= one.end


@settings(deadline=None)
@given(cuts())
def test_subtitles_are_ordered_inside_the_film_and_fit_the_screen(timeline):
    ends = 0.0
    for one in timeline.subtitles:
        assert ends <= one.start_s < one.end_s <= timeline.duration_s
        assert 1 <= len(one.lines) <= 2
        assert all(0 < width(line) <= 42 for line in one.lines)
        ends = one.end_s
