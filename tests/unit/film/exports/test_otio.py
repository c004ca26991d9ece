import json

import opentimelineio as otio
import pytest

from reelwright.film.exports.otio import write_otio
from reelwright.film.layout import lay_out
from reelwright.film.timecode import RATES
from reelwright.film.timeline import Rate
from support.cuts import ferry, voices


def cut(**changes):
    film = ferry()
    return lay_out(film, voices(film), **changes)


def read(timeline):
    return otio.adapters.read_from_string(write_otio(timeline), "otio_json")


def test_the_library_reads_the_cut_and_writes_the_same_again():
    text = write_otio(cut(handles=12))
    again = otio.adapters.write_to_string(read(cut(handles=12)), "otio_json")
    assert json.loads(again) == json.loads(text)


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_the_picture_track_lasts_as_long_as_the_film_at_every_rate(rate):
    timeline = cut(rate=rate)
    film = read(timeline)
    track = film.video_tracks()[0]
    assert track.duration().to_frames() == timeline.frames
    assert track.duration().rate == pytest.approx(rate.num / rate.den)


def test_every_shot_is_a_clip_in_order_with_its_name_id_and_media():
    timeline = cut()
    film = read(timeline)
    clips = film.video_tracks()[0].find_clips()
    told = [
        (one.name, one.metadata["reelwright"]["shot"], one.media_reference.target_url)
        for one in clips
    ]
    assert told == [(one.name, one.shot_id, one.media) for one in timeline.clips]


def test_a_shot_shows_its_media_from_the_handle_on_and_has_both_handles_to_spare():
    timeline = cut(handles=12)
    plain = next(one for one in timeline.clips if one.shot_id == "sh_jonas")
    film = read(timeline)
    clip = film.video_tracks()[0].find_clips()[timeline.clips.index(plain)]
    assert clip.source_range.start_time.value == 12
    assert clip.source_range.duration.value == plain.frames
    assert clip.available_range().duration.value == plain.frames + 24


def test_a_dissolve_lies_around_a_cut_in_the_middle_of_the_overlap():
    timeline = cut()
    film = read(timeline)
    track = film.video_tracks()[0]
    pier = next(one for one in timeline.clips if one.shot_id == "sh_pier")
    found = [one for one in track if isinstance(one, otio.schema.Transition)]
    assert [one.transition_type for one in found] == ["SMPTE_Dissolve", "SMPTE_Wipe"]
    assert found[0].in_offset.value + found[0].out_offset.value == pier.overlap
    whole = otio.opentime.TimeRange(
        otio.opentime.RationalTime(pier.start, 24), otio.opentime.RationalTime(pier.overlap, 24)
    )
    assert track.trimmed_range_of_child(found[0]).start_time.value == whole.start_time.value
    assert track.trimmed_range_of_child(found[0]).duration.value == whole.duration.value


def test_transitions_never_need_more_media_than_there_is():
    film = read(cut())
    track = film.video_tracks()[0]
    for index, one in enumerate(track):
        if isinstance(one, otio.schema.Transition):
            before, after = track[index - 1], track[index + 1]
            spare = before.available_range().end_time_exclusive() - (
                before.source_range.end_time_exclusive()
            )
            assert spare >= one.out_offset
            assert after.source_range.start_time - after.available_range().start_time >= (
                one.in_offset
            )


def test_fades_to_and_from_black_are_effects_with_their_length():
    film = read(cut())
    effects = film.video_tracks()[0].find_clips()[0].effects
    told = {one.effect_name: one.metadata["reelwright"]["frames"] for one in effects}
    assert told == {"fade_in": 12, "fade_out": 12}


def test_every_voice_and_stem_sounds_where_the_film_has_it():
    timeline = cut(rate=Rate(30000, 1001))
    film = read(timeline)
    tracks = film.audio_tracks()
    heard = sorted(
        (
            track.range_of_child(one).start_time.to_frames(),
            one.duration().to_frames(),
            one.media_reference.target_url,
        )
        for track in tracks
        for one in track.find_clips()
    )
    sounds = (*timeline.voices, *timeline.stems)
    assert heard == sorted((one.start, one.frames, one.media) for one in sounds)
    assert [track.name for track in tracks][:2] == ["JONAS", "MARA"]


def test_scenes_are_markers_at_their_first_frame():
    timeline = cut()
    film = read(timeline)
    markers = film.tracks.markers
    assert [(one.name, one.marked_range.start_time.value) for one in markers] == [
        (one.title, one.start) for one in timeline.chapters
    ]


def test_no_media_reference_leaves_the_folder():
    film = read(cut())
    for clip in film.find_clips():
        assert clip.media_reference.target_url.startswith("media/")
