"""A picture, a speech, a piece of score in the words that models understand."""

from collections.abc import Iterable, Mapping, Sequence

from reelwright.film.breakdown.model import Angle, Move, Setting, Size, Weather
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Picture
from reelwright.providers.drawings import ScoreRequest, VoiceRequest

_SIZES: Mapping[Size, str] = {
    Size.EXTREME_WIDE: "extreme wide shot",
    Size.WIDE: "wide shot",
    Size.FULL: "full shot, head to feet",
    Size.MEDIUM: "medium shot from the waist up",
    Size.MEDIUM_CLOSE: "medium close-up from the chest up",
    Size.CLOSE: "close-up of the face",
    Size.EXTREME_CLOSE: "extreme close-up",
    Size.INSERT: "insert shot, a detail filling the frame",
}
_ANGLES: Mapping[Angle, str] = {
    Angle.EYE: "camera at eye level",
    Angle.LOW: "low angle, looking up",
    Angle.HIGH: "high angle, looking down",
    Angle.OVERHEAD: "overhead, straight down",
    Angle.OVER_SHOULDER: "over the shoulder",
    Angle.POV: "seen through the eyes of a character",
    Angle.DUTCH: "tilted horizon",
}
_MOVES: Mapping[Move, str] = {
    Move.STATIC: "The camera stands still on a tripod.",
    Move.PAN_LEFT: "The camera pans slowly left.",
    Move.PAN_RIGHT: "The camera pans slowly right.",
    Move.TILT_UP: "The camera tilts slowly up.",
    Move.TILT_DOWN: "The camera tilts slowly down.",
    Move.PUSH_IN: "The camera pushes slowly in.",
    Move.PULL_OUT: "The camera pulls slowly back.",
    Move.TRACK_LEFT: "The camera tracks left alongside.",
    Move.TRACK_RIGHT: "The camera tracks right alongside.",
    Move.CRANE_UP: "The camera cranes up.",
    Move.CRANE_DOWN: "The camera cranes down.",
    Move.HANDHELD: "Handheld camera, breathing slightly.",
}
_AGES = {
    "child": "about eight",
    "teen": "about sixteen",
    "young": "in {their} twenties",
    "adult": "in {their} thirties",
    "middle": "in {their} fifties",
    "old": "in {their} seventies",
}
_WEATHERS = {
    Weather.CLOUD: "overcast",
    Weather.RAIN: "rain",
    Weather.SNOW: "snow",
    Weather.FOG: "fog",
    Weather.STORM: "storm",
}
_POSES = {
    "walk": "walking", "run": "running", "sit": "sitting", "lie": "lying", "kneel": "kneeling",
    "embrace": "embracing", "fight": "fighting", "dance": "dancing", "crouch": "crouching",
    "lean": "leaning", "stand": "standing",
}  # fmt: skip
_GESTURES = {
    "point": "pointing", "wave": "waving", "phone": "with a phone at the ear",
    "cup": "with a cup in hand", "crossed": "with arms crossed", "pocket": "hands in pockets",
    "hips": "hands on hips", "reach": "reaching out", "hold": "holding something",
    "gun": "holding a pistol", "write": "writing", "read": "reading", "hands_up": "hands up",
    "shrug": "shrugging", "face_palm": "hand over the face",
}  # fmt: skip
_FACES = {
    "joy": "smiling", "laughter": "laughing", "sadness": "sad", "tears": "in tears",
    "anger": "angry", "fear": "afraid", "surprise": "surprised", "disgust": "disgusted",
    "doubt": "doubtful", "tenderness": "tender", "tiredness": "tired",
}  # fmt: skip
_DELIVERIES = {
    "whisper": "whispering", "soft": "softly", "shout": "shouting", "fast": "hurriedly",
    "slow": "slowly", "sad": "sadly", "cheerful": "cheerfully", "angry": "angrily",
}  # fmt: skip


def still_words(picture: Picture) -> str:
    """The frame of a shot as a prompt: framing, place and light, people, what happens, mood."""
    framing = picture.framing
    people = ". ".join(_figure(one, tight=picture.framing.size is not Size.EXTREME_WIDE)
                       for one in picture.figures)  # fmt: skip
    parts = (
        "Still from a feature film",
        f"{_SIZES[framing.size]}, {_ANGLES[framing.angle]}, {framing.lens} mm lens",
        _place(picture),
        people or ("" if picture.crowd else "Nobody is in the frame"),
        f"A crowd of about {picture.crowd} in the background" if picture.crowd else "",
        f"In the frame: {', '.join(picture.props)}" if picture.props else "",
        action_of(picture),
        f"Mood: {picture.mood}" if picture.mood != "neutral" else "",
        "Photographic, natural film lighting, no lettering, no border",
    )
    return _sentences(parts)


