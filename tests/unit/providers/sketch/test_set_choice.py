"""The choice of a set: what the heading says, never a landmark that nobody named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Setting, TimeOfDay
from reelwright.film.picture import Place
from reelwright.providers.sketch.sets.choice import choose_set
from reelwright.providers.sketch.sets.exteriors.table import EXTERIORS
from reelwright.providers.sketch.sets.interiors.table import INTERIORS

PLAIN_EXTERIOR, PLAIN_INTERIOR = "quiet_street", INTERIORS[0].name


def chosen(heading: str, *words: str) -> str:
    setting = Setting.INT if heading.startswith("INT.") else Setting.EXT
    if heading.startswith(("INT./EXT.", "I/E")):
        setting = Setting.INT_EXT
    location = heading.split(" ", 1)[-1].rsplit(" - ", 1)[0]
    return choose_set(Place(heading, setting, location, TimeOfDay.DAY, words=words)).name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("EXT. SUBURBAN DRIVEWAY - DAY", "suburb"),
        ("EXT. LIGHTHOUSE - DUSK", "lighthouse_cliff"),
        ("EXT. CITY STREET - NIGHT", "city_street"),
        ("EXT. PARKING LOT - NIGHT", "gas_station"),
        ("EXT. CITY PARK - DAY", "park"),
        ("EXT. SMITH HOUSE - BACKYARD - DAY", "garden"),
        ("EXT. FOREST ROAD - DAY", "forest"),
        ("EXT. TRAIN STATION - DAWN", "railway_station"),
        ("EXT. POLICE STATION - DAY", "civic_front"),
        ("EXT. SPACE STATION", "space"),
        ("EXT. GAS STATION - NIGHT", "gas_station"),
        ("EXT. O'MALLEY’S FARM - MORNING", "farm"),
        ("EXT. SWAMPS - NIGHT", "lake"),
        ("EXT. BACK ALLEY - NIGHT", "alley"),
        ("EXT. FROZEN LAKE - DAY", "snow_plain"),
        ("EXT. HIGHWAY 61 - DAY", "country_road"),
        ("EXT. HILLS OVER THE CITY - DAY", "meadow"),
        ("EXT. LOG CABIN - DAY", "forest"),
        ("EXT. TRAILER PARK - DAY", "suburb"),
        ("EXT. PARIS CAFE - DAY", "city_street"),
        ("EXT. FISHING BOAT - SEA - NIGHT", "open_sea"),
        ("EXT. PIRATE SHIP - DECK - DAY", "open_sea"),
        ("EXT. BOAT DOCK - DAY", "harbour"),
        ("EXT. WAYNE ESTATE - FRONT GATE - NIGHT", "mansion"),
        ("EXT. HIGH SCHOOL FOOTBALL FIELD - NIGHT", "stadium"),
        ("EXT. CARNIVAL - NIGHT", "fairground"),
        ("EXT. MOTEL - POOL - DAY", "pool"),
        ("EXT. HOTEL POOL - DAY", "pool"),
        ("EXT. BROOKLYN BRIDGE - DAWN", "bridge"),
        ("EXT. UNDER THE BRIDGE - NIGHT", "river"),
        ("EXT. ARMY BASE - DAY", "camp"),
        ("EXT. APARTMENT BUILDING - DAY", "quiet_street"),
        ("EXT. OFFICE BUILDING - DAY", "civic_front"),
        ("EXT. 7TH AVE - DAY", "city_street"),
        ("EXT. COUNTY JAIL - DAY", "civic_front"),
        ("EXT. COAST HIGHWAY - DAY", "coast_road"),
        ("EXT. RIVER / UNDERWATER", "underwater"),
    ],
)
def test_the_heading_names_the_set(heading, name):
    assert chosen(heading) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("INT. FBI HEADQUARTERS - BULLPEN - DAY", "office"),
        ("INT. PENTHOUSE SUITE - NIGHT", "living room"),
        ("INT. UNMARKED SEDAN - MOVING", "car"),
        ("INT. HELICOPTER - DAY", "plane"),
        ("INT. WALK-IN VAULT - NIGHT", "cell"),
        ("INT. ENGLISH CLASS - DAY", "classroom"),
        ("INT. ART GALLERY - NIGHT", "library"),
        ("INT. HAIR SALON - DAY", "shop"),
        ("INT. HOTEL LOBBY - NIGHT", "lobby"),
        ("INT. JFK AIRPORT - TERMINAL", "lobby"),
        ("INT. BOXING GYM - DAY", "gym"),
        ("INT. GIRLS' LOCKER ROOM - DAY", "gym"),
        ("INT. ROYAL PALACE - THRONE ROOM", "great hall"),
        ("INT. CARGO SHIP - GALLEY - NIGHT", "ship cabin"),
        ("INT. SPACE SHIP - DAY", "spaceship"),
    ],
)
def test_the_heading_names_the_room(heading, name):
    assert chosen(heading) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("INT. POLICE STATION - HALLWAY", "corridor"),
        ("INT. MIDTOWN APARTMENT - KITCHEN", "kitchen"),
        ("INT. HIGH SCHOOL - BATHROOM", "bathroom"),
        ("INT. KITCHEN - ENTRANCE", "kitchen"),
        ("INT. AIRPORT - BATHROOM", "bathroom"),
        ("INT. ENGINE ROOM - DECK", "workshop"),
        ("INT. LEVEL 3 - LAB", "laboratory"),
        ("INT. HOUSE - SECOND FLOOR", "living room"),
    ],
)
def test_a_room_counts_before_its_house_and_a_part_counts_last(heading, name):
    assert chosen(heading) == name


def test_the_longest_word_wins_over_the_shorter_ones():
    assert chosen("EXT. HIGH SCHOOL - PARKING LOT") == "gas_station"
    assert chosen("EXT. BEACH - LIGHTHOUSE") == "lighthouse_cliff"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("EXT. CEMETERY - NEW ORLEANS - DAY", "graveyard"),
        ("EXT. NEW ORLEANS - DAY", "city_street"),
        ("EXT. AIRPORT - MAIN ENTRANCE", "airport"),
        ("EXT. BUILDING - ROOF", "rooftop"),
        ("EXT. CAMP GROUNDS - GATE", "camp"),
    ],
)
def test_a_town_or_a_part_of_a_place_counts_only_where_nothing_else_is_named(heading, name):
    assert chosen(heading) == name


def test_accents_and_sharp_s_do_not_matter():
    assert chosen("EXT. FORÊT - JOUR") == chosen("EXT. FORET - JOUR") == "forest"
    assert chosen("EXT. STRAßE - NACHT") == "city_street"


def test_a_word_counts_only_as_a_whole_word():
    assert chosen("EXT. PARKER PLACE") == PLAIN_EXTERIOR
    assert chosen("EXT. SEASONS") == PLAIN_EXTERIOR


def test_words_of_the_action_help_when_the_heading_is_silent():
    assert chosen("EXT. ELSEWHERE - DAY", "sand", "surf") == "beach"
    assert chosen("EXT. FARM - DAY", "sand", "surf") == "farm"


@pytest.mark.parametrize("word", ["lighthouse", "castle", "space", "ruins", "airport", "graveyard"])
def test_an_action_never_builds_a_landmark_that_the_heading_does_not_name(word):
    assert chosen("EXT. ELSEWHERE - DAY", word) == PLAIN_EXTERIOR


@pytest.mark.parametrize("word", ["waves", "car", "house", "train", "works", "snow", "sky"])
def test_what_people_do_and_use_anywhere_names_no_place(word):
    assert chosen("EXT. ELSEWHERE - DAY", word) == PLAIN_EXTERIOR


def test_a_heading_without_a_known_word_gets_the_plain_place():
    assert chosen("EXT. ELSEWHERE - DAY") == PLAIN_EXTERIOR
    assert chosen("INT. ELSEWHERE - DAY") == PLAIN_INTERIOR


def test_an_interior_is_never_outside_and_an_exterior_never_inside():
    assert chosen("INT. FOREST - DAY") in {design.name for design in INTERIORS}
    assert chosen("EXT. KITCHEN - DAY") in {design.name for design in EXTERIORS}


@given(st.text(max_size=60), st.sampled_from(list(Setting)))
def test_any_heading_gets_a_set_of_its_own_side(heading, setting):
    design = choose_set(Place(heading, setting, heading, TimeOfDay.DAY))
    assert setting is not Setting.INT or design in INTERIORS
    assert setting is not Setting.EXT or design in EXTERIORS


@pytest.mark.parametrize("design", EXTERIORS, ids=lambda d: d.name)
def test_every_exterior_can_be_chosen_by_each_of_its_words(design):
    for word in design.words:
        assert chosen(f"EXT. {word.upper()} - DAY") == design.name
