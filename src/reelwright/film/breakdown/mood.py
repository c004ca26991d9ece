"""How a scene feels, and what the weather does, from the words that say so."""

import re
from collections import Counter
from collections.abc import Iterable

from reelwright.film.breakdown.model import TimeOfDay, Weather

MOODS: dict[str, str] = {
    "tense": r"tense|nervous\w*|danger\w*|threat\w*|gun|knife|stare[sd]?|waits|careful\w*|suspic\w*|silence|"
             r"trapped|locked|afraid|fear\w*|sweat\w*|hides?|hiding|freezes|warning|argu\w+|glares?|slams?|trembl\w*",
    "sad": r"sad\w*|tears?|cr(?:y|ies|ying)|weeps?|grie\w+|funeral|grave\w*|mourn\w*|alone|lonel\w+|lost|"
           r"empty|dead|dies|dying|death|hospital|goodbye|farewell|coffin|sobs?|broken",
    "joyful": r"laugh\w*|smil\w+|grin\w*|happ\w+|joy\w*|danc\w+|party|celebrat\w*|birthday|wedding|cheer\w*|"
              r"sunshine|sing(?:s|ing)|play(?:s|ing)|delight\w*|balloons?|festival",
    "romantic": r"kiss\w*|embrac\w*|lovers?|tender\w*|romantic|candlelight|caress\w*|holds? (?:her|his) hand|"
                r"in love|slow dance|hand in hand|moonlight|gently",
    "eerie": r"eerie|ghost\w*|haunt\w*|fog|mist|shadows?|darkness|strange|creak\w*|whispers?|abandoned|"
             r"cemetery|graveyard|skull|scream\w*|blood\w*|monster|corpse|candle|howl\w*|moon",
    "action": r"runs?|running|chas\w+|explo\w+|crash\w*|fires|gunfire|gunshots?|shoots|fights?|punch\w*|"
              r"jumps?|leaps?|races|sprint\w*|speeds?|swerves?|attack\w*|charges|dives|escap\w+",
    "comic": r"trips|slips|clums\w+|awkward\w*|ridiculous\w*|absurd\w*|funny|joke\w*|giggl\w*|stumbl\w+|"
             r"bumps into|spills?|silly|clown\w*|burps?|wrong (?:way|door)",
    "solemn": r"church|priest|pray\w*|ceremony|judge|court\w*|king|throne|salutes?|oath|candles|bows|choir|"
              r"military|flag|procession|altar|cathedral|memorial",
    "wonder": r"stars?|magic\w*|wonder\w*|glow\w*|vast|light floods|shimmer\w*|miracle|dream\w*|awe|beautiful|"
              r"breathtaking|galaxy|space|aurora|sparkl\w*|fireflies|horizon|enormous|giant",
}  # fmt: skip
MOOD = re.compile(
    r"\b(?:" + "|".join(f"(?P<{mood}>{words})" for mood, words in MOODS.items()) + r")\b"
)
ENOUGH = 2
SKIES: tuple[tuple[Weather, str], ...] = (
    (Weather.STORM, r"storm(?!s)|stormy|thunder\w*|lightning|hurricane|tempest|gale|(?:heavy|raging|rough) seas?|wave as high as|mountainous waves?|downpour|orage|gewitter|tormenta"),
    (Weather.SNOW, r"snow\w*|blizzard|sleet|neige|schnee|nieve|neve"),
    (Weather.RAIN, r"rain\w*|drizzl\w*|wet street|soaked|drenched|puddles|umbrellas?|pluie|regen|lluvia|pioggia"),
    (Weather.FOG, r"fog\w*|mist|misty|haze|brouillard|nebel|niebla|nebbia"),
    (Weather.CLOUD, r"overcast|cloud(?:s|y)|gr[ae]y sky|leaden|nuages|wolken"),
    (Weather.CLEAR, r"sunny|sunshine|sunlit|clear (?:sky|night|day)|blue sky|cloudless|bright sun|blazing sun|starry"),
)  # fmt: skip
SKY = re.compile(
    r"\b(?:" + "|".join(f"(?P<{weather.name}>{words})" for weather, words in SKIES) + r")\b"
)


def read_mood(heading: str, action: Iterable[str], time: TimeOfDay) -> str:
    """The mood most words of the action speak for; what is said in dialogue does not change it."""
    counts = Counter(
        hit.lastgroup for text in (heading, *action) for hit in MOOD.finditer(text.lower())
    )
    if not counts:
        return "neutral"
    best = max(MOODS, key=lambda mood: (counts[mood], mood == "eerie" and time is TimeOfDay.NIGHT))
    alone = counts[best] > max((counts[mood] for mood in MOODS if mood != best), default=0)
    return best if counts[best] >= ENOUGH or alone else "neutral"


def read_weather(heading: str, action: Iterable[str]) -> Weather | None:
    """The first weather named, in the heading before the action; None where nobody mentions it."""
    for text in (heading, *action):
        if found := SKY.search(text.lower()):
            return Weather[found.lastgroup or "CLEAR"]
    return None
