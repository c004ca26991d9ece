"""The music of a scene as notes: form, chords, figure, bass, theme, pulse; it ends at home."""

from collections.abc import Iterator
from dataclasses import dataclass

from reelwright.ground.digests import draw
from reelwright.providers.drawings import ScoreRequest
from reelwright.providers.sketch.score.harmony import Key, key_named, lead
from reelwright.providers.sketch.score.moods import MOODS, Mood
from reelwright.providers.sketch.score.themes import theme

_ENDING_S = 2.4
_BEATS = 4


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One note: start and length in seconds, MIDI pitch, strength 0.0 to 1.0, place -1 to 1."""

    start: float
    length: float
    instrument: str
    pitch: int
    strength: float
    where: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before the first note."""

    mood: Mood
    key: Key
    seed: str
    pace: float
    bars: int
    bar_s: float
    chords: tuple[int, ...]
    voicings: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]

    @property
    def beat_s(self) -> float:
        return self.bar_s / _BEATS

    def strength(self, bar: int) -> float:
        """The arc: it begins quietly, is fullest at two thirds, and lets go."""
        share = (bar + 0.5) / max(self.bars, 1)
        return 0.45 + 0.45 * min(share / 0.65, (1.15 - share) / 0.5)


def compose(request: ScoreRequest) -> list[Note]:
    """All notes of a scene's music in order of time; none starts in a silence."""
    plan = _plan(request)
    notes = [
        *_pad(plan), *_bass(plan), *_figure(plan), *_melody(plan), *_pulse(plan), *_ending(plan, request.seconds),
    ]  # fmt: skip
    silent = request.silences
    kept = (n for n in notes if not any(a <= n.start < b for a, b in silent))
    return sorted(n for n in kept if n.start < request.seconds)


def _plan(request: ScoreRequest) -> Plan:
    mood = MOODS.get(request.mood, MOODS["neutral"])
    names = tuple(sorted(request.themes))
    seed = f"{request.mood}/{'/'.join(names)}/{request.key}"
    key = key_named(request.key, mood.mode) or _film_key(request.key, mood)
    tempo = mood.tempo * (0.9 + 0.2 * request.pace)
    wanted = _BEATS * 60 / tempo
    ending = min(_ENDING_S, request.seconds / 2)
    bars = max(1, round((request.seconds - ending) / wanted))
    progression = mood.progressions[draw("chords", seed) % len(mood.progressions)]
    chords = [progression[bar % len(progression)] for bar in range(bars)]
    if bars > len(mood.close):
        chords[-len(mood.close) :] = mood.close
    voicings: list[tuple[int, ...]] = []
    for degree in (*chords, 0):
        before = voicings[-1] if voicings else ()
        chord = key.chord(degree, seventh=mood.seventh and degree != 0)
        voicings.append(lead(chord, before, 52, 74))
    return Plan(
        mood, key, seed, request.pace, bars, (request.seconds - ending) / bars,
        tuple(chords), tuple(voicings), names,
    )  # fmt: skip


def _film_key(name: str, mood: Mood) -> Key:
    """All scenes of a film lie close together: its home key, or a near relative that suits the mood."""
    home = draw("film key", name) % 12
    near = (0, 5, 7, 9) if mood.mode in {"minor", "dorian", "phrygian"} else (0, 5, 7, 3)
    return Key((home + near[draw("relative", name, mood.mode) % len(near)]) % 12, mood.mode)


def _pad(plan: Plan) -> Iterator[Note]:
    if not plan.mood.pad:
        return
    for bar in range(plan.bars):
        for index, pitch in enumerate(plan.voicings[bar]):
            strength = 0.52 * plan.strength(bar)
            where = -0.5 + index / max(1, len(plan.voicings[bar]) - 1)
            yield Note(bar * plan.bar_s, plan.bar_s * 1.06, plan.mood.pad, pitch, strength, where)


def _bass(plan: Plan) -> Iterator[Note]:
    bouncing = plan.mood.short or plan.mood.bass == "pluck_bass"
    for bar, degree in enumerate(plan.chords):
        low = plan.key.pitch(degree, 2)
        low -= 12 if low > 46 else 0
        strength = 0.7 * plan.strength(bar)
        if not bouncing:
            yield Note(bar * plan.bar_s, plan.bar_s * 0.98, plan.mood.bass, low, strength)
            continue
        for beat, pitch in ((0, low), (2, low + 7)):
            start = bar * plan.bar_s + beat * plan.beat_s
            yield Note(start, plan.beat_s * 1.2, plan.mood.bass, pitch, strength)


