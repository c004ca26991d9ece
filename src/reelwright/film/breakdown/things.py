"""Props and sounds: what is written in capitals, and the things that matter in any letters."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reelwright.film.breakdown.people import ROLES, is_throng


def _table(rows: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """One pattern for many words: the group that matched names the row."""
    ways = "|".join(f"(?P<{name}>{words})" for name, words in rows)
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


PROPS: dict[str, str] = {
    "phone": r"(?:tele|cell|mobile\s)?phones?|mobiles?|smartphone|receiver",
    "gun": r"guns?|pistols?|revolvers?|rifles?|shotguns?|handgun",
    "letter": r"letters?|envelopes?",
    "cup": r"cups?|mugs?|teacups?",
    "glass": r"wine\s?glass(?:es)?|glass of \w+|(?:a|the|his|her) glass",
    "bottle": r"bottles?|flask",
    "knife": r"knife|knives|dagger|blade",
    "keys": r"keys?|key\s?ring",
    "book": r"books?|diary|journal|notebook|logbook|ledger",
    "photograph": r"photographs?|photos?|polaroids?|snapshots?",
    "lamp": r"lamps?|lanterns?|torch(?:es)?|flashlights?",
    "candle": r"candles?|candlestick|wick",
    "suitcase": r"suitcases?|briefcases?|valise|trunk|luggage",
    "bag": r"bags?|backpack|rucksack|satchel|handbag|purse",
    "car": r"cars?|taxis?|cabs?|sedan|van|truck|pickup|limousine|police car",
    "bicycle": r"bicycles?|bikes?",
    "motorcycle": r"motorcycles?|motorbikes?",
    "boat": r"boats?|dinghy|rowboat|skiff|ship",
    "horse": r"horses?|mare|stallion",
    "dog": r"dogs?|puppy|hound",
    "cat": r"cats?|kitten",
    "bird": r"birds?|gulls?|seagulls?|crows?|raven|pigeons?",
    "flowers": r"flowers?|bouquet|roses?|daffodils?|tulips?|lilies",
    "money": r"money|cash|banknotes?|dollars|coins?|wad of bills",
    "clock": r"clocks?|alarm clock|pocket watch|wristwatch|watch face",
    "computer": r"computers?|laptops?|keyboard|monitor",
    "television": r"televisions?|tv|tv set",
    "radio": r"radios?|transistor|walkie-talkie",
    "camera": r"(?:a|the|his|her|old|video) camera",
    "newspaper": r"newspapers?|magazine",
    "map": r"maps?|chart",
    "umbrella": r"umbrellas?",
    "cigarette": r"cigarettes?|cigars?|pipe",
    "door": r"doors?|doorway|gate",
    "window": r"windows?|windowpane",
    "mirror": r"mirrors?",
    "bed": r"beds?|mattress|cot|bunk",
    "table": r"tables?|desk|counter|workbench",
    "chair": r"chairs?|armchair|stool|bench|rocking chair",
    "piano": r"pianos?",
    "guitar": r"guitars?|violin|fiddle",
    "box": r"boxes|box|crate|chest|parcel|package",
    "ring": r"(?:wedding|engagement|gold|diamond) ring|ring box",
    "ball": r"balls?|football|basketball",
    "doll": r"dolls?|teddy bear|toy",
    "food": r"plates?|bread|soup|cake|sandwich|meal|breakfast|dinner plates",
    "rope": r"ropes?",
    "axe": r"axes?|hatchet",
    "sword": r"swords?|sabre",
    "skull": r"skulls?|bones",
    "fire": r"(?:bon|camp)fires?|fireplace|hearth|(?:an?|the|log) (?:\w+ )?fire(?! (?:alarm|escape|truck|engine|station|exit|chief))|"
    r"on fire|flames|ablaze|burning (?:house|building|car|logs?|wood|trees?|ship|boat|barrel|wreck\w*|oil)",
    "sign": r"signs?|neon sign|poster",
    "hat": r"(?:a|the|his|her) (?:\w+ )?hat",
    "paper": r"papers?(?! (?:cups?|lanterns?|bags?|planes?|boats?|hats?|napkins?|towels?))|notes?|documents?|files?|folder|contract",
}
NAMED = _table(PROPS.items())
SOUNDS: dict[str, str] = {
    "knock": r"knock(?:s|ing)?(?! (?:him|her|them|it|over|out|down|into|\w+ (?:over|out|down)))|rap(?:s|ping) (?:on|at)|pounding (?:on|at)|bangs? on (?:the )?door",
    "phone": r"(?:phone|telephone|mobile)s? (?:is |starts? |begins? )?(?:to )?(?:ring|buzz)\w*|rings? off the hook|dial tone|ringtone",
    "bell": r"bells?|chimes?|doorbell|tolls?",
    "gunshot": r"gun\s?shots?|gunfire|shots? (?:ring|fired)|shoots|fires (?:once|twice|again|the)",
    "footsteps": r"footsteps?|footfalls?|steps (?:echo|approach)",
    "engine": r"engines?|motor (?:starts|roars|idles)|revs?",
    "glass": r"(?:glass|window|bottle|plate|mirror)\w* (?:shatter|break|smash)\w*|shatter\w*|breaking glass",
    "thunder": r"thunder\w*|lightning",
    "applause": r"applau\w+|clapping|ovation",
    "dog": r"bark(?:s|ing)?|howl(?:s|ing)?|growls?",
    "bird": r"birdsong|birds? (?:sing|chirp|cry|call)\w*|gulls? (?:cr(?:y|ies)|scream\w*|shriek\w*)|caws?",
    "baby": r"baby (?:cries|crying|wails)|infant cries",
    "siren": r"sirens?",
    "horn": r"(?:car |fog)?horns?|honk\w*|foghorn",
    "alarm": r"alarms?|beep\w*|buzzer",
    "door": r"door (?:slams?|creaks?|opens|closes|shuts|bangs)|slams? (?:the|a) door|creak\w*",
    "crash": r"crash\w*|explo(?:des?|sion\w*)|bangs?|boom(?:s|ing)?|thuds?|slam(?:s|med)?",
    "scream": r"scream\w*|shriek\w*",
    "laughter": r"laughter|laughs",
    "splash": r"splash\w*",
    "whistle": r"whistl\w+",
    "wind": r"wind (?:howls?|moans?|roars?)|gusts?|gale",
    "music": r"music|jukebox|plays the (?:piano|guitar|violin)|song",
    "train": r"train (?:passes|roars|whistles|rattles)\w*|rumbl\w+",
    "typing": r"typing|types|clacking keys",
    "clock": r"tick(?:s|ing)(?: of)?",
    "static": r"static|crackl\w+|hiss\w*",
    "click": r"click\w*|snaps? shut",
    "whisper": r"whispers echo",
}
HEARD = _table(SOUNDS.items())
CAPITALS = re.compile(
    r"(?<![\w'’])[^\W\d_a-z][^\W_a-z'’-]+(?:\s+[^\W\d_a-z][^\W_a-z'’-]*)*(?![\w'’])"
)
VERBAL = re.compile(
    r"(?:S|ING|ED)$|^(?:BANG|BOOM|CRACK|THUD|SLAM|CLICK|BEEP|CRASH|WHAM|SILENCE|LAUGHTER|MUSIC)$"
)
NOISES = frozenset(
    "LAUGH POP COUGH COUGHS GIGGLE GIGGLES WHIRR WHIR GASP GASPS SIGH TITTER BLAST CLANG CLANK HUM BUZZING "
    "DRUMROLL TAP TAPPING WHINE HISS SQUEAK SQUEAL SNAP SIZZLE GROAN CREAK WHOOSH CHIME RATTLE CLATTER YELL "
    "BARKS BARKING RINGS RINGING BUZZES BUZZING HOWLS SCREAMS SCREAMING SHRIEKS CRIES CRYING HUMS HUMMING "
    "ROARS ROARING RUMBLES RUMBLING THUNDERS CRACKLES HISSES HISSING CREAKS SQUEALS SCREECHES SCREECHING "
    "SLAMS BANGS BANGING CLICKS CLACKS TICKS TICKING BEEPS BLARES BLARING HONKS HONKING TOLLS CHIMES "
    "KNOCKS KNOCKING POUNDS POUNDING RATTLES CLATTERS CLANGS SHATTERS EXPLODES ECHOES BOOMS CHIRPS "
    "SINGS SINGING APPLAUDS APPLAUSE LAUGHS LAUGHING LAUGHTER WHISTLES WHISTLING BUZZ RING BANG BOOM "
    "CRACK CRASH CRASHES THUD THUMP CLICK BEEP SLAM KNOCK ROAR RUMBLE THUNDER HOWL SCREAM "
    "GUNSHOT GUNSHOTS GUNFIRE FOOTSTEPS SIREN SIRENS EXPLOSION STATIC SPLASH WHISTLE BUZZER SNAPS "
    "FIRES MUSIC SOUND NOISE VOICE VOICES MEOWS NEIGHS GROWLS GROWLING WAILS WAILING SNORES".split()
)  # fmt: skip
NO_THINGS = frozenset(
    "MONTAGE FLASH FLASHBACK SILHOUETTE BLACK WHITE DAY NIGHT BEAT SAME FREEZE FRAME TITLE TITLES SUPER END "
    "SHOT SHOTS POV ANGLE CAMERA SCREEN CAST SCENE SERIES LAP SLOW MOTION INTERCUT MIDDLE MASSIVE HUGE VERY ALL "
    "ONE MOMENT LATER CUT FADE MUSIC SILENCE".split()
)
SILENCE = re.compile(
    r"\b(silence|silent|stillness|not a sound|no sound|soundless\w*|hush(?:es|ed)?|dead quiet)\b",
    re.IGNORECASE,
)
CROWDS = (
    (24, r"crowds?|mob|thousands|hundreds|audience|army|congregation|multitude|stadium|spectators"),
    (12, (r"people|passengers|guests|soldiers|students|workers|customers|dancers|protesters|tourists|children|"
         r"mourners|villagers|commuters|pedestrians|patrons|diners|troops|fans|onlookers|townspeople|party-?goers|shoppers|extras")),
    (6, r"a group|a few (?:men|women|people)|policemen|officers|sailors|fishermen|kids|women|men|bystanders|friends|couples|nurses|waiters|guards"),
)  # fmt: skip
CROWD = _table((f"c{size}", words) for size, words in CROWDS)


LEADS = frozenset("a an the his her their its my your this that of some two three another".split())
LARGE = frozenset(
    "car boat horse door window mirror bed table chair piano fire sign box television".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: props (common names where we know them), sounds, and which came in capitals."""

    props: tuple[str, ...]
    sounds: tuple[str, ...]
    shouted: tuple[str, ...]


