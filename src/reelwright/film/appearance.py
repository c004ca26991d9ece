"""What a script says of somebody's looks, read into the words of a look. The script always wins."""

import re
from collections.abc import Mapping, Sequence

from reelwright.film.first_names import MEN, WOMEN

Rows = Sequence[tuple[str, str]]

FEMALE = (
    r"woman|women|girl|lady|mother|mom|mum|mommy|sister|daughter|wife|widow|queen|princess|waitress|actress|"
    r"hostess|nun|aunt|grandmother|grandma|policewoman|bride|mrs|ms|miss|madame|madam|witch|barmaid|maid|girlfriend|"
    r"landlady|goddess|mademoiselle|frau|señora|signora|female|schoolgirl|saleswoman|businesswoman|duchess|ma'am"
)
MALE = (
    r"man|men|boy|gentleman|father|dad|daddy|brother|son|husband|widower|king|prince|waiter|monk|priest|uncle|"
    r"grandfather|grandpa|policeman|groom|mr|sir|lord|guy|barman|butler|fisherman|salesman|businessman|cowboy|"
    r"boyfriend|landlord|god|monsieur|herr|señor|signor|male|schoolboy|fireman|postman|mailman|duke|bloke|lad|knight|beard|bearded|mou?stache"
)
AGES: Rows = (
    ("child", r"child|boy|girl|kid|baby|toddler|infant|schoolboy|schoolgirl|little (?:one|brother|sister)"),
    ("teen", r"teen|teens|teenage|teenager|adolescent|high[- ]school(?:er)?"),
    ("old", (r"elderly|aged|ancient|grandmother|grandfather|grandma|grandpa|seventies|eighties|sixties|wrinkled|white-haired|"
            rf"old(?=\s*(?:[,.;)]|$|and\b)|\s(?:\w+\s)?(?:{FEMALE}|{MALE})\b)")),
    ("middle", r"middle-aged|middle aged|fifties|fiftyish|gr[ae]ying|weathered"),
    ("young", r"young|twenties|student|twentysomething|youthful"),
    ("adult", r"thirties|forties|adult"),
)  # fmt: skip
NAMED_AGES: Rows = (("old", r"old|older|senior"), ("child", r"little"), *AGES)
SPELLED = {
    "twenty": 25,
    "thirty": 35,
    "forty": 42,
    "fifty": 55,
    "sixty": 65,
    "seventy": 75,
    "eighty": 85,
}

