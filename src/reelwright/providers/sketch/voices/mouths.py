"""Mouth shapes out of phonemes in IPA."""

from collections.abc import Sequence

SHAPES: dict[str, str] = {
    "closed": "mbpɱɓ",
    "teeth": "fvʋ",
    "tongue": "lɫɭʎθðɬɮ",
    "open": "aɑɒæʌɐäɶ",
    "wide": "eiɛɪɨjy",
    "round": "oɔuʊʉwɯɤøœʏɥ",
    "small": "əɜɚɝɵtdnszʃʒkgɡŋhɹrɾʁxçʂʐɕʑcɟɲqɢʔɦɣɻʀβɸħʕ",
}
"""Which sounds make which of the shapes of `film.voices.MOUTHS`."""

_SHAPE = {sound: shape for shape, sounds in SHAPES.items() for sound in sounds}
_SHORTEST = 0.045
Cue = tuple[float, str]


def mouths(phonemes: Sequence[tuple[float, str]], end: float) -> list[Cue]:
    """When the mouth takes which shape: (seconds, shape), in order, at rest at `end`.

    A diphthong shares its time between its two shapes; shapes shorter than an eye can see are
    left out, except closed lips, which everyone misses.
    """
    cues: list[Cue] = [(0.0, "rest")]
    following = [at for at, _ in phonemes[1:]] + [end]
    for (at, sounds), until in zip(phonemes, following, strict=True):
        shapes = _shapes(sounds)
        for index, shape in enumerate(shapes):
            cues.append((at + (until - at) * index / len(shapes), shape))
    return _visible([*cues, (end, "rest")])


def _shapes(sounds: str) -> list[str]:
    found = [_SHAPE[sound] for sound in sounds if sound in _SHAPE]
    distinct = [
        shape for index, shape in enumerate(found) if index == 0 or shape != found[index - 1]
    ]
    return distinct or ["rest"]


def _visible(cues: Sequence[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for (at, shape), (until, _) in zip(cues, [*cues[1:], (float("inf"), "")], strict=True):
        flicker = until - at < _SHORTEST and shape != "closed"
        if until > at and not flicker and (not kept or kept[-1][1] != shape):
            kept.append((round(at, 3), shape))
    return kept
