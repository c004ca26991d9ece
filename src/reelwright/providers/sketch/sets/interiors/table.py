"""Every interior: its name, the heading's words that call for it, its builder, its ambience."""

from collections.abc import Callable

from reelwright.providers.sketch.sets.interiors import (
    bar,
    bathroom,
    bedroom,
    car,
    cave,
    cell,
    church,
    classroom,
    corridor,
    courtroom,
    elevator,
    hospital,
    kitchen,
    laboratory,
    library,
    lighthouse,
    living_room,
    office,
    plain,
    plane,
    restaurant,
    shop,
    spaceship,
    staircase,
    theatre,
    train,
    warehouse,
    workshop,
)
from reelwright.providers.sketch.stage import SetDesign, Stage


def _row(words: str, build: Callable[[Stage], None], air: str) -> SetDesign:
    """A row of the table; its name is the first of its words, which are parted by bars."""
    names = tuple(words.split("|"))
    return SetDesign(names[0], names, build, air)


INTERIORS: tuple[SetDesign, ...] = (
    _row("room|cabin|hut|shack|cottage|tent|basement|cellar", plain.build, "room"),
    _row("living room|lounge|sitting room|drawing room|parlour|parlor|apartment|house|home|flat|den|family room|mansion|villa|loft", living_room.build, "room"),
    _row("kitchen|kitchenette|pantry|breakfast room|dining room", kitchen.build, "kitchen"),
    _row("bedroom|hotel room|motel room|motel|hotel|nursery|guest room|dormitory|dorm", bedroom.build, "room"),
    _row("bathroom|toilet|washroom|restroom|shower|men's room|ladies' room|ladies room|lavatory", bathroom.build, "bathroom"),
    _row("office|cubicle|newsroom|bureau|agency|police station|precinct|study|bank|conference room|meeting room|boardroom|interrogation room|studio|call centre|call center", office.build, "office"),
    _row("corridor|hallway|passage|hotel corridor|hospital corridor|school corridor|tunnel|subway", corridor.build, "corridor"),
    _row("classroom|school|schoolroom|lecture hall|auditorium|university", classroom.build, "classroom"),
    _row("hospital room|hospital|ward|clinic|infirmary|emergency room|operating room|surgery|icu|sick bay|morgue", hospital.build, "hospital"),
    _row("bar|pub|tavern|saloon|nightclub|club|inn|casino", bar.build, "bar"),
    _row("diner|cafe|café|coffee shop|cafeteria|canteen|burger bar|fast food", restaurant.build_diner, "restaurant"),
    _row("restaurant|bistro|dining hall|banquet|ballroom|banquet hall", restaurant.build_restaurant, "restaurant"),
    _row("church|chapel|cathedral|temple|monastery|abbey|confessional", church.build, "church"),
    _row("car|taxi|cab|truck|van|police car|limousine|limo|vehicle|jeep|pickup|ambulance|driver's seat", car.build, "car"),
    _row("train|carriage|train compartment|compartment|train car|railway carriage|sleeping car|dining car|bus|tram", train.build, "train"),
    _row("staircase|stairs|stairwell|stairway|landing|hall|entrance hall|foyer|lobby|vestibule", staircase.build, "room"),
    _row("cell|prison|prison cell|jail|dungeon|holding cell|lock-up", cell.build, "cell"),
    _row("shop|store|supermarket|grocery|convenience store|market|bakery|bookshop|pharmacy|boutique|drugstore|gas station", shop.build, "shop"),
    _row("workshop|garage|shed|barn|boathouse|forge|machine shop|tool shed|stable|engine room", workshop.build, "workshop"),
    _row("cave|cavern|grotto|mine|catacomb|catacombs|crypt|sewer", cave.build, "cave"),
    _row("spaceship|bridge|spacecraft|space station|starship|cockpit|airlock|shuttle|control room|submarine|mission control", spaceship.build, "spaceship"),
    _row("lamp room|lighthouse|lantern room|lighthouse lamp room|watchtower|tower", lighthouse.build, "lighthouse"),
    _row("library|reading room|archive|bookstore|museum", library.build, "library"),
    _row("laboratory|lab|research facility|clean room|observatory", laboratory.build, "laboratory"),
    _row("courtroom|court|courthouse|tribunal|senate|parliament|chamber", courtroom.build, "hall"),
    _row("theatre|theater|stage|opera|concert hall|backstage|cinema|dressing room", theatre.build, "hall"),
    _row("warehouse|factory|depot|hangar|storage|storeroom|loading dock|industrial hall", warehouse.build, "warehouse"),
    _row("elevator|lift|elevator car|freight elevator", elevator.build, "elevator"),
    _row("plane|airplane|aeroplane|aircraft|jet|plane cabin|airliner|private jet", plane.build, "plane"),
)  # fmt: skip
