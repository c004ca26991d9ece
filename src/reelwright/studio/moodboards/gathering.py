"""What belongs on a moodboard, read from a breakdown: words, views of places, faces."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import (
    Angle,
    Breakdown,
    CastMember,
    Move,
    Scene,
    Shot,
    Size,
)
from reelwright.film.picture import Framing, Picture
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.direction import Director
from reelwright.studio.hands.sketching import from_elsewhere
from reelwright.studio.moodboards.words import Words
from reelwright.studio.scenes import choose_scenes

_PLACES, _FACES, _VIEWS, _FEWEST = 5, 2, 7, 5
_FRAME = 1280, 720
_CLOSE = (Size.MEDIUM_CLOSE, Size.CLOSE)


@dataclass(frozen=True, slots=True)
class View:
    """A picture that is wanted: as the artist is told, and in words for a model."""

    caption: str
    picture: Picture

    @property
    def prompt(self) -> str:
        """For models that draw."""
        return self.picture.prompt


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a board needs."""

    words: Words
    views: tuple[View, ...]
    query: str
    """What pictures are searched by."""


def gather(breakdown: Breakdown, scene: str | None = None) -> Gathered:
    """A film's board, or with `scene` (its number) one scene's. Raises InvalidInputError."""
    if not breakdown.scenes:
        raise InvalidInputError("there is no scene to make a board of", way_out="give a script")
    chosen = choose_scenes(breakdown, scene)
    director = Director(breakdown, *_FRAME)
    views = _of_scene(director, chosen.scenes[0]) if scene else _of_film(director, chosen)
    return Gathered(_words(breakdown, chosen, scene), tuple(views), _query(chosen))


def _of_film(director: Director, film: Breakdown) -> Sequence[View]:
    """The places that are longest on screen, and the faces of those who speak most."""
    longest: dict[str, Scene] = {}
    for scene in film.scenes:
        known = longest.get(scene.location)
        if known is None or scene.duration_s > known.duration_s:
            longest[scene.location] = scene
    scenes = sorted(longest.values(), key=lambda one: -one.duration_s)[:_PLACES]
    views = [_place(director, scene) for scene in scenes]
    leads = sorted(film.characters, key=lambda one: (-one.words, one.name))[:_FACES]
    faces = [face for lead in leads if (face := _face(director, film.scenes, lead.name))]
    views = [*views[:1], *faces, *views[1:]]
    views += _moments(director, film.scenes, _VIEWS - 1 - len(views))
    first = views[0]
    others = range(1, max(0, _FEWEST - len(views)) + 1)
    return [*views, *(View(first.caption, from_elsewhere(first.picture, n)) for n in others)]


def _moments(director: Director, scenes: Sequence[Scene], count: int) -> Sequence[View]:
    """Where a film has few places, shots that show something else: things first, then people together."""
    shots = [
        (scene, shot)
        for scene in scenes
        for shot in scene.shots
        if shot.size is Size.INSERT or len(shot.characters) > 1
    ]
    shots.sort(key=lambda one: (one[1].size is not Size.INSERT, -one[1].duration_s))
    seen: set[tuple[object, ...]] = set()
    views: list[View] = []
    for scene, shot in shots:
        key = shot.props if shot.size is Size.INSERT else (scene.location, shot.characters)
        if key not in seen and len(views) < count:
            seen.add(key)
            views.append(_moment(director, scene, shot))
    return views


def _moment(director: Director, scene: Scene, shot: Shot) -> View:
    caption = " ".join(shot.action.split()) or " and ".join(n.title() for n in shot.characters)
    return View(_short(caption or ", ".join(shot.props)), director.picture(scene, shot))


def _of_scene(director: Director, scene: Scene) -> Sequence[View]:
    """Its place, then its shots: no two of one size and subject while others are left."""
    seen: set[tuple[object, ...]] = set()
    views = [_place(director, scene)]
    for shot in scene.shots:
        key = shot.size, shot.characters
        if key not in seen and len(views) < _VIEWS:
            seen.add(key)
            views.append(_moment(director, scene, shot))
    return views


