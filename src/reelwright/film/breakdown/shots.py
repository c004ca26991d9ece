"""Shots of one scene: what each beat shows, through a camera that cuts from shot to shot."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.acting import read_acting, read_delivery
from reelwright.film.breakdown.actions import split_action
from reelwright.film.breakdown.beats import CUT, Beat, Chapter
from reelwright.film.breakdown.company import GIVES, Company, Script, facing
from reelwright.film.breakdown.framings import (
    STEPS,
    WORLDS,
    Framing,
    Role,
    choose_world,
    frame,
    obey,
)  # fmt: skip
from reelwright.film.breakdown.headings import Heading
from reelwright.film.breakdown.intercuts import (
    OWN,
    Intercut,
    Stage,
    cut_between,
    read_intercut,
)
from reelwright.film.breakdown.model import (
    Acting,
    Angle,
    InFrame,
    Setting,
    Shot,
    ShotKind,
    Size,
    Speech,
)  # fmt: skip
from reelwright.film.breakdown.moves import choose_move
from reelwright.film.breakdown.parts import Part, action_role
from reelwright.film.breakdown.people import is_unseen
from reelwright.film.breakdown.places import place_key
from reelwright.film.breakdown.things import is_silent
from reelwright.film.breakdown.turns import split_turn

KINDS = {
    Role.OPEN: ShotKind.ESTABLISH, Role.OPEN_WORLD: ShotKind.ESTABLISH, Role.THING: ShotKind.INSERT,
    Role.REACT: ShotKind.REACTION, Role.TITLE: ShotKind.TITLE, Role.LINE: ShotKind.DIALOGUE,
    Role.FIRST_LINE: ShotKind.DIALOGUE, Role.LONE_LINE: ShotKind.DIALOGUE,
    Role.APART_LINE: ShotKind.DIALOGUE,
    Role.SHARED_LINE: ShotKind.DIALOGUE, Role.LISTEN: ShotKind.DIALOGUE,
}  # fmt: skip
LENSES = {
    Size.EXTREME_WIDE: 21, Size.WIDE: 24, Size.FULL: 35, Size.MEDIUM: 40, Size.MEDIUM_CLOSE: 65,
    Size.CLOSE: 85, Size.EXTREME_CLOSE: 100, Size.INSERT: 100,
}  # fmt: skip
MOST_IN_FRAME = {Size.EXTREME_WIDE: 6, Size.WIDE: 6, Size.FULL: 3, Size.MEDIUM: 3}
ESTABLISHING_S = 2.6
TITLE_S = 2.4
SHARED_POSES = frozenset(("embrace", "fight", "dance"))
AWAY = re.compile(
    r"^\W*(?:far (?:away|out|off|below)|in the distance|on the horizon|elsewhere|high above|above|overhead)\b",
    re.IGNORECASE,
)
DISPERSES = re.compile(
    r"\b(?:crowd|audience|people|guests|everyone|everybody|they all|spectators)\b[^.]*"
    r"\b(?:disperses?|scatters?|thins?|leaves?|left|gone|goes? home|files? out|empties)\b",
    re.IGNORECASE,
)
CROWDED = 12
JOINED = re.compile(r"\b(?:and|they|both|together|with|each other)\b", re.IGNORECASE)
TIGHT = 0.75


class Crew:
    """Shoots one scene, beat after beat, and knows what the beat before may have shown of whom."""

    def __init__(
        self,
        chapter: Chapter,
        heading: Heading,
        fingerprint: str,
        script: Script,
        before: Sequence[Stage] = (),
    ) -> None:
        self._chapter = chapter
        self._heading = heading
        self._fingerprint = fingerprint
        self._script = script
        self._outside = heading.setting is Setting.EXT
        self._company = Company(chapter.beats, script, "" if self._outside else heading.location)
        self._stages = before
        self._subjects: dict[str, None] = {}
        self._crowd = 0
        self._before: dict[str, list[Framing]] = {}
        self._shots: list[Shot] = []

    @property
    def stage(self) -> Stage | None:
        """The scene's place with everyone seen in it; None if it is only cut from other places."""
        if read_intercut(self._heading.text):
            return None
        place = place_key(self._heading.location)
        return Stage(OWN, place, tuple(self._subjects), self._company.usual)

    def shoot(self) -> list[Shot]:
        """All shots, in order; scene id and number are given later."""
        beats = self._chapter.beats
        opened = False
        for place, beat in enumerate(beats):
            if beat.role == "title":
                self._film(beat, [_card(beat)])
            if beat.role == "intercut":
                self._company.cut_between(self._intercut(beat, beats[:place]))
            if beat.role == "return":
                self._company.cut_between(None)
            if beat.role not in {"action", "speech"}:
                continue
            if not opened and beat.role == "speech":
                self._film(beat, [self._bare_opening()])
            parts = self._parts(beat, place)
            if not opened and beat.role == "action":
                self._open(parts[0])
            elif beat.role == "action" and beats[place - 1].speeches and place == len(beats) - 1:
                parts[-1].role = _closing(parts[-1])
            opened = True
            self._film(beat, parts)
        if not self._shots:
            self._film(Beat("place", "", self._chapter.line), [self._bare_opening()])
        return self._shots

    def _intercut(self, order: Beat, beats: Sequence[Beat]) -> Intercut | None:
        speeches = (speech for beat in beats for speech in beat.speeches)
        heard = (speech.character for speech in speeches if is_unseen(speech.extension))
        return cut_between(order.text, self.stage, self._stages, heard)

    def _parts(self, beat: Beat, place: int) -> list[Part]:
        if beat.role == "action":
            return [
                self._apart(part) for part in split_action(beat, self._company, self._script.names)
            ]
        before = self._chapter.beats[place - 1].role if place else ""
        return split_turn(beat, self._company, place, first=before != "speech")

    def _apart(self, part: Part) -> Part:
        """In an intercut a shot shows the people of one place."""
        people = self._company.together(part.people)
        return (
            part
            if people == part.people
            else replace(part, role=action_role(people), people=people)
        )

    def _open(self, part: Part) -> None:
        if not part.order and part.role is not Role.THING:
            part.role = Role.OPEN_WORLD if self._outside and not part.people else Role.OPEN
            part.seconds = max(part.seconds, ESTABLISHING_S)

    def _bare_opening(self) -> Part:
        people = self._company.together(self._company.speakers())[:2]
        partner = people[1] if len(people) > 1 else None
        return Part(Role.OPEN, "open", people=people, partner=partner, seconds=ESTABLISHING_S)

    def _film(self, beat: Beat, parts: Sequence[Part]) -> None:
        self._put_in_place(parts)
        shows: dict[str, list[Framing]] = {}
        head = parts[0]
        world = choose_world(head.role, self._before.get(head.subject, ()), self._near(head))
        last: Framing | None = None
        for number, part in enumerate(parts):
            same = number > 0 and parts[number - 1].subject == part.subject
            before = (
                [last] if same and last else [] if number else self._before.get(part.subject, [])
            )
            if part.order:
                last = obey(part.order, part.role, before)
                shows.setdefault(part.subject, []).append(last)
            else:
                near = None if part.subject else last
                last = frame(part.role, world, last if same else None, near)
                shows.setdefault(part.subject, []).extend(_may_show(part.role, world))
            transition = beat.transition if number == 0 and part.mark != "r" else CUT
            shot = self._shot(beat, part, last)
            self._shots.append(replace(shot, transition=transition))
        beat.transition = CUT
        self._before = shows

    def _near(self, head: Part) -> list[Framing]:
        """What the beat before may show of the place, or of anybody in it if the place comes next."""
        if head.subject:
            return self._before.get("", [])
        return [one for framings in self._before.values() for one in framings]

    def _put_in_place(self, parts: Sequence[Part]) -> None:
        """Each shot of a beat plays where its people are; a thing lies where the shot before it was."""
        place, intercut = OWN, self._company.intercut
        for number, part in enumerate(parts):
            if intercut and not (number and part.role is Role.THING):
                place = intercut.stage_of(part.people, part.text).scene_id
            if part.people and place == OWN:
                self._subjects[part.people[0]] = None
            part.place = place

    def _shot(self, beat: Beat, part: Part, framing: Framing) -> Shot:
        bare = part.mark == "open"
        role, source = ("opening", self._fingerprint) if bare else (beat.role, beat.source)
        shot_id = self._script.namer.shot(self._heading.key, role, source, part.mark)
        size = framing.size
        if framing.give and part.heat >= TIGHT:
            size = list(Size)[STEPS[size] + 1]
        people = self._in_frame(part, size, framing.angle)
        crowd = self._crowd_of(part, size)
        kind = _kind(part)
        return Shot(
            id=shot_id,
            scene_id="",
            number="",
            kind=kind,
            size=size,
            angle=framing.angle,
            move=choose_move(part, shot_id, people, outside=self._outside),
            lens=LENSES[size],
            duration_s=part.seconds,
            in_frame=people,
            crowd=crowd,
            action=part.text,
            dialogue=part.speeches,
            props=part.things.props,
            sounds=part.things.sounds,
            line=part.speeches[0].line if part.speeches else beat.line,
            silent=is_silent(part.text),
            place=part.place,
        )

    def _crowd_of(self, part: Part, size: Size) -> int:
        """A crowd stays until it disperses, and is in every shot that is wide enough for it."""
        if part.place != OWN or part.role in {Role.THING, Role.TITLE}:
            return part.crowd
        if DISPERSES.search(part.text):
            self._crowd = 0
        elif part.crowd >= CROWDED and not part.speeches:
            self._crowd = max(self._crowd, part.crowd)
        return max(part.crowd, self._crowd if STEPS[size] <= STEPS[Size.FULL] else 0)

    def _in_frame(self, part: Part, size: Size, angle: Angle) -> tuple[InFrame, ...]:
        if part.role in {Role.THING, Role.TITLE}:
            return ()
        if not part.people:
            return self._bystanders(part, size, angle)
        subject = part.people[0]
        partner = part.partner or next(iter(part.people[1:]), None)
        partner = partner or self._company.partner(subject, len(self._chapter.beats))
        first = InFrame(subject, facing(subject, partner), "subject", self._acting(part, subject))
        if (
            angle is Angle.OVER_SHOULDER
            and partner
            and self._company.together((subject, partner))[1:]
        ):
            shoulder = InFrame(partner, facing(partner, subject), "shoulder", self._still(partner))
            return (first, shoulder)
        most = MOST_IN_FRAME.get(size, 2 if part.role is Role.SHARED_LINE or part.order.pair else 1)
        others = part.people[1:]
        if STEPS[size] <= STEPS[Size.WIDE]:
            others = tuple(dict.fromkeys((*others, *self._company.present)))
        elif partner in self._company.present and (part.order.pair or GIVES.search(part.acts)):
            others = (*others, partner)
        near = self._company.together((subject, *others))[1:]
        rest = [name for name in dict.fromkeys(near) if name != subject][: most - 1]
        return (first, *(self._beside(part, name, subject, first.acting) for name in rest))

    def _bystanders(self, part: Part, size: Size, angle: Angle) -> tuple[InFrame, ...]:
        """Who is there when a wide shot shows the place, and not something far from it."""
        if (
            STEPS[size] > STEPS[Size.WIDE]
            or angle is Angle.POV
            or part.speeches
            or AWAY.search(part.text)
        ):
            return ()
        present = self._company.present
        if intercut := self._company.intercut:
            present = [one for one in present if intercut.home(one).scene_id == part.place]
        shown = present[: MOST_IN_FRAME[size]]
        partners = (*shown[1:2], *shown[:1] * (len(shown) - 1))
        return tuple(
            InFrame(
                name,
                facing(name, next(iter(partners[at : at + 1]), None)),
                "other",
                self._still(name),
            )
            for at, name in enumerate(shown)
        )

    def _beside(self, part: Part, name: str, subject: str, acting: Acting) -> InFrame:
        named = name in part.people
        shared = acting.pose in SHARED_POSES or bool(JOINED.search(part.acts))
        joins = named and (shared or part.role is Role.SHARED_LINE)
        if joins:
            self._company.settle(name, acting.pose)
        together = acting if joins else self._still(name)
        return InFrame(name, facing(name, subject), "other", together)

    def _still(self, name: str) -> Acting:
        return Acting(pose=self._company.pose(name) or "stand")

    def _acting(self, part: Part, name: str) -> Acting:
        pose = self._company.pose(name)
        if part.speeches and not part.unseen and part.role is not Role.REACT:
            speech = _own(part.speeches, name)
            acting = read_delivery(speech.text, speech.parenthetical, pose)
        elif part.role is Role.REACT:
            return Acting(
                pose or "stand", "none", "surprise" if part.mark == "r" else "neutral", 0.5
            )
        else:
            acting = read_acting(part.acts, pose)
        self._company.settle(name, acting.pose)
        return acting


def _kind(part: Part) -> ShotKind:
    """Why the shot is there: what the script says, else what it is for, else what it holds."""
    if part.order.kind and part.order.kind is not ShotKind.ACTION:
        return part.order.kind
    spoken = ShotKind.DIALOGUE if part.speeches else ShotKind.ACTION
    return KINDS.get(part.role, spoken)


def _closing(part: Part) -> Role:
    """After talk a scene ends on a wide shot of its people, unless its last words are on a detail."""
    return Role.CLOSING if part.people and part.role is not Role.DETAIL else part.role


def _own(speeches: Sequence[Speech], name: str) -> Speech:
    return next((one for one in speeches if one.character == name), speeches[0])


def _may_show(role: Role, world: int) -> tuple[Framing, ...]:
    worlds = WORLDS[role]
    return worlds[min(world, len(worlds) - 1)]


def _card(beat: Beat) -> Part:
    length = max(TITLE_S, len(beat.text.split()) / 2)
    return Part(Role.TITLE, "0", beat.text, seconds=measures.seconds(length))
