"""Every prop: its name, the script's words for it, its drawing, its height in metres, whether it is held."""

import re

from reelwright.providers.sketch.props import (
    animals,
    arms,
    devices,
    fixtures,
    lights,
    luggage,
    papers,
    vehicles,
    vessels,
)
from reelwright.providers.sketch.props.brush import Paint, painted
from reelwright.providers.sketch.stage import PropDesign


def _row(
    words: str, work: Paint, height: float, *, held: bool = False, flat: bool = False
) -> PropDesign:
    """A row of the table; its name is the first of its words, which are parted by bars."""
    names = tuple(words.split("|"))
    return PropDesign(names[0], names, painted(work, lies=flat), height, held, flat)


PROPS: tuple[PropDesign, ...] = (
    _row("mobile|mobile phone|cell phone|cellphone|smartphone|cell|phone|iphone", devices.mobile, 0.15, held=True, flat=True),
    _row("telephone|receiver|landline|pay phone|payphone|handset", devices.telephone, 0.2),
    _row("computer|laptop|keyboard|notebook computer|terminal|pc", devices.computer, 0.3),
    _row("television|tv|tv set|telly|television set|monitor", devices.television, 0.6),
    _row("radio|walkie-talkie|walkie talkie|transistor|stereo", devices.radio, 0.3),
    _row("camera|polaroid|video camera", devices.camera, 0.12, held=True),
    _row("clock|alarm clock|alarm|timer", devices.clock, 0.18),
    _row("watch|wristwatch|pocket watch|stopwatch", devices.watch, 0.2, held=True, flat=True),
    _row("gun|pistol|revolver|handgun|weapon|firearm|rifle|shotgun", arms.gun, 0.16, held=True, flat=True),
    _row("knife|dagger|blade|knives|razor|scalpel", arms.knife, 0.3, held=True, flat=True),
    _row("sword|rapier|sabre|saber|katana", arms.sword, 1.0, held=True, flat=True),
    _row("keys|key|key ring|keyring", arms.keys, 0.12, held=True, flat=True),
    _row("ring|wedding ring|engagement ring|diamond|jewel|necklace|locket", arms.ring, 0.04, held=True, flat=True),
    _row("rope|cord|noose|lasso|line", arms.rope, 0.3),
    _row("tools|tool|hammer|wrench|axe|screwdriver|crowbar", arms.tools, 0.3, held=True, flat=True),
    _row("letter|envelope|note|mail|invitation|telegram", papers.letter, 0.2, held=True, flat=True),
    _row("book|diary|journal|bible|notebook|novel|manuscript", papers.book, 0.24, held=True),
    _row("photograph|photo|picture|portrait|snapshot|picture frame", papers.photograph, 0.25, held=True),
    _row("money|cash|bills|banknotes|dollars|coins|coin|wad", papers.money, 0.1, held=True),
    _row("map|chart|blueprint|plan", papers.chart, 0.4, held=True, flat=True),
    _row("newspaper|paper|magazine|headline", papers.newspaper, 0.4, held=True, flat=True),
    _row("file|folder|dossier|document|contract|papers|documents|report|script", papers.dossier, 0.32, held=True, flat=True),
    _row("cup|mug|coffee|tea|coffee cup|teacup|saucer", vessels.cup, 0.1, held=True),
    _row("wine glass|wine|champagne|goblet", vessels.wine_glass, 0.2, held=True),
    _row("glass|whisky|whiskey|drink|water|tumbler|beer", vessels.tumbler, 0.12, held=True),
    _row("bottle|flask|wine bottle|beer bottle|vial|pills", vessels.bottle, 0.3, held=True),
    _row("cake|birthday cake|pie", vessels.cake, 0.25),
    _row("bowl|fruit|apple|apples|orange|plate|food", vessels.bowl, 0.16),
    _row("lamp|table lamp|desk lamp", lights.lamp, 0.55),
    _row("candle|candles|candlestick|match|matches|lighter", lights.candle, 0.25, held=True),
    _row("lantern|oil lamp|storm lantern", lights.lantern, 0.4, held=True),
    _row("torch|flashlight|searchlight", lights.torch, 0.18, held=True, flat=True),
    _row("cigarette|ashtray|cigar|smoke", lights.cigarette, 0.06, held=True),
    _row("suitcase|case|briefcase|luggage|trunk", luggage.suitcase, 0.5, held=True),
    _row("bag|handbag|purse|backpack|satchel|duffel bag|sack", luggage.bag, 0.35, held=True),
    _row("box|package|parcel|crate|carton|gift|present", luggage.box, 0.4, held=True),
    _row("hat|cap|fedora|helmet", luggage.hat, 0.15, held=True),
    _row("umbrella|parasol", luggage.umbrella, 0.9, held=True),
    _row("flowers|flower|bouquet|rose|roses|vase|tulips|lilies", luggage.flowers, 0.4, held=True),
    _row("guitar|violin|instrument|ukulele|banjo", luggage.guitar, 1.0, held=True),
    _row("dog|puppy|hound", animals.dog, 0.65),
    _row("cat|kitten", animals.cat, 0.42),
    _row("bird|crow|raven|parrot|gull|seagull|pigeon|dove", animals.bird, 0.25),
    _row("horse|pony|mare|stallion", animals.horse, 2.1),
    _row("car|automobile|taxi|cab|truck|van|sedan|vehicle|police car|jeep", vehicles.car, 4.3),
    _row("bicycle|bike|cycle", vehicles.bicycle, 1.7),
    _row("boat|rowing boat|rowboat|dinghy|canoe", vehicles.boat, 3.4),
    _row("door|doorway|front door|gate", fixtures.door, 2.1),
    _row("bed|cot|bunk", fixtures.bed, 2.1),
    _row("table|dining table|coffee table|desk", fixtures.table, 1.3),
    _row("chair|armchair|stool|seat", fixtures.chair, 0.95),
    _row("mirror|looking glass", fixtures.mirror, 0.7),
    _row("grave|gravestone|tombstone|headstone|tomb", fixtures.grave, 1.0),
    _row("fire|campfire|flames|bonfire|fireplace", fixtures.fire, 0.8),
)  # fmt: skip

_BY_WORD = {word: design for design in PROPS for word in design.words}


def choose_prop(word: str) -> PropDesign | None:
    """The prop a script's word or phrase calls for, singular or plural; None when there is none.

    Of several that fit a phrase the longest wins, then the last, which is the thing itself
    ("a brass table lamp" is a lamp, not a table).
    """
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", word.lower())
    best: tuple[int, int, PropDesign] | None = None
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            design = _named(" ".join(words[start:end]))
            if design is not None and (best is None or (end - start, end) > best[:2]):
                best = (end - start, end, design)
    return best[2] if best else None


def _named(phrase: str) -> PropDesign | None:
    for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), phrase + "s"):
        if form in _BY_WORD:
            return _BY_WORD[form]
    return None