def find_things(text: str, people: AbstractSet[str]) -> Found:
    """Props and sounds of one text; capitals that are names of `people` (or parts of them) are neither."""
    props = [hit.lastgroup or "" for hit in NAMED.finditer(text)]
    sounds = [hit.lastgroup or "" for hit in HEARD.finditer(text)]
    shouted: list[str] = []
    for hit in CAPITALS.finditer(text):
        phrase = " ".join(hit[0].split())
        words = set(phrase.split())
        if phrase in people or len(phrase) < 3 or words & NO_THINGS or words & people:
            continue
        if words & NOISES or HEARD.fullmatch(phrase):
            if not HEARD.search(phrase):
                sounds.append(phrase.lower())
        elif known := NAMED.search(phrase):
            shouted.append(known.lastgroup or "")
        elif _is_thing(phrase, text[: hit.start()]):
            props.append(phrase.lower())
            shouted.append(phrase.lower())
    return Found(_once(props), _once(sounds), _once(shouted))


def is_small(thing: str) -> bool:
    """Whether a thing can fill a frame of its own without being a piece of the set."""
    return thing in PROPS and thing not in LARGE


def is_silent(text: str) -> bool:
    """Whether the words ask for silence."""
    return bool(SILENCE.search(text))


def count_crowd(text: str) -> int:
    """How many unnamed people the words put into the frame: 0, 6, 12 or 24."""
    return max((int((hit.lastgroup or "c0")[1:]) for hit in CROWD.finditer(text)), default=0)


def _is_thing(phrase: str, before: str) -> bool:
    """A phrase in capitals is a thing when an article or owner leads to it and it ends in no verb."""
    lead = "".join(before.split()[-1:]).lower().strip("\"'(")
    last = phrase.rsplit(maxsplit=1)[-1]
    someone = last.casefold() in ROLES or bool(CROWD.search(phrase)) or is_throng(phrase)
    named = lead in LEADS or lead.endswith(("'s", "’s"))
    return named and not someone and not VERBAL.search(last) and len(phrase.split()) <= 3


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
