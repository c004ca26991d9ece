"""Music of a known tempo and key, made of drums, a bass and chords."""

import numpy as np

RATE = 22_050
_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_COURSES = {"major": (0, 4, 5, 3, 0, 3, 4, 0), "minor": (0, 5, 2, 6, 0, 3, 4, 0)}
"""The degrees on which the chords of each bar stand."""


def drums(bpm, seconds, seed=0):
    """A kick on one and three, a snare on two and four, a hat on each half."""
    rng, beat = np.random.default_rng(seed), 60 / bpm
    out = np.zeros(int(seconds * RATE) + RATE)
    for number in range(int(seconds / beat * 2)):
        at = int(number * beat / 2 * RATE)
        _add(out, at, 0.15 * _noise(rng, 0.04))
        if number % 4 == 0:
            _add(out, at, _thump(0.15))
        elif number % 4 == 2:
            _add(out, at, 0.5 * _noise(rng, 0.12))
    return out[: int(seconds * RATE)]


def tune(tonic, mode, bpm, seconds, seed=0):
    """Chords, a bass and a wandering voice in a key (`tonic` 0 is C), four beats a bar."""
    rng, beat = np.random.default_rng(seed), 60 / bpm
    scale, course = (_MAJOR if mode == "major" else _MINOR), _COURSES[mode]
    out = np.zeros(int(seconds * RATE) + 4 * RATE)
    for bar in range(int(seconds / beat / 4) + 1):
        root = course[bar % len(course)]
        for step in (0, 2, 4):
            _add(
                out,
                int(bar * 4 * beat * RATE),
                0.2 * _note(_pitch(scale, tonic, root + step), 4 * beat),
            )
        for count in range(4):
            at = int((bar * 4 + count) * beat * RATE)
            _add(out, at, 0.3 * _note(_pitch(scale, tonic, root) - 24, beat))
            degree = root + rng.choice((0, 2, 4)) if count % 2 == 0 else root + rng.integers(0, 7)
            _add(out, at, 0.25 * _note(_pitch(scale, tonic, int(degree)) + 12, beat))
    return 0.5 * out[: int(seconds * RATE)]


def _pitch(scale, tonic, degree):
    return 60 + tonic + 12 * (degree // 7) + scale[degree % 7]


def _note(pitch, seconds):
    at = np.arange(int(seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    tone = sum(np.sin(2 * np.pi * hertz * part * at) / part**1.5 for part in range(1, 6))
    return tone * np.exp(-2 * at) * np.minimum(1, at * 100)


def _thump(seconds):
    at = np.arange(int(seconds * RATE)) / RATE
    return np.sin(2 * np.pi * (50 * at + 30 * (1 - np.exp(-20 * at)) / 20 * 5)) * np.exp(-18 * at)


def _noise(rng, seconds):
    at = np.arange(int(seconds * RATE)) / RATE
    return rng.normal(0, 0.5, len(at)) * np.exp(-at * 4 / seconds)


def _add(out, at, part):
    end = min(len(out), at + len(part))
    if at < end:
        out[at:end] += part[: end - at]