TRAITS: Mapping[str, Rows] = {
    "build": (
        ("lean", r"thin|lean|skinny|slim|slender|gaunt|wiry|lanky|bony|slight|frail"),
        ("round", r"fat|plump|chubby|stout|overweight|round(?:-faced)?|portly|rotund|heavyset|heavy-set|obese|big-bellied"),
        ("broad", r"broad|burly|muscular|stocky|brawny|barrel-chested|strong|powerful|beefy|huge|giant"),
    ),
    "height": (
        ("tall", r"tall|towering|lanky|giant|huge"),
        ("short", r"short|tiny|petite|diminutive|small"),
    ),
    "hair": (
        ("bald", r"bald|shaved head|hairless"),
        ("ponytail", r"pony-?tail"),
        ("braids", r"braids?|braided|plaits?|pigtails?|dreadlocks"),
        ("bun", r"hair (?:tied |pulled )?(?:up|back)?\s?in a (?:tight )?bun|bun|chignon"),
        ("afro", r"afro"),
        ("mohawk", r"mohawk"),
        ("curly", r"curls|curly|frizzy"),
        ("wavy", r"wavy"),
        ("bob", r"bobbed|(?:in|with) a bob"),
        ("crop", r"crew[- ]cut|cropped|buzz[- ]?cut|shaven"),
        ("receding", r"receding|balding|thinning hair"),
        ("long", r"long(?:[- ]haired|[- ]hair|,? \w+ hair)"),
        ("fringe", r"fringe"),
    ),
    "hair_colour": (
        ("blond", r"blonde?|fair-haired|golden hair"),
        ("red", r"red-?head|red-haired|ginger|red hair|auburn"),
        ("white", r"white-haired|white hair|snow-white"),
        ("grey", r"gr[ae]y-haired|gr[ae]y hair|silver-haired|silver hair|gr[ae]ying"),
        ("black", r"black-haired|black hair|raven-haired|raven hair|jet-black"),
        ("dark", r"dark-haired|dark hair"),
        ("brown", r"brown-haired|brown hair|brunette"),
        ("chestnut", r"chestnut"),
    ),
    "beard": (
        ("full", r"beard|bearded|full beard"),
        ("moustache", r"mou?stache|mou?stached|mou?stachioed"),
        ("goatee", r"goatee"),
        ("stubble", r"stubble|unshaven|unshaved"),
        ("none", r"clean-shaven"),
    ),
    "glasses": (
        ("dark", r"sunglasses|dark glasses|shades|aviators"),
        ("square", r"horn-rimmed|thick glasses|square glasses"),
        ("round", r"(?<!wine )(?<!glass )glasses|spectacles|bespectacled|monocle"),
    ),
    "hat": (
        ("helmet", r"helmet|hard hat"),
        ("straw", r"straw hat|sun hat|sunhat"),
        ("beanie", r"beanie|wool(?:en|ly)? (?:hat|cap)|knit(?:ted)? (?:hat|cap)"),
        ("scarf", r"headscarf|head scarf|veil|hijab|shawl|kerchief|bandana"),
        ("crown", r"crown|tiara"),
        ("cap", r"cap|baseball cap"),
        ("fedora", r"fedora|trilby|hat|bowler"),
    ),
    "costume": (
        ("coat", r"coat|raincoat|overcoat|trench ?coat|parka|mackintosh|slicker|oilskins?|lab coat|fur"),
        ("jacket", r"jacket|blazer|anorak|windbreaker|leathers"),
        ("suit", r"suit|tuxedo|business suit|pinstripes?"),
        ("sweater", r"sweater|jumper|pullover|cardigan|turtleneck"),
        ("tshirt", r"t-shirt|tee|tank top|tshirt"),
        ("shirt", r"shirt|blouse|flannel"),
        ("dress", r"dress|gown|skirt|nightgown|sundress"),
        ("hoodie", r"hoodie|hooded|sweatshirt"),
        ("uniform", r"uniform|uniformed|fatigues|scrubs"),
        ("overalls", r"overalls|dungarees|coveralls|boiler suit|jumpsuit"),
        ("vest", r"vest|waistcoat"),
        ("robe", r"robes?|cassock|nun's habit|toga|bathrobe|dressing gown|kimono|cloak|cape"),
        ("apron", r"apron"),
        ("armour", r"armou?r|chainmail"),
    ),
}  # fmt: skip
TRADES: Sequence[tuple[str, Mapping[str, str]]] = (
    (r"police(?:man|woman)?|cops?|patrol(?:man)?|sheriff|deputy|constable",
     {"costume": "uniform", "colour": "navy", "second": "navy", "hat": "police"}),
    (r"soldiers?|private|corporal|sergeant|lieutenant|marine|sentry|guards?",
     {"costume": "uniform", "colour": "olive", "second": "olive", "hat": "helmet"}),
    (r"general|colonel|major|admiral|captain|officer|pilot|conductor|postman|mailman|steward(?:ess)?",
     {"costume": "uniform", "colour": "navy", "second": "gold", "hat": "cap"}),
    (r"nurse|orderly|paramedic", {"costume": "uniform", "colour": "sky", "second": "white"}),
    (r"doctor|surgeon|scientist|dr|professor|pharmacist", {"costume": "coat", "colour": "white", "second": "sky"}),
    (r"priest|father|reverend|vicar|pastor|bishop|cardinal", {"costume": "robe", "colour": "black", "second": "white"}),
    (r"nun|sister superior|abbess", {"costume": "robe", "colour": "black", "second": "white", "hat": "scarf"}),
    (r"monk|friar|wizard|druid|hermit", {"costume": "robe", "colour": "brown", "second": "sand"}),
    (r"judge", {"costume": "robe", "colour": "black", "second": "crimson"}),
    (r"waiter|waitress|bartender|barman|barmaid|barista", {"costume": "apron", "colour": "white", "second": "black"}),
    (r"cook|chef|baker|butcher|maid|grocer|blacksmith", {"costume": "apron", "colour": "white", "second": "grey"}),
    (r"king|queen|emperor|empress", {"costume": "robe", "colour": "crimson", "second": "gold", "hat": "crown"}),
    (r"knight|warrior|gladiator", {"costume": "armour", "colour": "grey", "second": "crimson", "hat": "helmet"}),
    (r"farmer|gardener|cowboy|rancher", {"costume": "overalls", "colour": "navy", "second": "sand", "hat": "straw"}),
    (r"mechanic|worker|plumber|janitor|electrician|welder|miner|fireman|firefighter",
     {"costume": "overalls", "colour": "rust", "second": "charcoal"}),
    (r"butler|lawyer|attorney|banker|agent|boss|businessman|undertaker|politician|mayor|senator|president|host",
     {"costume": "suit", "colour": "charcoal", "second": "white"}),
    (r"sailor|fisherman|skipper|bosun", {"costume": "sweater", "colour": "navy", "second": "cream", "hat": "beanie"}),
    (r"detective|inspector|private eye|investigator", {"costume": "coat", "colour": "sand", "second": "charcoal"}),
    (r"bride", {"costume": "dress", "colour": "white", "second": "cream"}),
    (r"groom", {"costume": "suit", "colour": "black", "second": "white"}),
)  # fmt: skip
COLOUR_WORDS = {
    "red": "crimson", "scarlet": "crimson", "crimson": "crimson", "burgundy": "plum", "maroon": "plum",
    "orange": "rust", "rust": "rust", "yellow": "amber", "amber": "amber", "mustard": "mustard",
    "green": "forest", "olive": "olive", "khaki": "olive", "teal": "teal", "turquoise": "teal", "blue": "sky",
    "navy": "navy", "purple": "violet", "violet": "violet", "plum": "plum", "pink": "rose", "rose": "rose",
    "beige": "sand", "tan": "sand", "sand": "sand", "cream": "cream", "white": "white", "grey": "grey",
    "gray": "grey", "silver": "grey", "charcoal": "charcoal", "black": "black", "brown": "brown",
    "gold": "gold", "golden": "gold",
}  # fmt: skip
SKIN_WORDS: Rows = (
    ("porcelain", r"pale|porcelain"),
    ("ebony", r"black (?:man|woman|boy|girl)|african"),
    ("tan", r"tanned|sunburnt|sunburned"),
)
YEARS = re.compile(
    r"(?<![\d:.$-])(\d{1,2})(?:['’]?s)?(?![\d:%]|\s*(?:am|pm|minutes|feet|years later|dollars))(?!\w)"
)
SPELLED_YEARS = re.compile(r"\b(" + "|".join(SPELLED) + r")(?:-\w+)?[- ]years?[- ]old\b")
SUBJECTS = {"woman": re.compile(r"\b(?:she|her|hers)\b"), "man": re.compile(r"\b(?:he|his)\b")}
OTHERS = re.compile(
    rf"\b(?:his|her|their|my|\w+['’]s)\s+(?:\w+\s+)?(?:{FEMALE}|{MALE}|child|baby)\b"
)
OWNERS = re.compile(r"\w+['’]s\b")
NEAR_WORDS = 12
FIXED_NEAR = frozenset(("build", "height"))
GARMENT = re.compile(
    r"\b(" + "|".join(COLOUR_WORDS) + r")(?:[ -]\w+)?[ -](?:" +
    "|".join(words for _, words in TRAITS["costume"]) + r")\b"
)  # fmt: skip
FEMALES, MALES = re.compile(rf"\b(?:{FEMALE})\b"), re.compile(rf"\b(?:{MALE})\b")


