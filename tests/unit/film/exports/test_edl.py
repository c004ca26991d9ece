import re

import opentimelineio as otio
import pytest

from reelwright.film.exports.edl import reel, write_edl
from reelwright.film.layout import lay_out
from reelwright.film.timecode import RATES
from support.cuts import ferry, voices


def cut(**changes):
    film = ferry()
    return lay_out(film, voices(film), **changes)


def read(timeline):
    rate = timeline.rate.num / timeline.rate.den
    return otio.adapters.read_from_string(write_edl(timeline), "cmx_3600", rate=rate)


def shots(track):
    return [one for one in track.find_clips() if not isinstance(one.media_reference, BLACK)]


BLACK = otio.schema.GeneratorReference


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_the_adapter_reads_a_film_of_the_same_length_at_every_rate(rate):
    timeline = cut(rate=rate)
    film = read(timeline)
    track = film.tracks[0]
    last = track.find_clips()[-1]
    end = track.range_of_child(last).end_time_exclusive().to_frames()
    assert end == timeline.frames


def test_every_shot_is_an_event_in_order_with_its_name_and_file():
    timeline = cut(handles=12)
    film = read(timeline)
    found = [
        (one.name, one.media_reference.target_url)
        for one in shots(film.tracks[0])
        if one.media_reference.is_missing_reference is False
    ]
    assert found == [(one.name, one.media) for one in timeline.clips]


def test_a_dissolve_stands_in_the_event_of_the_clip_it_leads_to():
    timeline = cut()
    film = read(timeline)
    lengths = [
        (one.metadata["cmx_3600"]["transition"], one.out_offset.to_frames())
        for one in film.tracks[0]
        if isinstance(one, otio.schema.Transition)
    ]
    assert ("D", 24) in lengths
    assert ("W001", 24) in lengths
    assert re.search(
        r"^\d{3}  \S{8} V     D    024 \S+ \S+ \S+ \S+\n\* FROM CLIP NAME: BOTH close\n"
        r"\* TO CLIP NAME: PIER wide$",
        write_edl(timeline),
        re.MULTILINE,
    )


def test_drop_frame_rates_say_so_and_count_so():
    text = write_edl(cut(rate=RATES["29.97"]))
    assert "FCM: DROP FRAME" in text
    assert "00:00:00;00" in text
    assert "FCM: NON-DROP FRAME" in write_edl(cut(rate=RATES["23.976"]))


def test_reels_have_eight_signs_and_differ():
    names = [reel(f"sh_{number}") for number in range(2000)]
    assert len(set(names)) == 2000
    assert all(re.fullmatch(r"[A-Z2-7]{8}", name) for name in names)


def test_comments_name_the_shot_and_its_scene():
    assert "* SHOT: sh_pier\n* SCENE: sc_pier\n" in write_edl(cut())
