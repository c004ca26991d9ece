"""Small breakdowns and films, built by hand: two people, two places, every kind of transition."""

from dataclasses import replace
from typing import Any

from reelwright.film.breakdown.model import (
    Angle,
    Breakdown,
    CastMember,
    InFrame,
    Location,
    Move,
    Scene,
    Setting,
    Shot,
    ShotKind,
    Size,
    Speech,
    TimeOfDay,
    Transition,
    Weather,
)
from reelwright.film.dialogue import Spoken
from reelwright.film.looks import Look
from reelwright.film.voices import VoiceTraits


def speech(character="MARA", text="Where were you?", **changes):
    return Speech(character=character, text=text, line=1, **changes)


def shot(shot_id, scene_id="sc_a", *, kind=ShotKind.ACTION, seconds=3.0, **changes):
    values: dict[str, Any] = {
        "number": shot_id.removeprefix("sh_").upper(),
        "size": Size.WIDE,
        "angle": Angle.EYE,
        "move": Move.STATIC,
        "lens": 35,
        "action": f"Something happens in {shot_id}.",
        "in_frame": (InFrame("MARA"),),
    }
    return Shot(id=shot_id, scene_id=scene_id, kind=kind, duration_s=seconds, **values | changes)


def talk(shot_id, *speeches, scene_id="sc_a", seconds=2.5, **changes):
    values: dict[str, Any] = {"dialogue": speeches or (speech(),), "size": Size.CLOSE, "action": ""}
    return shot(shot_id, scene_id, kind=ShotKind.DIALOGUE, seconds=seconds, **values | changes)


def scene(scene_id, *shots, heading="INT. KITCHEN - NIGHT", location="KITCHEN", number="1"):
    return Scene(
        id=scene_id,
        number=number,
        heading=heading,
        setting=Setting.INT if heading.startswith("INT") else Setting.EXT,
        location=location,
        time_of_day=TimeOfDay.NIGHT,
        weather=Weather.CLEAR,
        mood="tense",
        page_eighths=4,
        duration_s=sum(one.duration_s for one in shots),
        characters=("MARA", "JONAS"),
        speaking=("MARA", "JONAS"),
        props=(),
        sounds=(),
        shots=tuple(replace(one, scene_id=scene_id) for one in shots),
    )


def breakdown(*scenes, title="The Ferry", author="R. Wright"):
    return Breakdown(
        title=title,
        author=author,
        logline=None,
        pages=1.0,
        duration_s=sum(one.duration_s for one in scenes),
        scenes=tuple(scenes),
        characters=tuple(
            CastMember(name, (), 1, 3, tuple(one.id for one in scenes), Look(), VoiceTraits())
            for name in ("MARA", "JONAS")
        ),
        locations=(Location("KITCHEN", Setting.INT, tuple(one.id for one in scenes)),),
    )


def ferry():
    """Three scenes with dual dialogue, a dissolve, a wipe, fades, and awkward characters in the text."""
    kitchen = scene(
        "sc_kitchen",
        shot("sh_establish", seconds=2.6, transition=Transition("fade_in", "FADE IN:")),
        talk("sh_mara", speech("MARA", 'Where were you? I <waited> & "called".')),
        talk("sh_jonas", speech("JONAS", "Out. *Nowhere* you'd know.")),
        talk(
            "sh_both",
            speech("MARA", "Liar!"),
            speech("JONAS", "I never lied to you, not once!", dual=True),
        ),
    )
    pier = scene(
        "sc_pier",
        shot("sh_pier", seconds=4.0, transition=Transition("dissolve", "DISSOLVE TO:")),
        talk(
            "sh_answer", speech("JONAS", "It is raining, and the ferry is late.", extension="V.O.")
        ),
        heading="EXT. PIER - DAWN",
        location="PIER",
        number="2",
    )
    boat = scene(
        "sc_boat",
        shot("sh_boat", seconds=3.0, transition=Transition("fade_out", "FADE OUT.")),
        shot("sh_wake", seconds=3.0, transition=Transition("wipe", "WIPE TO:")),
        heading="EXT. BOAT, ÖRESUND - DAWN",
        location="BOAT",
        number="3",
    )
    return breakdown(kitchen, pier, boat)


def voices(film, seconds=lambda text: 0.4 * len(text.split()) + 0.1):
    """A voice for every speech, with a time for every word."""
    made = {}
    for one in (one for part in film.scenes for one in part.shots):
        for index, said in enumerate(one.dialogue):
            words = said.text.split()
            length = seconds(said.text)
            times = tuple((length * at / len(words), word) for at, word in enumerate(words))
            made[one.id, index] = Spoken(length, times)
    return made
