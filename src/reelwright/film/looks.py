"""How a character looks, in words any artist understands, human or machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """One character's appearance, fixed for the whole film. All values are words from `CHOICES`.

    Colours are words of `COLOURS`; `skin` and `hair_colour` have their own lists.
    """

    sex: str = "man"
    age: str = "adult"
    build: str = "average"
    height: str = "average"
    head: str = "oval"
    skin: str = "tan"
    hair: str = "short"
    hair_colour: str = "brown"
    beard: str = "none"
    glasses: str = "none"
    hat: str = "none"
    costume: str = "coat"
    colour: str = "teal"
    second: str = "sand"


CHOICES: dict[str, tuple[str, ...]] = {
    "sex": ("man", "woman"),
    "age": ("child", "teen", "young", "adult", "middle", "old"),
    "build": ("lean", "average", "broad", "round"),
    "height": ("short", "average", "tall"),
    "head": ("oval", "round", "square", "long", "heart"),
    "skin": ("porcelain", "rose", "fair", "tan", "olive", "brown", "umber", "ebony"),
    "hair": (
        "short", "crop", "bald", "side_part", "quiff", "curly", "afro", "bob", "long",
        "ponytail", "bun", "braids", "fringe", "wavy", "mohawk", "receding",
    ),
    "hair_colour": ("black", "dark", "brown", "chestnut", "red", "blond", "grey", "white"),
    "beard": ("none", "stubble", "moustache", "goatee", "full"),
    "glasses": ("none", "round", "square", "dark"),
    "hat": ("none", "cap", "fedora", "beanie", "straw", "helmet", "scarf", "police", "crown"),
    "costume": (
        "coat", "jacket", "suit", "sweater", "shirt", "tshirt", "dress", "hoodie", "uniform",
        "overalls", "vest", "robe", "apron", "armour",
    ),
}  # fmt: skip

COLOURS: dict[str, str] = {
    "crimson": "b3303a", "rust": "b5562f", "amber": "d39a35", "mustard": "b99a2e",
    "olive": "74803a", "forest": "2f6b4a", "teal": "2a7d80", "sky": "5b9cc9",
    "navy": "2c4372", "violet": "6b4c94", "plum": "84406f", "rose": "cf7389",
    "sand": "cbb48a", "cream": "e6dcc4", "white": "eeece6", "grey": "84898f",
    "charcoal": "3b3f47", "black": "22232a", "brown": "6e4a33", "gold": "c9a24a",
}  # fmt: skip

SKINS: dict[str, str] = {
    "porcelain": "f6dcc8", "rose": "efc1a5", "fair": "e6b48f", "tan": "d19a6f",
    "olive": "b98a5c", "brown": "96653f", "umber": "6f462c", "ebony": "4a2f22",
}  # fmt: skip

HAIR_COLOURS: dict[str, str] = {
    "black": "17141a", "dark": "2f2019", "brown": "573724", "chestnut": "7d4427",
    "red": "a94a24", "blond": "d6ae62", "grey": "8d9096", "white": "dedcd6",
}  # fmt: skip
