"""The director: turns scenes and shots into requests any artist, speaker or composer understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reelwright.film.breakdown.model import (
    Breakdown,
    CastMember,
    Scene,
    Setting,
    Shot,
    ShotKind,
    Size,
    Speech,
)
from reelwright.film.breakdown.people import is_unseen
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.drawings import AmbienceRequest, ScoreRequest, SoundCue, VoiceRequest

_DELIVERIES: tuple[tuple[str, str], ...] = (
    ("whisper", r"whisper|under (?:his|her|their) breath|hushed|mouth(?:s|ing)"),
    ("shout", r"shout|yell|scream|call(?:s|ing) out|loud|bellow|roar"),
    ("angry", r"angr|furious|snap|snarl|bitter|through (?:his|her) teeth|hiss"),
    ("sad", r"sad|cry|crying|tear|sob|broken|grie|weep"),
    ("cheerful", r"cheer|happy|laugh|smil|grin|bright|excited|delight|joy"),
    ("fast", r"quick|fast|hurr|rush|breathless|panic|urgent"),
    ("slow", r"slow|tired|weary|drunk|dream|careful|pause|beat"),
    ("soft", r"soft|gentl|quiet|tender|low|murmur|mutter|to (?:him|her)self"),
)

_CHANNELS: tuple[tuple[str, str], ...] = (
    ("phone", r"(?<!INTO )(?<!INTO THE )PHONE|FILTER|INTERCOM|SPEAKER"),
    ("radio", r"RADIO|TV|TELEVISION|P\.?A\b|WALKIE|RECORD|TAPE|NEWS"),
    ("voice_over", r"\bV\.?\s*O\b|VOICE[- ]?OVER|NARRAT|PRE-?LAP"),
    ("off_screen", r"\bO\.?\s*S\b|\bO\.?\s*C\b|OFF"),
)

_HALLS = re.compile(
    r"church|cathedral|cave|hall|tunnel|station|warehouse|museum|temple|stair|theat|court",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Director:
    """Knows the cast and the format; everything it says depends on the shot and its scene alone."""

    breakdown: Breakdown
    width: int
    height: int
    score_mood: str | None = None

    @property
    def cast(self) -> Mapping[str, CastMember]:
        """The cast by name."""
        return {one.name: one for one in self.breakdown.characters}

    def card(self, shot: Shot) -> Picture:
        """What a title or end card shows, in the light of the film's first scene."""
        first = self.breakdown.scenes[0]
        framing = Framing(shot.kind, shot.size, shot.angle, shot.move, shot.lens)
        lines = tuple(shot.action.splitlines())
        place, mood = place_of(first), first.mood
        return Picture(
            self.width, self.height, place, framing, mood=mood, lines=lines, prompt=" ".join(lines)
        )

    def picture(self, scene: Scene, shot: Shot) -> Picture:
        """What the frame of a shot shows; in an intercut, in the place of another scene."""
        shown = self._shown(scene, shot)
        cast = self.cast
        speaking = {one.character for one in shot.dialogue if not is_unseen(one.extension)}
        figures = tuple(
            Figure(
                one.name,
                cast[one.name].look,
                one.facing,
                one.role,
                one.acting,
                one.name in speaking,
            )
            for one in shot.in_frame
            if one.name in cast
        )
        tight = shot.size not in (Size.EXTREME_WIDE, Size.WIDE, Size.FULL)
        side = figures[0].facing if tight and figures else 1
        return Picture(
            width=self.width,
            height=self.height,
            place=place_of(shown),
            framing=Framing(shot.kind, shot.size, shot.angle, shot.move, shot.lens),
            figures=figures,
            crowd=shot.crowd,
            props=shot.props,
            mood=shown.mood,
            side=side,
            lines=tuple(shot.action.splitlines()) if shot.kind is ShotKind.TITLE else (),
            prompt=_prompt(shown, shot),
        )

    def _shown(self, scene: Scene, shot: Shot) -> Scene:
        """The scene whose place a shot shows; its own where the other is not in the film."""
        if not shot.place:
            return scene
        return next((one for one in self.breakdown.scenes if one.id == shot.place), scene)

    def voice(self, scene: Scene, speech: Speech) -> VoiceRequest:
        """How a speech is to be said."""
        traits = self.cast[speech.character].voice
        channel = _first(_CHANNELS, speech.extension or "", "direct")
        return VoiceRequest(
            text=speech.text,
            character=speech.character,
            traits=traits,
            language=self.breakdown.language,
            delivery=read_delivery(speech.parenthetical or ""),
            channel=channel,
            room="dry" if channel == "voice_over" else _room(scene),
        )

    def ambience(
        self, scene: Scene, seconds: float, starts: Mapping[str, float]
    ) -> AmbienceRequest:
        """The air of a scene; `starts` says when each shot begins, in seconds of the scene."""
        cues = tuple(
            SoundCue(sound, round(starts[shot.id] + 0.35 + 0.6 * n, 3))
            for shot in scene.shots
            for n, sound in enumerate(shot.sounds)
        )
        crowd = max((shot.crowd for shot in scene.shots), default=0)
        return AmbienceRequest(place_of(scene), round(seconds, 6), cues, crowd)

    def score(
        self, scene: Scene, seconds: float, silences: Sequence[tuple[float, float]] = ()
    ) -> ScoreRequest:
        """The music of a scene: by its mood, its pace of cutting, and the leads who are there.

        It rests in `silences`, (from, to) in seconds of the music.
        """
        cuts = len(scene.shots) / max(seconds, 1.0)
        leads = {one.name for one in sorted(self.breakdown.characters, key=lambda c: -c.words)[:3]}
        themes = tuple(name for name in scene.characters if name in leads)
        return ScoreRequest(
            mood=self.score_mood or scene.mood,
            seconds=round(seconds, 6),
            pace=round(min(1.0, cuts * 2.0), 1),
            themes=themes,
            silences=tuple((round(start, 3), round(end, 3)) for start, end in silences),
            key=self.breakdown.title or "",
        )


def read_delivery(directions: str) -> str:
    """How a line is said, one of `DELIVERIES`, from the words that ask for it."""
    return _first(_DELIVERIES, directions, "normal")


def place_of(scene: Scene) -> Place:
    """Where and when a scene plays."""
    return Place(
        heading=scene.heading,
        setting=scene.setting,
        location=scene.location,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        words=scene.place_words,
    )


def _first(table: Iterable[tuple[str, str]], text: str, default: str) -> str:
    return next(
        (word for word, pattern in table if re.search(pattern, text, re.IGNORECASE)), default
    )


def _room(scene: Scene) -> str:
    if _HALLS.search(scene.heading):
        return "hall"
    return "open" if scene.setting is Setting.EXT else "room"


def _prompt(scene: Scene, shot: Shot) -> str:
    who = ", ".join(shot.characters)
    what = " ".join(shot.action.split()) or f"{who} speaking"
    words = shot.size.value.replace("_", " "), scene.location.title(), scene.time_of_day.value
    return f"{words[0]} shot, {words[1]}, {words[2]}, {scene.weather.value}: {what}"
