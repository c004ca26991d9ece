from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from reelwright.engines.media.loudness import measure, true_peak
from reelwright.engines.media.sound import RATE, decibels, read_wav, rms, write_wav
from reelwright.engines.storage.store import Stored
from reelwright.film.timeline import Chapter, Rate, StemClip, Timeline, VoiceClip
from reelwright.studio.cut.mix import DUCKING, GAIN_STEP, Mixture, Placed, film_gain
from reelwright.studio.cut.sections import Hearing, Mixing, Sound, first_packet, lay_sections
from reelwright.studio.cut.sections import section_borders as borders
from reelwright.studio.cut.soundtrack import Soundtrack, common_gain, soundtrack_order


def hum(path: Path, hertz: float, level: float, seconds: float, channels: int = 2) -> Path:
    at = np.arange(int(seconds * RATE)) / RATE
    one = (level * np.sin(2 * np.pi * hertz * at)).astype(np.float32)
    write_wav(path, one if channels == 1 else np.stack((one, one)))
    return path


@pytest.fixture(scope="module")
def sounds(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sounds")
    return {
        "voice": hum(folder / "voice.wav", 500, 0.2, 2, 1),
        "score": hum(folder / "score.wav", 200, 0.1, 12),
        "ambience": hum(folder / "ambience.wav", 90, 0.05, 12),
    }


def heard(mixture: Mixture, first: float, last: float):
    blocks = mixture.blocks(int(first * RATE), int(last * RATE), 10_000)
    return np.concatenate(list(blocks), axis=1)


def placed(kind: str, path: Path, at: float, seconds: float, fade: float = 0.0) -> Placed:
    edge = int(fade * RATE)
    return Placed(kind, path, int(at * RATE), int(seconds * RATE), edge, edge)


@pytest.mark.parametrize(("kind", "least", "most"), [("score", 8, 12), ("ambience", 3, 4)])
def test_music_and_air_make_room_for_a_voice(sounds, tmp_path, kind, least, most):
    silent = hum(tmp_path / "silent.wav", 500, 0.0, 2, 1)
    mixture = Mixture([placed(kind, sounds[kind], 0, 12), placed("voice", silent, 5, 2)])
    made = heard(mixture, 0, 12)[0]

    def level(first: float, last: float) -> float:
        return decibels(rms(made[int(first * RATE) : int(last * RATE)]))

    before, under = level(3, 4.8), level(5.0, 7.0)
    assert least <= before - under <= most
    assert before - under == pytest.approx(-DUCKING[kind], abs=0.2)
    assert level(4.0, 4.84) == pytest.approx(before, abs=0.2), "it waits until 150 ms before"
    assert level(7.62, 10) == pytest.approx(before, abs=0.2), "600 ms after, it is back"
    assert under < level(7.2, 7.4) < before


def test_a_voice_is_never_ducked(sounds):
    alone = heard(Mixture([placed("voice", sounds["voice"], 1, 2)]), 0, 4)
    twice = Mixture(
        [placed("voice", sounds["voice"], 1, 2), placed("voice", sounds["voice"], 3, 2)]
    )
    assert np.array_equal(heard(twice, 0, 3), alone[:, : 3 * RATE])


def test_fades_keep_the_power_of_two_sounds_that_cross(sounds):
    one = placed("ambience", sounds["ambience"], 0, 6, 1.0)
    assert rms(heard(Mixture([one]), 0, 0.05)) < 0.2 * rms(heard(Mixture([one]), 2, 3))
    assert rms(heard(Mixture([one]), 5.45, 5.55)) == pytest.approx(
        rms(heard(Mixture([one]), 2, 3)) * np.sqrt(0.5), rel=0.05
    )


def test_a_stretch_mixed_alone_is_the_same_stretch_of_the_whole(sounds):
    mixture = Mixture(
        [
            placed("score", sounds["score"], 0, 12, 0.5),
            placed("ambience", sounds["ambience"], -2, 12),
            placed("voice", sounds["voice"], 3, 2),
        ]
    )
    whole = np.concatenate(list(mixture.mastered(0, 10 * RATE, 14.0)), axis=1)
    part = np.concatenate(list(mixture.mastered(2048 * 64, 5 * RATE, 14.0)), axis=1)
    assert np.allclose(part, whole[:, 2048 * 64 : 5 * RATE], atol=1e-4)


def test_the_gain_brings_a_film_to_minus_sixteen():
    for loudness in (-22.0, -21.37, -19.9, -30.1):
        assert abs(loudness + film_gain(loudness) + 16) <= 0.4
        assert film_gain(loudness) % GAIN_STEP == 0
    assert film_gain(-70.0) <= 24.0, "silence stays silence"


def timeline(sounds: dict[str, Path], longer: int = 0) -> tuple[Timeline, list[Sound]]:
    """Three scenes of some seconds; the second one's voice leads its cut by six frames."""
    lengths = (100, 117 + longer, 83)
    starts = (0, lengths[0], lengths[0] + lengths[1])
    voices, stems, placing = [], [], []
    for scene, (start, frames) in enumerate(zip(starts, lengths, strict=True)):
        digest = f"{scene}{longer if scene == 1 else ''}"
        for kind in ("ambience", "score"):
            stem = StemClip(str(scene), kind, start, frames, kind, 2, 2)
            stems.append(stem)
            placing.append(Sound(stem, sounds[kind], f"{kind}{digest}"))
        begin = start - 6 if scene == 1 else start + 20
        voice = VoiceClip(str(scene), "A", "x", begin, 48, "v")
        voices.append(voice)
        placing.append(Sound(voice, sounds["voice"], "voice"))
    chapters = tuple(
        Chapter(str(n), "x", s, f) for n, (s, f) in enumerate(zip(starts, lengths, strict=True))
    )
    frames = sum(lengths)
    cut = Timeline(
        "t", "a", Rate(), 1280, 720, frames, (), tuple(voices), tuple(stems), (), chapters
    )
    return cut, placing


def film_sound(cut: Timeline, placing: list[Sound], folder: Path, decibels: float) -> Path:
    """Mix all sections and splice them, as the workshop would."""
    files = []
    for number, section in enumerate(lay_sections(cut, placing)):
        own = folder / str(number)
        own.mkdir()
        request = Mixing(section.cues, section.files, section.length, decibels)
        files.append(request.make(own).path)
    *starts, length = borders(cut)
    packets = [round(start / 1024) for start in starts] + [-(-length // 1024) + 1]
    counts = tuple(b - a for a, b in pairwise(packets))
    return Soundtrack(counts, tuple(files), length).make(folder).path


def decoded(path: Path):
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        length = stream.duration or 0
        sound = np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)
    return sound[:, :length], length


def test_sections_spliced_sound_like_one_mix_as_long_as_the_picture(sounds, tmp_path):
    cut, placing = timeline(sounds)
    sound, length = decoded(film_sound(cut, placing, tmp_path, 6.0))
    assert length == cut.frames * 2000
    whole = Mixture(
        [
            Placed("voice" if isinstance(s.clip, VoiceClip) else s.clip.kind, s.file, s.clip.start * 2000, s.clip.frames * 2000, *((4000, 4000) if isinstance(s.clip, StemClip) else (0, 0)))
            for s in placing
        ]
    )  # fmt: skip
    wanted = np.concatenate(list(whole.mastered(0, length, 6.0)), axis=1)
    # Each section may stand up to half a packet off; inside one the waves agree exactly.
    for border, start in zip(borders(cut), (0, *borders(cut)[1:-1]), strict=False):
        shift = round(border / 1024) * 1024 - border
        assert abs(shift) <= 512
        part = slice(start + 20_000, start + 60_000)
        error = sound[:, part.start + shift : part.stop + shift] - wanted[:, part]
        assert decibels(rms(error) / rms(wanted[:, part])) < -35


def test_splices_leave_no_click(sounds, tmp_path):
    cut, placing = timeline(sounds)
    only_air = [
        one for one in placing if isinstance(one.clip, StemClip) and one.clip.kind == "score"
    ]
    sound, _ = decoded(film_sound(cut, only_air, tmp_path, 0.0))
    spectrum = np.abs(np.fft.rfft(sound[0]))
    # A click would stand in the high tones; the score here is a tone of 200 Hz with soft fades.
    high = np.sqrt((spectrum[len(spectrum) // 4 :] ** 2).sum() / (spectrum**2).sum())
    assert decibels(high) < -50


def test_a_longer_scene_leaves_the_sections_of_other_scenes_as_they_were(sounds):
    before = lay_sections(*timeline(sounds))
    after = lay_sections(*timeline(sounds, longer=7))
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert before[2].cues[-1] == after[2].cues[-1]


def test_no_border_cuts_through_a_voice_that_leads_the_picture(sounds):
    cut, _ = timeline(sounds)
    assert borders(cut)[1] == (100 - 6) * 2000
    for border in borders(cut):
        assert not any(v.start * 2000 < border < v.end * 2000 for v in cut.voices)


def test_the_finished_sound_is_as_loud_as_it_should_be_and_never_clips(sounds, tmp_path):
    cut, placing = timeline(sounds)
    powers = []
    for section in lay_sections(cut, placing):
        request = Hearing(section.cues, section.files, section.length)
        powers += request.make(tmp_path).facts["powers"]
    sound, _ = decoded(film_sound(cut, placing, tmp_path, common_gain(powers)))
    assert measure(sound) == pytest.approx(-16.0, abs=0.5)
    assert decibels(true_peak(sound)) < -1.0


def test_the_order_for_the_soundtrack_takes_every_packet_once(sounds, tmp_path):
    cut, placing = timeline(sounds)
    sections = lay_sections(cut, placing)
    stored = [Stored(str(n), tmp_path / f"{n}.m4a", "audio/mp4", {}) for n in range(len(sections))]
    request = soundtrack_order(cut, stored).request
    assert isinstance(request, Soundtrack)
    assert sum(request.counts) == -(-cut.frames * 2000 // 1024) + 1
    for count, section in zip(request.counts, sections, strict=True):
        with_its_lead_and_tail = section.length // 1024 + 3 + first_packet()
        assert first_packet() + count <= with_its_lead_and_tail


def test_a_film_without_chapters_is_one_section(sounds):
    cut = Timeline("t", "a", Rate(30000, 1001), 64, 64, 300, ())
    assert borders(cut) == [0, 300 * 48000 * 1001 // 30000]
    assert read_wav(sounds["voice"]).shape[0] == 1