def _place(director: Director, scene: Scene) -> View:
    """The widest view of a place, nobody in it."""
    shot = min(scene.shots, key=lambda one: list(Size).index(one.size))
    picture = director.picture(scene, shot)
    framing = Framing(picture.framing.kind, Size.WIDE, Angle.EYE, Move.STATIC, 28)
    hour = scene.time_of_day.value
    sky = "" if scene.weather.value == "clear" else f", {scene.weather.value}"
    prompt = f"{scene.mood} film still, {scene.location.title()}, {hour}{sky}: {_action(scene)}"
    view = replace(picture, framing=framing, figures=(), lines=(), prompt=prompt)
    return View(f"{scene.location.title()}, {hour}{sky}", view)


def _face(director: Director, scenes: Sequence[Scene], name: str) -> View | None:
    """A character as near as the film comes to them, else as they are first seen."""
    shots = [
        (scene, shot)
        for scene in scenes
        for shot in scene.shots
        if shot.characters and shot.characters[0] == name
    ]
    if not shots:
        return None
    near = [one for one in shots if one[1].size in _CLOSE and len(one[1].characters) == 1]
    scene, shot = (near or shots)[0]
    picture = director.picture(scene, shot)
    member = director.cast[name]
    seen = _look(member)
    told = f", {seen}" if seen else ""
    prompt = f"{scene.mood} film still, close portrait of {name.title()}{told}"
    return View(f"{name.title()}{told}"[:120], replace(picture, lines=(), prompt=prompt))


def _look(member: CastMember) -> str:
    """How a character is described where they come in, without their name."""
    words = " ".join(member.description.split())
    name = re.escape(member.name)
    words = re.sub(rf"^{name}\b[\s,:]*", "", words, flags=re.IGNORECASE).rstrip(".")
    return _short(re.sub(r"^\(([^()]*)\)", r"\1", words))


def _words(film: Breakdown, chosen: Breakdown, scene: str | None) -> Words:
    moods = Counter[str]()
    for one in chosen.scenes:
        moods[one.mood] += round(one.duration_s * 10)
    moods.pop("neutral", None) if len(moods) > 1 else None
    first = chosen.scenes[0]
    title = film.title or first.location.title()
    if scene:
        subtitle = f"Scene {first.number}: {first.heading}"
        summary = first.synopsis or _action(first)
        people: Sequence[str] = first.characters
    else:
        subtitle = f"by {film.author}" if film.author else ""
        summary = film.logline or _action(first)
        people = [one.name for one in sorted(film.characters, key=lambda one: -one.words)[:4]]
    lights = Counter(f"{one.time_of_day.value}, {one.weather.value}" for one in chosen.scenes)
    places = tuple(one.name.title() for one in chosen.locations[:6]) if not scene else ()
    things = Counter(prop for one in chosen.scenes for prop in one.props)
    notes = (
        ("Light", tuple(light for light, _ in lights.most_common(3))),
        ("Places", places),
        ("People", tuple(_person(film, name) for name in people)),
        ("Things", (", ".join(thing for thing, _ in things.most_common(8)),) if things else ()),
    )
    return Words(
        title,
        subtitle,
        summary,
        tuple(mood for mood, _ in moods.most_common(4)),
        tuple((head, lines) for head, lines in notes if lines),
    )


def _person(film: Breakdown, name: str) -> str:
    look = next((_look(one) for one in film.characters if one.name == name), "")
    return f"{name.title()}: {look}" if look else name.title()


def _query(film: Breakdown) -> str:
    first = max(film.scenes, key=lambda one: one.duration_s)
    mood = "" if first.mood == "neutral" else f"{first.mood} "
    return f"{mood}{first.location.lower()} {first.time_of_day.value} cinematic photograph"


def _action(scene: Scene) -> str:
    first = next((shot.action for shot in scene.shots if shot.action), "")
    return _short(" ".join(first.split()), 240)


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0].rstrip(",.;") + " …"
