from fractions import Fraction

import opentimelineio as otio
import pytest

from reelwright.film.exports.fcpxml import write_fcpxml
from reelwright.film.layout import lay_out
from reelwright.film.timecode import RATES
from reelwright.film.timeline import Rate
from support.cuts import breakdown, ferry, scene, shot, voices
from support.markup import child, tree


def cut(**changes):
    film = ferry()
    return lay_out(film, voices(film), **changes)


def read(timeline):
    return otio.adapters.read_from_string(write_fcpxml(timeline), "fcpx_xml")[0]


def clips(stack, lane):
    track = next(one for one in stack.tracks if one.name == lane)
    return [(track.range_of_child(one), one) for one in track.find_clips()]


def seconds(text):
    return Fraction(text.removesuffix("s"))


def test_the_adapter_finds_every_shot_in_order_with_its_name_and_length():
    timeline = cut(handles=6)
    found = clips(read(timeline), "0")
    assert [one.name for _, one in found] == [one.name for one in timeline.clips]
    assert found[-1][0].end_time_exclusive().to_frames() == timeline.frames
    plain = timeline.clips[3]
    assert found[3][0].start_time.to_frames() == plain.start
    assert found[3][1].source_range.start_time.to_frames() == 6
    assert found[3][1].source_range.duration.to_frames() == plain.frames


def test_the_adapter_finds_every_voice_and_stem_where_the_film_has_it():
    timeline = cut()
    stack = read(timeline)
    lanes = [one.name for one in stack.tracks if one.name != "0"]
    heard = sorted(
        (place.start_time.to_frames(), place.duration.to_frames())
        for lane in lanes
        for place, _ in clips(stack, lane)
    )
    sounds = (*timeline.voices, *timeline.stems)
    assert heard == sorted((one.start, one.frames) for one in sounds)
    assert all(one.kind == "Audio" for one in stack.tracks if one.name != "0")


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_every_time_is_a_whole_number_of_frames(rate):
    frame = Fraction(rate.den, rate.num)
    times = [
        one.attrib[key]
        for one in tree(write_fcpxml(cut(rate=rate, handles=5))).iter()
        for key in ("offset", "start", "duration")
        if key in one.attrib
    ]
    assert len(times) > 50
    assert all((seconds(time) / frame).denominator == 1 for time in times)


def test_the_spine_has_no_gap_and_ends_with_the_film():
    timeline = cut(rate=Rate(24000, 1001))
    root = tree(write_fcpxml(timeline))
    at = Fraction(0)
    for clip in root.findall(".//spine/asset-clip"):
        assert seconds(clip.attrib["offset"]) == at
        at += seconds(clip.attrib["duration"])
    assert at == seconds(child(root, ".//sequence").attrib["duration"])


def test_transitions_lie_over_the_overlaps():
    timeline = cut()
    found = tree(write_fcpxml(timeline)).findall(".//spine/transition")
    assert [
        (
            one.attrib["name"],
            seconds(one.attrib["offset"]) * 24,
            seconds(one.attrib["duration"]) * 24,
        )
        for one in found
    ] == [
        ("Cross Dissolve" if one.transition == "dissolve" else "Wipe", one.start, one.overlap)
        for one in timeline.clips
        if one.shared
    ]


def test_scenes_are_chapter_markers_at_their_first_frame():
    timeline = cut(handles=7)
    root = tree(write_fcpxml(timeline))
    found = []
    for clip in root.findall(".//spine/asset-clip"):
        for marker in clip.findall("chapter-marker"):
            within = seconds(marker.attrib["start"]) - seconds(clip.attrib["start"])
            found.append((marker.attrib["value"], (seconds(clip.attrib["offset"]) + within) * 24))
    assert found == [(one.title, one.start) for one in timeline.chapters]


def test_media_are_relative_urls_of_the_right_length():
    timeline = cut(handles=9)
    root = tree(write_fcpxml(timeline))
    found = {
        child(asset, "media-rep").attrib["src"]: seconds(asset.attrib["duration"]) * 24
        for asset in root.findall(".//asset")
    }
    expected = {one.media: one.frames + 18 for one in timeline.clips}
    expected |= {one.media: one.frames for one in (*timeline.voices, *timeline.stems)}
    assert found == expected


def test_a_clip_names_its_shot_and_scene():
    timeline = cut()
    root = tree(write_fcpxml(timeline))
    found = [
        {md.attrib["key"]: md.attrib["value"] for md in clip.findall("metadata/md")}
        for clip in root.findall(".//spine/asset-clip")
    ]
    assert found[2] == {"com.reelwright.shot": "sh_mara", "com.reelwright.scene": "sc_kitchen"}


def test_control_characters_in_a_title_do_not_break_the_file():
    film = breakdown(scene("sc_a", shot("sh_a")), title='A\x00 "<B>" & C\x1b')
    root = tree(write_fcpxml(lay_out(film)))
    assert child(root, ".//project").attrib["name"] == 'A\ufffd "<B>" & C\ufffd'
