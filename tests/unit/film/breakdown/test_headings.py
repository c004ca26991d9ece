import pytest

from reelwright.film.breakdown.headings import read_heading
from reelwright.film.breakdown.model import Setting, TimeOfDay


@pytest.mark.parametrize(
    ("text", "setting", "location", "time"),
    [
        ("INT. LIGHTHOUSE - NIGHT", Setting.INT, "LIGHTHOUSE", TimeOfDay.NIGHT),
        ("int. lighthouse - lamp room - night", Setting.INT, "LIGHTHOUSE - LAMP ROOM", TimeOfDay.NIGHT),
        ("EXT HARBOUR – DAWN", Setting.EXT, "HARBOUR", TimeOfDay.DAWN),
        ("INT./EXT. CAR - MAGIC HOUR", Setting.INT_EXT, "CAR", TimeOfDay.GOLDEN),
        ("EXT/INT HOUSE - EVENING", Setting.INT_EXT, "HOUSE", TimeOfDay.DUSK),
        ("I/E TRAIN - MORNING", Setting.INT_EXT, "TRAIN", TimeOfDay.MORNING),
        ("EXT. CAFÉ - LATE AFTERNOON", Setting.EXT, "CAFÉ", TimeOfDay.GOLDEN),
        ("INT. WILL'S BEDROOM - NIGHT (1973)", Setting.INT, "WILL'S BEDROOM", TimeOfDay.NIGHT),
        ("INT. OFFICE - 3:15 AM", Setting.INT, "OFFICE", TimeOfDay.NIGHT),
        ("INT. CUISINE - JOUR", Setting.INT, "CUISINE", TimeOfDay.DAY),
        ("INNEN. KÜCHE - NACHT", Setting.INT, "KÜCHE", TimeOfDay.NIGHT),
        ("EXT. PLAYA - AMANECER", Setting.EXT, "PLAYA", TimeOfDay.DAWN),
        ("ESTERNO. PIAZZA - GIORNO", Setting.EXT, "PIAZZA", TimeOfDay.DAY),
        ("INT. HALL, LATER THAT NIGHT", Setting.INT, "HALL", TimeOfDay.NIGHT),
        ("EXT. GOLDEN GATE BRIDGE", Setting.EXT, "GOLDEN GATE BRIDGE", None),
        ("INT. ROME, ITALY - DAY", Setting.INT, "ROME, ITALY", TimeOfDay.DAY),
        ("THE FOREST", Setting.EXT, "THE FOREST", None),
        ("THE ATTIC", Setting.INT, "THE ATTIC", None),
        ("INT. DAY ROOM", Setting.INT, "DAY ROOM", TimeOfDay.DAY),
        ("INT.", Setting.INT, "SOMEWHERE", None),
    ],
)  # fmt: skip
def test_a_heading_says_inside_or_outside_where_and_when(text, setting, location, time):
    heading = read_heading(text)
    assert (heading.setting, heading.location, heading.time) == (setting, location, time)


@pytest.mark.parametrize("word", ["CONTINUOUS", "LATER", "SAME TIME", "MOMENTS LATER"])
def test_a_heading_may_follow_the_scene_before(word):
    heading = read_heading(f"INT. HALL - {word}")
    assert heading.follows
    assert heading.time is None


def test_a_place_that_sounds_like_a_time_stays_a_place():
    assert read_heading("INT. MORNING GLORY DINER'S KITCHEN - NIGHT").location == "MORNING GLORY DINER'S KITCHEN"  # fmt: skip
