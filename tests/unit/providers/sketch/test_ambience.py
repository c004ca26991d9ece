from itertools import pairwise

import numpy as np
import pytest

from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import RATE, peak, read_wav, rms
from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.breakdown.things import NOISES, SOUNDS
from reelwright.film.picture import Place
from reelwright.providers.drawings import AmbienceRequest, SoundCue
from reelwright.providers.sketch.ambience import make_ambience
from reelwright.providers.sketch.ambience.air import _bed, _drawn
from reelwright.providers.sketch.ambience.foley import FOLEY
from reelwright.providers.sketch.ambience.layers import LAYERS
from reelwright.providers.sketch.ambience.places import PLACES, THINGS, air
from reelwright.providers.sketch.ambience.words import named


def place(location, setting="EXT", time="day", weather="clear", words=()):
    heading = f"{setting}. {location} - {time.upper()}"
    return Place(heading, Setting(setting), location, TimeOfDay(time), Weather(weather), words)


def layers(*arguments, **named_arguments) -> set[str]:
    return {name for name, _ in air(place(*arguments, **named_arguments))}


def centroid(sound) -> float:
    power = np.abs(np.fft.rfft(sound[0] if sound.ndim == 2 else sound)) ** 2
    return float((power * np.fft.rfftfreq(sound.shape[-1], 1 / RATE)).sum() / power.sum())


@pytest.mark.parametrize("name", sorted(FOLEY))
def test_every_named_sound_can_be_heard_and_ends_in_silence(name):
    sound = _drawn("foley", name, 0)
    assert sound.ndim == 1
    assert np.isfinite(sound).all()
    assert 0.2 < len(sound) / RATE < 12
    assert -30 < 20 * np.log10(peak(sound)) <= -3
    assert rms(sound) > 0.001
    assert peak(sound[-240:]) < 0.1 * peak(sound)
    assert abs(float(sound.mean())) < 0.01 * peak(sound)


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_every_layer_of_the_air_can_be_heard_and_beds_loop_without_a_seam(name):
    layer = LAYERS[name]
    sound = _bed(name) if layer.every_s is None else _drawn("layer", name, 0)
    assert np.isfinite(sound).all()
    assert sound.ndim == (2 if layer.every_s is None else 1)
    assert rms(sound) > 0.0005
    if layer.every_s is None:
        steps = np.abs(np.diff(sound, axis=1)).max(axis=1)
        assert (np.abs(sound[:, 0] - sound[:, -1]) <= np.maximum(steps, 1e-4)).all()


def test_every_row_of_places_and_things_names_layers_that_exist():
    parts = [part for row in PLACES for part in row.parts] + [
        p for ps in THINGS.values() for p in ps
    ]
    assert {name for name, _ in parts} <= set(LAYERS)


def test_no_two_rows_claim_the_same_word():
    words = [word for row in FOLEY.values() for word in row.words.split()]
    assert len(words) == len(set(words))
    places = [word for row in PLACES for word in row.words.split()]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "word", sorted(SOUNDS) + sorted(NOISES - set("SOUND NOISE VOICE VOICES ECHOES".split()))
)
def test_every_sound_the_breakdown_hears_has_its_row(word):
    assert named(word.lower()) is not None


@pytest.mark.parametrize(
    ("cue", "row"),
    [
        ("phone rings", "phone"), ("PHONE BUZZES", "buzz"), ("door slams", "slam"),
        ("gunshots", "gunshot"), ("the glass shatters", "glass"), ("cries", "sob"), ("blorp", None),
    ],
)  # fmt: skip
def test_the_last_word_of_a_cue_says_what_it_is(cue, row):
    assert named(cue) == row


def test_the_place_the_hour_and_the_weather_are_heard():
    assert "traffic" in layers("CITY STREET")
    assert "sea" in layers("LIGHTHOUSE CLIFF", time="night")
    assert {"chorus"} <= layers("FOREST", time="dawn")
    assert "crickets" in layers("FOREST", time="night")
    assert not {"crickets", "songbird"} & layers("FOREST", time="night", weather="storm")
    assert {"rain", "thunder"} <= layers("FIELD", weather="storm")
    assert {"rain_window"} <= layers("KITCHEN", "INT", weather="rain")
    assert "rain" not in layers("KITCHEN", "INT", weather="rain")
    assert layers("ROOM 12", "INT") == {"room"}
    assert "tick" in layers("ROOM 12", "INT", words=("clock",))
    assert "murmur" in {name for name, _ in air(place("MEADOW"), crowd=12)}


def test_the_last_word_of_a_location_says_where_we_are():
    assert "hum" in layers("BEACH HOUSE - KITCHEN", "INT")
    assert "sea" not in layers("BEACH HOUSE - KITCHEN", "INT")


@pytest.mark.parametrize("seconds", [0.04, 1.0, 7.77, 3.337375])
def test_it_lasts_exactly_as_long_as_asked_in_stereo(tmp_path, seconds):
    product = make_ambience(AmbienceRequest(place("KITCHEN", "INT"), seconds), tmp_path)
    assert read_wav(product.path).shape == (2, round(seconds * RATE))
    assert product.facts["seconds"] == round(seconds * RATE) / RATE


def test_equal_requests_give_equal_bytes_and_other_places_others(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
    request = AmbienceRequest(place("FOREST", time="dawn"), 4.0, (SoundCue("knock", 1.0),))
    one, two = (make_ambience(request, tmp_path / name).path for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    other = make_ambience(AmbienceRequest(place("HILL", time="dawn"), 4.0), tmp_path)
    assert other.path.read_bytes() != one.read_bytes()


def test_a_named_sound_is_heard_at_its_moment_and_unknown_ones_are_told(tmp_path):
    cues = (SoundCue("gunshot", 2.0), SoundCue("blorp", 1.0))
    product = make_ambience(AmbienceRequest(place("BEDROOM", "INT"), 5.0, cues), tmp_path)
    sound = read_wav(product.path)
    assert product.facts["unknown"] == ["blorp"]
    before, after = (rms(sound[:, int(a * RATE) : int(b * RATE)]) for a, b in ((1.5, 2), (2, 2.5)))
    assert after > 6 * before


@pytest.mark.parametrize(
    ("location", "setting", "weather"),
    [
        ("CITY STREET", "EXT", "storm"),
        ("BAR", "INT", "rain"),
        ("BEDROOM", "INT", "clear"),
        ("BEACH", "EXT", "clear"),
    ],
)
def test_the_air_stays_under_a_voice_and_is_never_dead(tmp_path, location, setting, weather):
    request = AmbienceRequest(place(location, setting, "night", weather), 20.0, crowd=8)
    sound = read_wav(make_ambience(request, tmp_path).path)
    assert -55 < measure(sound) < -27
    assert peak(sound) < 0.7
    quietest = min(rms(sound[:, at : at + RATE]) for at in range(RATE, 19 * RATE, RATE))
    assert quietest > 0.0005


def test_places_sound_different(tmp_path):
    heard = {
        name: centroid(read_wav(make_ambience(AmbienceRequest(place(name), 6.0), tmp_path).path))
        for name in ("DESERT", "FOREST", "HIGHWAY", "BEACH")
    }
    values = sorted(heard.values())
    assert all(b > 1.15 * a for a, b in pairwise(values))
