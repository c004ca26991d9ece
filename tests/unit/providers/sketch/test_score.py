from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import RATE, peak, read_wav, rms
from reelwright.film.breakdown.mood import MOODS as MOODS_READ
from reelwright.providers.drawings import ScoreRequest
from reelwright.providers.sketch.score import make_score
from reelwright.providers.sketch.score.composition import compose
from reelwright.providers.sketch.score.harmony import MODES, Key, key_named, lead
from reelwright.providers.sketch.score.instruments import INSTRUMENTS, play
from reelwright.providers.sketch.score.moods import MOODS
from reelwright.providers.sketch.score.themes import theme

NAMES = ("MARA", "JONAS", "THE KEEPER", "INSPECTOR HALE", "小林", "Zoë")


def request(mood="sad", seconds=30.0, **how):
    return ScoreRequest(mood, seconds, how.pop("pace", 0.5), **how)


def test_every_mood_a_scene_can_have_has_its_music():
    assert set(MOODS_READ) | {"neutral"} <= set(MOODS)


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_every_mood_is_heard_under_the_voices_and_never_clips(tmp_path, mood):
    sound = read_wav(make_score(request(mood, 16.0, themes=("MARA",)), tmp_path).path)
    assert sound.shape == (2, 16 * RATE)
    assert -37 < measure(sound) < -26
    assert peak(sound) < 0.5
    assert abs(float(sound.mean())) < 1e-3


@pytest.mark.parametrize("seconds", [0.05, 0.9, 3.0, 7.77, 3.337375])
def test_it_lasts_exactly_as_long_as_asked(tmp_path, seconds):
    product = make_score(request(seconds=seconds), tmp_path)
    assert read_wav(product.path).shape == (2, round(seconds * RATE))
    assert product.facts["seconds"] == round(seconds * RATE) / RATE


def test_equal_requests_give_equal_bytes(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
    one, two = (make_score(request(seconds=6.0), tmp_path / name).path for name in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_silence_is_kept_and_music_comes_back(tmp_path):
    sound = read_wav(make_score(request(seconds=20.0, silences=((6.0, 10.0),)), tmp_path).path)

    def level(first, last):
        return rms(sound[:, int(first * RATE) : int(last * RATE)])

    assert level(6.0, 10.0) == 0
    assert level(3, 5) > 0.002
    assert level(12, 15) > 0.002
    assert np.abs(np.diff(sound[:, int(5 * RATE) : int(6 * RATE)])).max() < 0.05


def test_no_note_begins_in_a_silence():
    notes = compose(request("action", silences=((6.0, 10.0),)))
    assert not any(6.0 <= note.start < 10.0 for note in notes)
    assert any(note.start >= 10.0 for note in notes)


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_it_comes_home_to_the_tonic_and_rings_out(tmp_path, mood):
    asked = request(mood, 24.0, key="C")
    last_start = max(note.start for note in compose(asked))
    home = {note.pitch % 12 for note in compose(asked) if note.start == last_start}
    tonic = set(Key(0, MOODS[mood].mode).chord(0))
    assert home == tonic
    sound = read_wav(make_score(asked, tmp_path).path)
    assert rms(sound[:, -240:]) < 0.001
    assert rms(sound[:, -3 * RATE : -2 * RATE]) > 0.001


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(MOODS)),
    st.floats(0.1, 300),
    st.floats(0, 1),
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
    st.sampled_from(["", "Am", "F# minor", "Bb", "BIG FISH"]),
)
def test_any_request_gives_playable_notes_inside_the_scene(mood, seconds, pace, names, key):
    notes = compose(ScoreRequest(mood, seconds, pace, tuple(names), key=key))
    assert notes
    assert notes == sorted(notes)
    assert all(0 <= note.start < seconds and note.length > 0 for note in notes)
    assert all(24 <= note.pitch <= 96 and 0 < note.strength <= 1 for note in notes)
    assert {note.instrument for note in notes} <= set(INSTRUMENTS)


def test_melody_and_chords_stay_in_the_key():
    asked = request("joyful", 40.0, themes=NAMES[:2], key="D")
    scale = {(2 + step) % 12 for step in MODES["major"]}
    pitched = [note for note in compose(asked) if note.instrument not in {"drum", "brush"}]
    assert {note.pitch % 12 for note in pitched} <= scale


def test_voices_of_the_pad_move_by_small_steps():
    pad = [note for note in compose(request("sad", 60.0)) if note.instrument == "strings"]
    bars: dict[float, list[int]] = {}
    for note in pad:
        bars.setdefault(note.start, []).append(note.pitch)
    chords = [sorted(bars[start]) for start in sorted(bars)]
    moves = [abs(a - b) for one, two in pairwise(chords) for a, b in zip(one, two, strict=False)]
    assert np.mean(moves) < 2.6
    assert max(moves) <= 7


def test_a_lead_keeps_its_theme_and_no_two_leads_share_one():
    assert theme("MARA") == theme("MARA")
    assert len({theme(name) for name in NAMES}) == len(NAMES)
    for name in NAMES:
        assert sum(step.beats for step in theme(name)) == 8.0


def test_moods_differ_in_tempo_and_colour():
    starts = {mood: len({note.start for note in compose(request(mood, 40.0))}) for mood in MOODS}
    assert starts["action"] > 2 * starts["sad"] > starts["eerie"]
    assert MOODS["sad"].mode == "minor"
    assert MOODS["joyful"].mode == "major"


def test_a_busier_scene_has_busier_music():
    calm, busy = (len(compose(request("tense", 40.0, pace=pace))) for pace in (0.1, 0.9))
    assert busy > 1.3 * calm


def test_it_begins_quietly():
    notes = compose(request("romantic", 60.0, themes=("MARA",)))
    assert max(n.strength for n in notes if n.start < 4) < max(n.strength for n in notes)


@pytest.mark.parametrize(
    ("name", "mode", "key"),
    [
        ("C", "major", Key(0, "major")), ("Am", "minor", Key(9, "minor")),
        ("F# minor", "dorian", Key(6, "dorian")), ("Bb", "lydian", Key(10, "lydian")),
        ("E♭ major", "minor", Key(3, "major")), ("Big Fish", "minor", None), ("", "major", None),
        ("A Dark Night", "minor", None),
    ],
)  # fmt: skip
def test_a_key_is_read_from_its_name(name, mode, key):
    assert key_named(name, mode) == key


def test_all_scenes_of_a_film_lie_close_together():
    tonics = set()
    for mood in MOODS:
        pads = [
            n
            for n in compose(request(mood, 24.0, key="THE KEEPER"))
            if n.instrument in {"bass", "pluck_bass"}
        ]
        tonics.add(max(pads, key=lambda note: note.start).pitch % 12)
    assert len(tonics) <= 4


def test_a_chord_is_led_to_the_nearest_place():
    assert lead((0, 4, 7), (60, 64, 67), 52, 74) == (60, 64, 67)
    assert lead((5, 9, 0), (60, 64, 67), 52, 74) == (60, 65, 69)


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_every_instrument_plays_softly_and_ends_in_silence(name):
    for pitch in (40, 60, 80):
        sound = play(name, pitch, 900, 10)
        assert np.isfinite(sound).all()
        assert 0.01 < peak(sound) < 1.2
        assert peak(sound[-200:]) < 0.05
        assert peak(sound[:3]) < 0.2 * peak(sound)
