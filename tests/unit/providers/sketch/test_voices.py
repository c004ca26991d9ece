import os
import signal
import subprocess
import sys
import time
from itertools import combinations, pairwise

import numpy as np
import pytest

from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import RATE, gain, peak, read_wav, rms
from reelwright.engines.processes.child import Child
from reelwright.film.voices import CHANNELS, DELIVERIES, MOUTHS, VoiceTraits
from reelwright.providers.drawings import VoiceRequest
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.sketch.voices import speak
from reelwright.providers.sketch.voices.casting import LANGUAGES, TIMBRES, cast
from reelwright.providers.sketch.voices.lines import spoken, tongue, whole_words
from reelwright.providers.sketch.voices.mouths import SHAPES, mouths

LINE = "We said we'd only stay till the light came back. You kept the key."
SPOKEN = (
    "ar cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv sw ta th tr uk vi zh"
).split()


def say(folder, text=LINE, traits=None, **how):
    return speak(VoiceRequest(text, "MARA", traits or VoiceTraits(), **how), folder)


def sound_of(product):
    return read_wav(product.path)[0]


def pitch(sound) -> float:
    """The median pitch of the voiced parts, by autocorrelation."""
    found = []
    for start in range(0, len(sound) - 4096, 2400):
        part = sound[start : start + 4096] * np.hanning(4096)
        if rms(part) < 0.02:
            continue
        same = np.fft.irfft(np.abs(np.fft.rfft(part, 16384)) ** 2)
        low, high = RATE // 450, RATE // 60
        best = low + int(np.argmax(same[low:high]))
        if same[best] > 0.4 * same[0]:
            found.append(RATE / best)
    return float(np.median(found))


