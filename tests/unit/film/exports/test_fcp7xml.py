import opentimelineio as otio
import pytest

from reelwright.film.exports.fcp7xml import write_fcp7xml
from reelwright.film.layout import lay_out
from reelwright.film.timecode import RATES
from support.cuts import ferry, voices
from support.markup import tree


def cut(**changes):
    film = ferry()
    return lay_out(film, voices(film), **changes)


def read(timeline):
    return otio.adapters.read_from_string(write_fcp7xml(timeline), "fcp_xml")


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_the_adapter_reads_a_picture_as_long_as_the_film_at_every_rate(rate):
    timeline = cut(rate=rate)
    film = read(timeline)
    track = film.video_tracks()[0]
    assert track.duration().to_frames() == timeline.frames
    assert [one.name for one in track.find_clips()] == [one.name for one in timeline.clips]


def test_the_adapter_finds_media_and_in_points_behind_handles_and_transitions():
    timeline = cut(handles=8)
    film = read(timeline)
    found = film.video_tracks()[0].find_clips()
    assert [one.media_reference.target_url for one in found] == [
        one.media for one in timeline.clips
    ]
    for clip, one in zip(timeline.clips, found, strict=True):
        assert one.source_range.start_time.to_frames() == 8 + clip.shared // 2
        assert one.available_range().duration.to_frames() == clip.frames + 16


def test_dissolves_wipes_and_fades_are_transitions_of_their_length():
    timeline = cut()
    film = read(timeline)
    found = [
        (one.name, one.in_offset.to_frames() + one.out_offset.to_frames())
        for one in film.video_tracks()[0]
        if isinstance(one, otio.schema.Transition)
    ]
    expected = []
    for clip in timeline.clips:
        if clip.overlap:
            expected.append(
                ("Edge Wipe" if clip.transition == "wipe" else "Cross Dissolve", clip.overlap)
            )
        if clip.fade_out:
            expected.append(("Cross Dissolve", clip.fade_out))
    assert found == expected


def test_the_adapter_hears_every_voice_and_stem_where_the_film_has_it():
    timeline = cut()
    film = read(timeline)
    heard = sorted(
        (
            track.range_of_child(one).start_time.to_frames(),
            one.duration().to_frames(),
            one.media_reference.target_url,
        )
        for track in film.audio_tracks()
        for one in track.find_clips()
    )
    sounds = (*timeline.voices, *timeline.stems)
    assert heard == sorted((one.start, one.frames, one.media) for one in sounds)


def test_scenes_are_markers():
    timeline = cut()
    film = read(timeline)
    markers = film.tracks.markers
    assert [(one.name, one.marked_range.start_time.to_frames()) for one in markers] == [
        (one.title, one.start) for one in timeline.chapters
    ]


def test_a_shot_is_linked_with_its_voices_and_every_link_leads_somewhere():
    root = tree(write_fcp7xml(cut()))
    items = {one.attrib["id"]: one for one in root.iter("clipitem")}
    links = [link.findtext("linkclipref") for link in items["clip-sh_both"].findall("link")]
    assert links == ["clip-sh_both", "clip-sh_both-02-jonas-1", "clip-sh_both-01-mara-1"]
    assert {one.findtext("linkclipref") for one in root.iter("link")} <= items.keys()


def test_a_stem_has_both_its_channels_on_tracks_of_their_own():
    root = tree(write_fcp7xml(cut()))
    channels = [
        item.findtext("sourcetrack/trackindex")
        for item in root.iter("clipitem")
        if item.findtext("name") == "sc_pier score"
    ]
    assert channels == ["1", "2"]


def test_broadcast_rates_say_so():
    root = tree(write_fcp7xml(cut(rate=RATES["29.97"])))
    assert (root.findtext(".//rate/timebase"), root.findtext(".//rate/ntsc")) == ("30", "TRUE")
    assert root.findtext(".//timecode/displayformat") == "DF"
