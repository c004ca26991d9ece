from itertools import pairwise

from reelwright.film.exports.tracks import LEADS, picture, sound
from reelwright.film.layout import lay_out
from support.cuts import breakdown, ferry, scene, speech, talk, voices


def test_every_lead_has_a_voice_track_and_the_others_share():
    names = [f"P{number:02d}" for number in range(20)]
    talks = [talk(f"sh_{name}", speech(name, "word " * (20 - at))) for at, name in enumerate(names)]
    film = breakdown(scene("sc_a", *talks))
    tracks = [one for one in sound(lay_out(film, voices(film))) if one.kind == "voice"]
    assert [one.name for one in tracks] == [*names[:LEADS], "Others"]
    assert sum(len(one.sounds) for one in tracks) == 20


def test_nothing_overlaps_on_a_track():
    both = talk("sh_a", speech("A", "one two three"), speech("A", "four", dual=True))
    film = breakdown(scene("sc_a", both), scene("sc_b", talk("sh_b")))
    tracks = sound(lay_out(film, voices(film)))
    assert [one.name for one in tracks][:2] == ["A", "A 2"]
    assert [one.name for one in tracks if one.kind == "ambience"] == ["Ambience", "Ambience 2"]
    for track in tracks:
        assert all(one.end <= other.start for one, other in pairwise(track.sounds))


def test_the_picture_is_cut_in_the_middle_of_each_dissolve():
    shown = picture(lay_out(ferry(), handles=5))
    for one, other in pairwise(shown):
        assert one.end == other.start
        assert one.tail + other.head == other.clip.shared
        assert one.source + one.frames + one.tail + 5 == one.available