def bands(sound):
    """The voice's mean spectrum in third octaves, in decibels: its timbre."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    edges = 200 * 2 ** (np.arange(17) / 3)
    levels = [power[(hertz >= a) & (hertz < b)].mean() for a, b in pairwise(edges)]
    decibels = 10 * np.log10(np.array(levels))
    return decibels - decibels.mean()


def test_a_speech_is_a_mono_file_with_its_facts(tmp_path):
    product = say(tmp_path)
    sound = read_wav(product.path)
    assert sound.shape[0] == 1
    assert product.media_type == "audio/wav"
    assert product.facts["seconds"] == pytest.approx(sound.shape[1] / RATE)
    assert product.facts["spoken_s"] <= product.facts["seconds"]
    assert product.facts["unspoken"] is False


def test_it_begins_at_once_and_ends_soon(tmp_path):
    product = say(tmp_path, room="dry")
    sound = sound_of(product)
    loud = np.flatnonzero(np.abs(sound) > 0.02 * peak(sound))
    assert loud[0] / RATE < 0.03
    assert (len(sound) - loud[-1]) / RATE < 0.15
    assert np.abs(sound[[0, -1]]).max() < 0.002


def test_words_come_in_order_with_their_times(tmp_path):
    facts = say(tmp_path, "Don't *ever* touch 3.5 of them (beat) again!").facts
    assert [word for _, word in facts["words"]] == "Don't ever touch 3.5 of them again".split()
    times = [at for at, _ in facts["words"]]
    assert times == sorted(times)
    assert times[0] < 0.1
    assert times[-1] < facts["spoken_s"]


def test_mouths_are_known_shapes_in_order_and_close_at_the_end(tmp_path):
    facts = say(tmp_path, "My mother moves. Five thumbs.").facts
    cues = facts["mouths"]
    assert {shape for _, shape in cues} <= set(MOUTHS)
    assert all(a[0] < b[0] and a[1] != b[1] for a, b in pairwise(cues))
    assert cues[-1] == [pytest.approx(facts["spoken_s"], abs=0.001), "rest"]
    assert sum(shape == "closed" for _, shape in cues) >= 4, "m, m, m and b close the lips"
    assert {"teeth", "tongue", "open"} <= {shape for _, shape in cues}


def test_the_mouth_is_open_where_the_voice_is_loud(tmp_path):
    product = say(tmp_path, "Papa, papa, papa.", room="dry")
    sound, cues = sound_of(product), product.facts["mouths"]

    def loudness(shape):
        parts = [
            sound[int(a * RATE) : int(b * RATE)]
            for (a, now), (b, _) in pairwise(cues)
            if now == shape
        ]
        return rms(np.concatenate(parts))

    assert loudness("open") > 2 * loudness("closed")


def test_diphthongs_share_their_time_and_flickers_are_left_out():
    made = mouths([(0.0, "m"), (0.1, "aɪ"), (0.3, "t"), (0.32, "uː"), (0.6, "")], 0.8)
    assert made == [
        (0.0, "closed"), (0.1, "open"), (0.2, "wide"), (0.32, "round"), (0.6, "rest"),
    ]  # fmt: skip


def test_every_sound_has_one_shape():
    sounds = "".join(SHAPES.values())
    assert len(sounds) == len(set(sounds))
    assert set(SHAPES) <= set(MOUTHS)


def test_equal_requests_give_equal_bytes(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
    one, two = (say(tmp_path / n, delivery="whisper", room="hall") for n in "ab")
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.facts == two.facts


def test_what_was_said_before_does_not_change_a_speech(tmp_path):
    (tmp_path / "b").mkdir()
    first = say(tmp_path)
    say(tmp_path, "Something else.", VoiceTraits("woman", "old", timbre=3))
    assert first.path.read_bytes() == say(tmp_path / "b").path.read_bytes()


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_every_delivery_is_level_and_never_clips(tmp_path, delivery):
    sound = sound_of(say(tmp_path, delivery=delivery))
    assert -26.5 < measure(sound) < -16.5
    assert peak(sound) < gain(-1.5)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("room", ["dry", "hall"])
def test_every_channel_and_room_is_level_and_never_clips(tmp_path, channel, room):
    sound = sound_of(say(tmp_path, channel=channel, room=room))
    assert measure(sound) == pytest.approx(-20, abs=1)
    assert peak(sound) < gain(-1.5)


def test_a_telephone_has_neither_low_nor_high_tones(tmp_path):
    power = np.abs(np.fft.rfft(sound_of(say(tmp_path, channel="phone")))) ** 2
    hertz = np.fft.rfftfreq(2 * len(power) - 1, 1 / RATE)[: len(power)]
    inside = power[(hertz > 280) & (hertz < 3600)].sum()
    assert inside > 0.97 * power.sum()


def test_a_whisper_has_no_pitch_and_a_hall_rings_on(tmp_path):
    normal, whisper = (
        sound_of(say(tmp_path, delivery=d, room="dry")) for d in ("normal", "whisper")
    )

    def voiced(sound):
        part = sound[RATE : RATE + 65536]
        same = np.fft.irfft(np.abs(np.fft.rfft(part, 1 << 18)) ** 2)
        return same[RATE // 300 : RATE // 70].max() / same[0]

    assert voiced(whisper) < 0.5 * voiced(normal)
    hall, dry = (say(tmp_path, room=room) for room in ("hall", "dry"))
    assert hall.facts["seconds"] > dry.facts["seconds"] + 0.5
    assert hall.facts["spoken_s"] == dry.facts["spoken_s"]


def test_deliveries_move_pace_and_level(tmp_path):
    seconds = {d: say(tmp_path, delivery=d).facts["spoken_s"] for d in ("normal", "fast", "slow")}
    assert seconds["fast"] < 0.9 * seconds["normal"] < 0.8 * seconds["slow"]
    levels = {
        d: measure(sound_of(say(tmp_path, delivery=d))) for d in ("whisper", "normal", "shout")
    }
    assert levels["whisper"] < levels["normal"] - 3
    assert levels["shout"] > levels["normal"] + 2


@pytest.mark.parametrize(
    ("traits", "low", "high"),
    [
        (VoiceTraits("man"), 85, 150),
        (VoiceTraits("man", "adult", 0.0), 70, 110),
        (VoiceTraits("man", "adult", 1.0, timbre=2), 115, 170),
        (VoiceTraits("woman"), 160, 240),
        (VoiceTraits("woman", "old", timbre=3), 145, 240),
        (VoiceTraits("man", "child"), 230, 340),
        (VoiceTraits("woman", "child", timbre=5), 230, 340),
    ],
)
def test_pitch_follows_sex_age_and_traits(tmp_path, traits, low, high):
    assert low < pitch(sound_of(say(tmp_path, traits=traits, room="dry"))) < high


@pytest.mark.parametrize("sex", ["man", "woman"])
def test_no_two_timbres_sound_alike(tmp_path, sex):
    made = [
        bands(sound_of(say(tmp_path, traits=VoiceTraits(sex, timbre=n), room="dry")))
        for n in range(8)
    ]
    nearest = min(float(np.sqrt(np.mean((a - b) ** 2))) for a, b in combinations(made, 2))
    assert nearest > 1.5, "decibels between the spectra of any two voices of one pitch"


@pytest.fixture(scope="module")
def espeak():
    with Child("reelwright.providers.sketch.voices.espeak_process") as child:
        yield child


@pytest.mark.parametrize("language", SPOKEN)
def test_the_languages_of_the_world_have_a_voice(espeak, language):
    for sex in TIMBRES:
        part = cast(VoiceTraits(sex), "normal", language)
        answer = espeak.ask({"text": "a o 1", "voice": part.voice, "parameters": part.parameters})
        assert len(answer["samples"]) > 4000


def test_every_variant_exists_and_an_unknown_one_is_an_error(espeak):
    for rows in TIMBRES.values():
        for variant, _, _ in rows:
            answer = espeak.ask({"text": "a", "voice": f"fr+{variant}", "parameters": {}})
            assert answer["rate"] == 22050
    with pytest.raises(UnsupportedError, match="en-gb\\+f3"):
        espeak.ask({"text": "a", "voice": "en-gb+f3", "parameters": {}})
    assert set(LANGUAGES.values()) >= {"en-us", "cmn", "nb"}


@pytest.mark.parametrize("text", ["😀😀", "猫はここにいる。", "...", ""])
def test_what_cannot_be_spoken_is_murmured_and_told(tmp_path, text):
    product = say(tmp_path, text)
    assert product.facts["unspoken"] is True
    assert product.facts["seconds"] > 0.4
    assert rms(sound_of(product)) > 0.001


def test_a_language_without_a_voice_is_murmured(tmp_path):
    assert say(tmp_path, "abc def", language="xx").facts["unspoken"] is True


@pytest.mark.parametrize(
    ("text", "language", "voice"),
    [
        ("Hello", "en", "en"), ("Привет, как дела?", "en", "ru"), ("Привет", "uk", "uk"),
        ("你好", "en", "cmn"), ("你好", "zh", "zh"), ("ねこ です", "en", "ja"), ("안녕", "en", "ko"),
        ("猫です", "ja", None), ("42", "de", "de"), ("Cześć", "pl", "pl"),
    ],
)  # fmt: skip
def test_a_line_in_other_letters_is_said_in_a_voice_that_reads_them(text, language, voice):
    assert tongue(text, language) == voice


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Wait** -- _what_?", "Wait, what?"),
        ("I (beat) know [[a note]] it /* cut */ now", "I know it now"),
        ("<i>Stay</i> here 😀", "Stay here"),
        ("3 * 4", "3 4"),
        ("~la la\n~li", "la la li"),
        ("* * *", ""),
    ],
)
def test_marks_are_not_spoken(text, words):
    assert spoken(text) == words


def test_a_word_that_espeak_splits_is_one_word():
    assert whole_words("we'd go.", [(0.0, 0, 2), (0.1, 3, 1), (0.2, 5, 2)]) == [
        (0.0, "we'd"),
        (0.2, "go"),
    ]


def test_the_helper_dies_with_its_parent():
    program = (
        "import os, sys\n"
        "from reelwright.engines.processes.child import Child\n"
        "child = Child('reelwright.providers.sketch.voices.espeak_process')\n"
        "child.ask({'text': 'a', 'voice': 'en-us', 'parameters': {}})\n"
        "print(child._process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    helper = int(parent.stdout.readline())
    os.kill(helper, 0)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    for _ in range(100):
        try:
            os.kill(helper, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the helper outlived its parent")


def test_the_voice_library_is_never_loaded_by_our_own_process(tmp_path):
    say(tmp_path)
    assert "espeakng_loader" not in sys.modules


def test_every_timbre_says_a_line_alike_in_processes_begun_at_different_times():
    asked = [
        {"text": LINE, "voice": f"en-us+{timbre[0]}", "parameters": {}}
        for timbres in TIMBRES.values()
        for timbre in timbres
    ]
    said = []
    for _ in range(2):
        with Child("reelwright.providers.sketch.voices.espeak_process") as booth:
            said.append([booth.ask(one)["samples"] for one in asked])
        time.sleep(1.1)  # espeak's own seed is the second it began in
    assert said[0] == said[1]