def _compiled(rows: Rows) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((value, re.compile(rf"\b(?:{words})\b")) for value, words in rows)


AGE_TABLE, NAMED_AGE_TABLE = _compiled(AGES), _compiled(NAMED_AGES)
TRAIT_TABLE = {trait: _compiled(rows) for trait, rows in (*TRAITS.items(), ("skin", SKIN_WORDS))}
TRADE_TABLE = tuple(
    (re.compile(rf"\b(?:{words})\b"), re.compile(rf"\b(?:an?|the) (?:\w+ )?(?:{words})\b"), wears)
    for words, wears in TRADES
)


def read_sex(name: str, description: str) -> str | None:
    """`man`, `woman`, or None where the script leaves it open.

    A word in the name says it first (QUEEN, WAITER, MRS), then a first name nearly everyone reads
    one way, then a noun near the name, then the pronouns of the description.
    """
    own = OWNERS.sub("", name.lower())
    first, near = set(re.findall(r"[^\W\d_]+", own)), _near(description)
    for woman, man in (
        (FEMALES.search(own), MALES.search(own)),
        (first & WOMEN, first & MEN),
        (FEMALES.search(near), MALES.search(near)),
    ):
        if bool(woman) != bool(man):
            return "woman" if woman else "man"
    she, he = (len(words.findall(description.lower())) for words in SUBJECTS.values())
    return "woman" if she > he else "man" if he > she else None


def read_age(name: str, description: str) -> str | None:
    """An age word, from the name before the description, numbers before words; None if unsaid."""
    if found := _first(NAMED_AGE_TABLE, OWNERS.sub("", name.lower())):
        return found
    near = _near(description)
    if number := YEARS.search(near):
        return _age_group(int(number[1]))
    if spelled := SPELLED_YEARS.search(near):
        return _age_group(SPELLED[spelled[1]])
    return _first(AGE_TABLE, near)


def read_looks(name: str, description: str) -> dict[str, str]:
    """Every trait of a look that name and description fix, by its field."""
    near, said = _near(description), description.lower()
    looks: dict[str, str] = {}
    for in_name, in_text, wears in TRADE_TABLE:
        if in_name.search(name.lower()) or in_text.search(near):
            looks.update(wears)
            break
    for trait, table in TRAIT_TABLE.items():
        if value := _first(table, near if trait in FIXED_NEAR else said):
            looks[trait] = value
    if garment := GARMENT.search(said):
        looks["colour"] = COLOUR_WORDS[garment[1]]
    if sex := read_sex(name, description):
        looks["sex"] = sex
    if age := read_age(name, description):
        looks["age"] = age
    return looks


def _near(description: str) -> str:
    """The words that stand close to a name, without other people: `her father`, `Ann's boy`."""
    return " ".join(OTHERS.sub(" ", description.lower()).split()[:NEAR_WORDS])


def _age_group(years: int) -> str:
    borders = ((12, "child"), (19, "teen"), (29, "young"), (44, "adult"), (59, "middle"))
    return next((group for limit, group in borders if years <= limit), "old")


def _first(table: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    return next((value for value, pattern in table if pattern.search(text)), None)
