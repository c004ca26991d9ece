"""What the rated takes teach: which words to keep, and which model to ask next."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelwright.studio.music.values import MusicSession, MusicTake

GOOD, BAD = 4, 2
"""From this rating up a take is good, from that one down it is bad."""
PRIOR, WEIGHT = 3.0, 2.0
"""A model nobody has rated stands in the middle; each counts as if rated so twice already."""
_SMALL = frozenset("a an and the of with in on for to by at as but or is".split())


@dataclass(frozen=True, slots=True)
class Refined:
    """The next prompt, the model to prefer (None: nothing speaks for one), and why, in plain words.

    `by` is `rules`, or the model that worded it.
    """

    prompt: str
    model: str | None
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    why: str
    by: str = "rules"


class ProducerAIOptimizer:
    """Refines prompt and model from rated takes. Equal takes give equal advice."""

    def refine(self, session: MusicSession, prompt: str | None = None) -> Refined:
        """What to ask next, going on from `prompt`, or from the best take's.

        Phrases that only bad takes have are dropped, those that all good takes share are kept or
        added; the model is the one with the best mean rating, drawn toward the middle where few
        have been rated.
        """
        rated = [one for one in session.takes if one.rating is not None]
        best = max(rated, key=lambda one: (one.rating or 0, one.number), default=None)
        base = prompt or (best.prompt if best else "")
        good = [one for one in rated if (one.rating or 0) >= GOOD]
        bad = [one for one in rated if (one.rating or 0) <= BAD]
        kept = _shared(good)
        dropped = _only_bad(bad, [one for one in rated if one not in bad])
        phrases = [one for one in _phrases(base) if _key(one) not in dropped]
        there = {_key(one) for one in phrases}
        phrases += [kept[key] for key in kept if key not in there]
        gone = tuple(one for one in _phrases(base) if _key(one) in dropped)
        means = _means(rated)
        model = max(means, key=lambda name: (means[name], name), default=None)
        joint = ", " if len(re.split(r"[,;.\n]+", base)) > 1 else " "
        refined = joint.join(phrases) or base
        return Refined(refined, model, tuple(kept.values()), gone, _why(good, bad, means, model))


def _phrases(prompt: str) -> list[str]:
    """The parts of a prompt between its commas and stops; a prompt without any in its words."""
    parts = [one.strip() for one in re.split(r"[,;.\n]+", prompt) if one.strip()]
    if len(parts) > 1:
        return list(dict.fromkeys(parts))
    words = re.findall(r"[\w'’-]+", prompt)
    return list(dict.fromkeys(words)) if parts else []


def _key(phrase: str) -> str:
    return " ".join(word for word in phrase.lower().split() if word not in _SMALL)


def _keys(take: MusicTake) -> dict[str, str]:
    return {key: one for one in _phrases(take.prompt) if (key := _key(one))}


def _shared(good: Sequence[MusicTake]) -> dict[str, str]:
    """What all good takes have; of a single one, all it has."""
    if not good:
        return {}
    first, *others = map(_keys, good)
    return {key: one for key, one in first.items() if all(key in other for other in others)}


def _only_bad(bad: Sequence[MusicTake], others: Sequence[MusicTake]) -> set[str]:
    fine = {key for one in others for key in _keys(one)}
    return {key for one in bad for key in _keys(one)} - fine


def _means(rated: Sequence[MusicTake]) -> Mapping[str, float]:
    ratings: dict[str, list[int]] = {}
    for one in rated:
        if one.model:
            ratings.setdefault(one.model, []).append(one.rating or 0)
    return {
        name: (sum(many) + PRIOR * WEIGHT) / (len(many) + WEIGHT) for name, many in ratings.items()
    }


def _why(
    good: Sequence[MusicTake],
    bad: Sequence[MusicTake],
    means: Mapping[str, float],
    model: str | None,
) -> str:
    if not means:
        return "no take has been rated, so nothing is known yet"
    told = f"{len(good)} good and {len(bad)} bad takes"
    return f"{told}; {model} stands at {means[model]:.1f} of 5" if model else told