def motion_words(picture: Picture, actions: Sequence[str]) -> str:
    """A still set in motion: the camera's move, and what happens, one thing after the other."""
    speaking = [one.name for one in picture.figures if one.speaking]
    doing = [f"{one.name} is {_POSES[one.acting.pose]}" for one in picture.figures
             if one.acting.pose in {"walk", "run", "dance", "fight", "embrace"}]  # fmt: skip
    told = [one for one in actions if one]
    parts = (
        _MOVES[picture.framing.move],
        ". ".join(doing),
        f"{' and '.join(speaking)} speaking, lips and face moving naturally" if speaking else "",
        told[0] if len(told) == 1 else "",
        ". ".join(f"{'First' if not n else 'Then'}: {one}" for n, one in enumerate(told))
        if len(told) > 1
        else "",
        f"{_WEATHERS[picture.place.weather].capitalize()} in the air"
        if picture.place.weather in _WEATHERS and picture.place.setting is not Setting.INT
        else "",
        "One continuous take without a cut; faces, clothes and place stay as in the first frame",
    )
    return _sentences(parts)


def directions(request: VoiceRequest) -> str:
    """How a speech is to be said, where it is not said plainly."""
    return _DELIVERIES.get(request.delivery, "")


def score_words(request: ScoreRequest) -> str:
    """Music for a scene; short, since some models take few words."""
    pace = "slow" if request.pace < 0.35 else "brisk" if request.pace > 0.7 else "moderate"
    mood = request.mood if request.mood != "neutral" else "calm, observing"
    return (
        f"Instrumental film score for a scene, {mood}, {pace} tempo, sparse, "
        "leaving room for dialogue, no vocals, begins and ends softly."
    )


def action_of(picture: Picture) -> str:
    """What happens in the shot, as the script tells it; nothing where somebody only speaks."""
    told = picture.prompt.partition(": ")[2].strip()
    return "" if told == f"{', '.join(one.name for one in picture.figures)} speaking" else told


def _place(picture: Picture) -> str:
    place = picture.place
    where = {
        Setting.INT: "interior",
        Setting.EXT: "exterior",
        Setting.INT_EXT: "seen from inside and outside at once",
    }[place.setting]
    light = {"golden": "golden hour"}.get(place.time_of_day.value, place.time_of_day.value)
    weather = _WEATHERS.get(place.weather, "")
    words = [place.location.title(), where, light, weather]
    return "Place: " + ", ".join(one for one in words if one)


def _figure(one: Figure, *, tight: bool) -> str:
    where = {
        "shoulder": "in the foreground, seen from behind, out of focus",
        "back": "seen from behind",
    }.get(one.role, f"facing screen {'left' if one.facing < 0 else 'right'}")
    acting = [_POSES.get(one.acting.pose, ""), _GESTURES.get(one.acting.gesture, "")]
    acting += [_FACES.get(one.acting.expression, "")] if tight else []
    acting += ["speaking"] if one.speaking else []
    return ", ".join([f"{one.name}, {look_words(one.look)}", *filter(None, acting), where])


def look_words(look: Look) -> str:
    """A character's looks, the same words in every shot."""
    man = look.sex != "woman"
    who = {"child": ("boy", "girl"), "teen": ("boy", "girl")}.get(look.age, ("man", "woman"))
    age = _AGES[look.age].format(their="his" if man else "her")
    body = " ".join(one for one in (look.height, look.build) if one != "average")
    hair = "bald" if look.hair == "bald" else _hair(look)
    worn = [
        "" if look.beard == "none" else {"full": "full beard"}.get(look.beard, look.beard),
        "" if look.glasses == "none" else f"{look.glasses} glasses".replace("dark g", "sung"),
        "" if look.hat == "none" else f"{look.hat.replace('police', 'police cap')}",
    ]
    clothes = f"{look.colour} {look.costume.replace('tshirt', 'T-shirt')}"
    words = [f"{look.skin} skin", hair, *worn, f"wearing a {clothes} with {look.second}"]
    return f"a {body + ' ' if body else ''}{who[0 if man else 1]} {age}, " + ", ".join(
        one for one in words if one
    )


def _hair(look: Look) -> str:
    cut = look.hair.replace("_", " ")
    if cut in {"bob", "ponytail", "bun", "afro", "mohawk", "quiff", "crop", "fringe", "side part"}:
        return f"{look.hair_colour} hair in a {cut}"
    return f"{cut} {look.hair_colour} hair"


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(f"{one[0].upper()}{one[1:].rstrip('.')}." for one in parts if one)
