import io
from dataclasses import replace

import pysubs2
import pytest
import webvtt

from reelwright.film.exports.srt import write_srt
from reelwright.film.exports.webvtt import write_webvtt
from reelwright.film.layout import lay_out
from reelwright.film.timeline import Subtitle
from support.cuts import ferry, voices


def cut():
    film = ferry()
    return lay_out(film, voices(film))


def test_pysubs2_reads_every_subtitle_of_the_srt_with_its_time():
    timeline = cut()
    found = pysubs2.SSAFile.from_string(write_srt(timeline), "srt")
    assert [(one.start, one.end) for one in found] == [
        (round(one.start_s * 1000), round(one.end_s * 1000)) for one in timeline.subtitles
    ]
    assert found[1].plaintext == "Out. Nowhere you'd know."


def test_a_voice_over_is_in_italics():
    found = pysubs2.SSAFile.from_string(write_srt(cut()), "srt")
    assert found[-1].text == r"{\i1}It is raining, and the ferry is late.{\i0}"
    assert found[0].text.count("\\i") == 0


def test_an_arrow_in_the_text_does_not_pass_for_a_time():
    odd = replace(cut(), subtitles=(Subtitle(1.0, 2.0, ("a --> b",)),))
    assert write_srt(odd).count("-->") == 1
    assert write_webvtt(odd).count("-->") == 1


def test_webvtt_reads_every_cue_with_id_time_and_speaker():
    timeline = cut()
    found = webvtt.from_buffer(io.StringIO(write_webvtt(timeline))).captions
    assert [one.identifier for one in found] == ["1", "2", "3", "4"]
    assert [one.voice for one in found][:2] == ["MARA", "JONAS"]
    for cue, one in zip(found, timeline.subtitles, strict=True):
        for told, meant in ((cue.start_time, one.start_s), (cue.end_time, one.end_s)):
            told_s = told.hours * 3600 + told.minutes * 60 + told.seconds
            assert told_s + told.milliseconds / 1000 == pytest.approx(meant, abs=0.0006)


def test_markup_in_dialogue_is_escaped_for_the_web():
    assert '<v MARA>Where were you? I &lt;waited&gt; &amp; "called".</v>' in write_webvtt(cut())


def test_clocks_run_past_an_hour():
    odd = replace(cut(), subtitles=(Subtitle(3661.9996, 3725.5, ("Late.",)),))
    assert "01:01:02,000 --> 01:02:05,500" in write_srt(odd)
    assert "01:01:02.000 --> 01:02:05.500" in write_webvtt(odd)