def _figure(plan: Plan) -> Iterator[Note]:
    """The chord, broken; the pace of the scene decides how busily. It waits for the second bar."""
    mood = plan.mood
    if not mood.figure:
        return
    count = mood.figures if plan.pace >= 0.35 else max(3, mood.figures // 2)
    shape = ((0, 1, 2, 1, 3, 2, 1, 2), (0, 2, 1, 2, 0, 2, 1, 3), (0, 1, 2, 3, 2, 1, 2, 1))[
        draw("figure", plan.seed) % 3
    ]
    for bar in range(1 if plan.bars > 2 else 0, plan.bars):
        voicing = plan.voicings[bar]
        ladder = (*voicing, voicing[0] + 12)
        for index in range(count):
            pitch = ladder[shape[index % 8] % len(ladder)]
            pitch -= 12 if mood.figure == "low_strings" else 0
            accent = 1.0 if index == 0 else 0.72 + 0.1 * (index % 2)
            start = bar * plan.bar_s + index * plan.bar_s / count
            length = plan.bar_s / count * (0.7 if mood.short else 1.8)
            yield Note(start, length, mood.figure, pitch, 0.62 * accent * plan.strength(bar), 0.35)


def _melody(plan: Plan) -> Iterator[Note]:
    """Each lead's theme in turn, two bars of it and two bars of rest; on the beat it agrees with the chord."""
    names = plan.names or (plan.seed,)
    turn = 0
    for bar in range(2 if plan.bars > 5 else 1, plan.bars - 1, 4):
        for step in theme(names[turn % len(names)]):
            now = bar + int(step.beat // _BEATS)
            if now >= plan.bars:
                continue
            pitch = plan.key.pitch(step.degree + plan.chords[bar], plan.mood.octave)
            pitch -= 12 if pitch > 84 else 0
            if step.beat % 2 == 0:
                pitch = _nearest(pitch, plan.voicings[now])
            if plan.mood.melody == "low_strings":
                pitch -= 12
            start = bar * plan.bar_s + step.beat * plan.beat_s
            strength = min(1.0, (0.95 if step.beat % 4 == 0 else 0.8) * plan.strength(now))
            yield Note(start, step.beats * plan.beat_s, plan.mood.melody, pitch, strength, -0.15)
        turn += 1


def _pulse(plan: Plan) -> Iterator[Note]:
    kind = plan.mood.pulse
    if not kind:
        return
    patterns: dict[str, tuple[tuple[float, str, float], ...]] = {
        "heart": ((0, "drum", 0.5), (0.5, "drum", 0.3)),
        "brush": ((1, "brush", 0.5), (2.5, "brush", 0.25), (3, "brush", 0.5)),
        "drums": ((0, "drum", 0.9), (0.75, "drum", 0.45), (1.5, "drum", 0.6), (2, "drum", 0.8), (3, "drum", 0.55), (3.5, "drum", 0.5), (1, "brush", 0.5), (3, "brush", 0.6)),
    }  # fmt: skip
    for bar in range(1 if plan.bars > 3 else 0, plan.bars):
        for beat, instrument, strength in patterns[kind]:
            start = bar * plan.bar_s + beat * plan.beat_s
            where = 0.3 if instrument == "brush" else 0.0
            yield Note(start, 0.5, instrument, 45, strength * plan.strength(bar), where)


def _ending(plan: Plan, seconds: float) -> Iterator[Note]:
    """Home: the tonic chord, from the last bar line to the end."""
    start = plan.bars * plan.bar_s
    length = seconds - start
    pad = plan.mood.pad or "strings"
    for index, pitch in enumerate(plan.voicings[-1]):
        yield Note(start, length, pad, pitch, 0.36, -0.5 + index / 2)
        yield Note(start, length, plan.mood.figure or "piano", pitch, 0.3, 0.2)
    yield Note(
        start,
        length,
        plan.mood.bass,
        plan.key.pitch(0, 2) - (12 if plan.key.tonic > 10 else 0),
        0.45,
    )


def _nearest(pitch: int, voicing: tuple[int, ...]) -> int:
    classes = {one % 12 for one in voicing}
    return min(
        range(pitch - 4, pitch + 5), key=lambda n: (n % 12 not in classes, abs(n - pitch), n)
    )
