"""Every interior: its name, the heading's words that call for it, its builder, its ambience."""

from reelwright.providers.sketch.sets.interiors import bar, bedroom, kitchen, living_room, office
from reelwright.providers.sketch.stage import SetDesign

INTERIORS: tuple[SetDesign, ...] = (
    SetDesign("living_room", ("living room", "lounge", "sitting room", "parlour", "parlor", "apartment", "house", "home", "flat", "den", "family room"), living_room.build, "room"),
    SetDesign("kitchen", ("kitchen", "kitchenette", "pantry", "breakfast room"), kitchen.build, "kitchen"),
    SetDesign("bedroom", ("bedroom", "hotel room", "motel room", "motel", "bed", "nursery", "guest room"), bedroom.build, "room"),
    SetDesign("office", ("office", "cubicle", "newsroom", "bureau", "agency", "police station", "precinct", "study"), office.build, "office"),
    SetDesign("bar", ("bar", "pub", "tavern", "saloon", "nightclub", "club", "inn"), bar.build, "bar"),
)  # fmt: skip
