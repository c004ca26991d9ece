"""Who is on the scene as it goes on: present, seated, spoken to; and which way each looks."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reelwright.film.breakdown.acting import FREEING, LASTING
from reelwright.film.breakdown.beats import Beat
from reelwright.film.breakdown.ids import Namer
from reelwright.film.breakdown.intercuts import OWN, Intercut
from reelwright.film.breakdown.people import CHORUS, is_throng, is_unseen, split_names
from reelwright.film.breakdown.roster import Roster
from reelwright.film.breakdown.sentences import split_sentences
from reelwright.ground.digests import draw

LEAVES = re.compile(
    r"\b(exits?|leaves|walks? (?:out|off|away)|goes out|is gone|disappears?|vanish\w*|drives? (?:off|away)|"
    r"storms out|(?:hurries|runs|rushes|slips|steps|strides) (?:out|off|away)|departs?)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"(?<!\w)(he|him|his|she|her|they|both|the two|everyone)(?!\w)", re.IGNORECASE)
SEATED = re.compile(
    r"\b(?:CAR|TAXI|CAB|BUS|TRAIN|PLANE|AIRPLANE|COCKPIT|TRUCK|VAN|LIMOUSINE|LIMO|COACH|HELICOPTER)\b"
    r"(?! (?:STATION|STOP|PARK|SHELTER|TERMINAL|PLATFORM|TRACKS|DEPOT|LOT|WASH|SHOP|DEALER))"
)
THEM = re.compile(
    r"\b(?:over|on|around|behind|before|past|between|at|towards?|near|above|with) them\b|\btheir (?:faces|eyes|heads|hands|hair)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:^\W*|[;,]\s+|\b(?:and|but|as|then|while|before|until|when)\s+)(?:\w+ly,?\s+)?"
    r"(?:he|she|they|both|the two|everyone|his|her|their)\b",
    re.IGNORECASE,
)
ENTERS = re.compile(
    r"\b(?:enters?|emerges?|appears?|arrives?|returns?|joins?|approaches|pushes through|the door opens"
    r"|(?:comes?|steps?|walks?|runs?|climbs?|bursts?|rush(?:es)?|slips?|stumbles?|storms|strides?) "
    r"(?:in|into|up|out|through|over|forward|back)|(?:drives|pulls) up)\b",
    re.IGNORECASE,
)
GIVES = re.compile(
    r"\b(?:holds out|hands (?:him|her|it|them|over|the|an?)|gives|offers|throws|tosses|embraces|hugs|kisses|slaps"
    r"|shakes hands|arms? around|takes (?:his|her) hand)\b"
)
FACES = re.compile(r"\b(?:turns to|faces|(?:smiles|looks|stares|points) at|stops in front of)\b")
TO_SOMEBODY = re.compile(r"\b(?:to|at|towards?)\b")
SEX = {"he": "man", "him": "man", "his": "man", "she": "woman", "her": "woman"}


@dataclass(frozen=True, slots=True)
class Script:
    """What all scenes of a script share while they are shot: names, sexes, and the namer of shots."""

    roster: Roster
    names: AbstractSet[str]
    sexes: Mapping[str, str]
    namer: Namer


def stand(name: str) -> int:
    """Where on an imaginary stage somebody stands, for the whole film; smaller is further left."""
    return draw("stands", name)


def facing(name: str, partner: str | None) -> int:
    """1 looks right, -1 looks left. Towards the partner, always the same way: the 180-degree line."""
    if partner is None:
        return 1 if stand(name) % 2 else -1
    return 1 if stand(name) < stand(partner) else -1


class Company:
    """One scene's people, followed from beat to beat."""

    def __init__(self, beats: Sequence[Beat], script: Script, location: str) -> None:
        self._roster = script.roster
        self._sexes = script.sexes
        self._known = script.names
        self._named: list[str] = []
        self._poses: dict[str, str] = {}
        self.usual = "sit" if SEATED.search(location) else None
        self._gone: set[str] = set()
        self._seen_acting: tuple[str, ...] = ()
        self.present: list[str] = []
        self.intercut: Intercut | None = None
        self._speakers = [self._first_speaker(beat) for beat in beats]
        self._arrivals = _find_arrivals(beats, script)

    def _first_speaker(self, beat: Beat) -> str | None:
        for speech in beat.speeches:
            people = () if is_unseen(speech.extension) else self.who(speech.character)
            if people:
                return people[0]
        return None

    def who(self, cue: str) -> tuple[str, ...]:
        """The people of a cue: two for `JOHN & MARY`, all who are present for `ALL`, none for a crowd."""
        if cue in CHORUS:
            return tuple(self.present[:4])
        if is_throng(cue):
            return ()
        return split_names(cue, self._known)

    def speakers(self) -> list[str]:
        """Who speaks in frame, in order, each once."""
        return list(dict.fromkeys(name for name in self._speakers if name))

    def partner(self, name: str, beat: int) -> str | None:
        """Whom somebody deals with at a beat: who spoke last before, else who speaks next, else who is near."""
        late = (one for one, arrival in self._arrivals.items() if arrival > beat)
        away = {None, name, *self._gone, *late}
        before = (one for one in reversed(self._speakers[:beat]) if one not in away)
        after = (one for one in self._speakers[beat + 1 :] if one not in away)
        near = iter(self.others((name,)))
        return next(before, None) or next(after, None) or next(near, None)

    def addressee(self, name: str, beat: int, how: str) -> str | None:
        """To whom somebody speaks at a beat: who is named in a parenthetical, who just did something."""
        told = self._roster.names_in(how) if TO_SOMEBODY.search(how) else ()
        near = (one for one in (*told, *self._seen_acting) if one != name and one in self.present)
        return next(near, None) or self.partner(name, beat)

    def watch(self, people: Sequence[str], text: str) -> None:
        """Keep in mind who did something last, and with whom, until somebody speaks."""
        self._seen_acting = tuple(
            people if GIVES.search(text) or FACES.search(text) else people[:1]
        )

    def does(self, text: str) -> bool:
        """Whether the people of a text do something in it, and are not only met by it."""
        goes_on = text.lstrip()[:1].islower()
        return bool(goes_on or SUBJECT.search(text) or self._roster.names_in(text))

    def read(self, text: str) -> tuple[str, ...]:
        """Who a text of action is about, subject first; a pronoun stands for who was named last."""
        named = self._roster.names_in(text)
        if named:
            return named
        pronoun = PRONOUN.search(text)
        if not pronoun:
            return tuple(self.present[:4]) if THEM.search(text) else ()
        word = pronoun[1].lower()
        if word not in SEX:
            likely = (name for name in self.speakers() if name not in self._gone)
            return tuple(self.present if len(self.present) > 1 else likely)[:4]
        near = self.others(())
        sure = (name for name in near if self._sexes.get(name) == SEX[word])
        likely = (name for name in near if name not in self._sexes)
        found = next(sure, None) or next(likely, None)
        return (found,) if found else ()

    def cut_between(self, intercut: Intercut | None) -> None:
        """Show two places in turn from now on, with all who were seen in either; or one again."""
        before, self.intercut = self.intercut, intercut
        self._seen_acting = ()
        for name in intercut.homes if intercut else ():
            if name not in self.present:
                self.present.append(name)
                self._named.insert(0, name)
        if before and not intercut:
            self._gone.update(one for one in self.present if before.home(one).scene_id != OWN)
            self.present = [name for name in self.present if name not in self._gone]

    def together(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of some who are in one place with the first of them."""
        return self.intercut.together(names) if self.intercut else tuple(names)

    def alone(self, people: Sequence[str]) -> bool:
        """Whether nobody else is present."""
        return list(people) == self.present

    def listener(self, speakers: Sequence[str]) -> tuple[str, ...]:
        """Whom to see while somebody is only heard: in an intercut somebody in the other place."""
        near = self.others(speakers)
        if self.intercut and speakers:
            away = [one for one in near if len(self.together((speakers[0], one))) == 1]
            near = tuple(away) or near
        return near[:1]

    def last_named(self) -> tuple[str, ...]:
        """Who was named last, if they are still here."""
        return tuple(name for name in self._named[-1:] if name in self.present)

    def others(self, names: Sequence[str]) -> tuple[str, ...]:
        """Who is present besides some, whoever was named last first."""
        near = [name for name in reversed(self._named) if name in self.present]
        return tuple(name for name in near if name not in names)

    def enter(self, names: Sequence[str]) -> None:
        """They are in the scene from now on, and pronouns may mean them: the first the most."""
        self._gone.difference_update(names)
        self.present += [name for name in dict.fromkeys(names) if name not in self.present]
        for name in reversed(names):
            if name in self._named:
                self._named.remove(name)
            self._named.append(name)

    def leave(self, name: str, text: str) -> None:
        """Let somebody go if the text says so."""
        if LEAVES.search(text) and name in self.present:
            self.present.remove(name)
            self._gone.add(name)

    def pose(self, name: str) -> str | None:
        """What somebody still does from before: sits, lies, kneels."""
        usual = self.intercut.home(name).pose if self.intercut else self.usual
        return self._poses.get(name, usual)

    def settle(self, name: str, pose: str) -> None:
        """Keep a pose that lasts until another is taken."""
        if pose in LASTING:
            self._poses[name] = pose
        elif pose in FREEING:
            self._poses.pop(name, None)


def _find_arrivals(beats: Sequence[Beat], script: Script) -> dict[str, int]:
    """Who comes in only at some beat: the script brings them in by capitals, or says that they enter.

    Whoever is first named otherwise, or first speaks, has been there all along; in an intercut they
    are elsewhere until then.
    """
    known: set[str] = set()
    arrivals: dict[str, int] = {}
    apart: int | None = None
    for place, beat in enumerate(beats):
        if beat.role == "intercut":
            apart = place
        sentences = split_sentences(beat.text) if beat.role == "action" else ()
        for sentence in sentences:
            for name in script.roster.names_in(sentence):
                if name not in known and (name in sentence or ENTERS.search(sentence)):
                    arrivals[name] = place
                elif name not in known and apart is not None:
                    arrivals[name] = apart
                known.add(name)
        said = {speech.character for speech in beat.speeches}
        if apart is not None:
            arrivals.update((name, apart) for name in said - known)
        known |= said
    return arrivals
