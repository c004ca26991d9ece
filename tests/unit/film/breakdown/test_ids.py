"""Names of scenes and shots, and cameras, outlive revisions of other lines."""

import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from reelwright.film.breakdown.ids import fingerprint
from reelwright.film.breakdown.model import Breakdown, Shot
from support.scripts import CALM, Beat, Part, breakdown, scripts, shots, spell, written


def named(film: Breakdown, *, scene: bool = True) -> dict[str, Shot]:
    """Shots by id, without what may change: numbers and lines."""
    found = {}
    for shot in shots(film):
        dialogue = tuple(replace(speech, line=0) for speech in shot.dialogue)
        bare = replace(shot, number="", line=0, dialogue=dialogue)
        found[shot.id] = bare if scene else replace(bare, scene_id="")
    return found


def told_apart(parts: list[Part]) -> bool:
    """Whether no two scenes under one heading have their marks in common: these are told apart by order."""
    marks = [
        (part.heading, fingerprint(words, [beat.name for beat in part.beats]))
        for part in parts
        for words in [[str(beat) for beat in part.beats if beat.kind == "action"]]
    ]
    return len(set(marks)) == len(marks)


def beats_of(parts: list[Part], kind: str) -> list[tuple[int, int]]:
    return [
        (number, place)
        for number, part in enumerate(parts)
        for place, beat in enumerate(part.beats)
        if beat.kind == kind and number
    ]


def rewritten(parts: list[Part], number: int, place: int, beat) -> list[Part]:
    beats = list(parts[number].beats)
    beats[place] = beat
    return [*parts[:number], replace(parts[number], beats=tuple(beats)), *parts[number + 1 :]]


@CALM
@given(scripts())
def test_ids_are_unique(parts):
    film = written(parts)
    assert len({scene.id for scene in film.scenes}) == len(film.scenes)
    assert len({shot.id for shot in shots(film)}) == len(shots(film))


@CALM
@given(scripts(), st.data())
def test_a_new_scene_changes_nothing_of_the_others(parts, data):
    new = data.draw(st.sampled_from(parts[1:]))
    beats = tuple(replace(beat, word=spell(5000 + at)) for at, beat in enumerate(new.beats))
    place = data.draw(st.integers(1, len(parts)))
    before = written(parts)
    more = [*parts[:place], replace(new, beats=beats), *parts[place:]]
    assume(told_apart(more))
    after = written(more)
    assert {scene.id for scene in before.scenes} <= {scene.id for scene in after.scenes}
    old, revised = named(before), named(after)
    assert {name: revised.get(name) for name in old} == old


@CALM
@given(scripts(), st.data())
def test_a_lost_scene_changes_nothing_of_the_others(parts, data):
    assume(told_apart(parts))
    place = data.draw(st.integers(1, len(parts) - 1))
    old, revised = named(written(parts)), named(written(parts[:place] + parts[place + 1 :]))
    assert {name: old.get(name) for name in revised} == revised


@CALM
@given(scripts(), st.data())
def test_a_changed_speech_changes_its_own_shots_alone(parts, data):
    speeches = beats_of(parts, "speech")
    if not speeches:
        return
    number, place = data.draw(st.sampled_from(speeches))
    old = parts[number].beats[place]
    new = replace(old, way=data.draw(st.integers(0, 3)), word=spell(7000))
    before, after = written(parts), written(rewritten(parts, number, place, new))
    assert [scene.id for scene in before.scenes] == [scene.id for scene in after.scenes]
    own = gone(before, after, number)
    kept = {key: shot for key, shot in named(before).items() if key not in own}
    revised = named(after)
    assert {key: revised.get(key) for key in kept} == kept
    assert_one_run(before, own, old.word)


def gone(before: Breakdown, after: Breakdown, number: int) -> set[str]:
    """Ids of one scene's shots that the revision does not have."""
    return {shot.id for shot in before.scenes[number].shots} - {shot.id for shot in shots(after)}


def assert_one_run(film: Breakdown, own: set[str], word: str) -> None:
    """Shots follow each other, and show or say the word."""
    run = [(place, shot) for place, shot in enumerate(shots(film)) if shot.id in own]
    assert run[-1][0] - run[0][0] == len(run) - 1
    said = [shot.action + "".join(one.text for one in shot.dialogue) for _, shot in run]
    assert any(word in text for text in said)


@CALM
@given(scripts(), st.data())
def test_a_changed_paragraph_leaves_its_neighbours_cameras(parts, data):
    paragraphs = beats_of(parts, "action")
    if not paragraphs:
        return
    number, place = data.draw(st.sampled_from(paragraphs))
    old = parts[number].beats[place]
    revision = rewritten(parts, number, place, replace(old, word=spell(7000)))
    assume(told_apart(parts) and told_apart(revision))
    before, after = written(parts), written(revision)
    others = [scene.id for at, scene in enumerate(before.scenes) if at != number]
    assert [scene.id for at, scene in enumerate(after.scenes) if at != number] == others
    own = gone(before, after, number)
    kept = {key: shot for key, shot in named(before, scene=False).items() if key not in own}
    revised = named(after, scene=False)
    opening = {shot.id for shot in shots(before) if not shot.action and not shot.dialogue}
    assert {key: revised.get(key) for key in kept} == kept
    assert_one_run(before, own - opening or own, old.word)


@CALM
@given(scripts(), st.data())
def test_an_inserted_paragraph_keeps_every_id(parts, data):
    number = data.draw(st.integers(1, len(parts) - 1))
    beats = list(parts[number].beats)
    place = data.draw(st.integers(0, len(beats)))
    model = data.draw(st.sampled_from([beat for part in parts for beat in part.beats]))
    beats.insert(place, replace(model, kind="action", word=spell(8000)))
    more = [*parts[:number], replace(parts[number], beats=tuple(beats)), *parts[number + 1 :]]
    old, revised = named(written(parts)), named(written(more))
    opening = {shot.id for shot in shots(written(parts)) if not shot.action and not shot.dialogue}
    assert old.keys() - opening <= revised.keys()


@CALM
@given(scripts(), st.data())
def test_an_inserted_paragraph_moves_only_the_cameras_beside_it(parts, data):
    """Beside it: the beat before, and the run after it: of action, then of one speaker's speeches."""
    number = data.draw(st.integers(1, len(parts) - 1))
    beats = parts[number].beats
    place = data.draw(st.integers(0, len(beats)))
    new = Beat("action", "MARA", "TOMAS", 2, spell(8000))
    more = replace(parts[number], beats=(*beats[:place], new, *beats[place:]))
    revised = named(written([*parts[:number], more, *parts[number + 1 :]]))
    end = place
    while end < len(beats) and beats[end].kind == "action":
        end += 1
    while end + 1 < len(beats) and beats[end + 1].name == beats[end].name:
        end += 1
    beside = {beat.word for beat in beats[max(0, place - 1) : end + 1]}
    apart = {beat.word for part in parts for beat in part.beats} - beside
    for key, shot in named(written(parts)).items():
        if any(mentions(shot, word) for word in apart):
            now = revised[key]
            assert (now.size, now.angle, now.move) == (shot.size, shot.angle, shot.move)
            assert [one.facing for one in now.in_frame] == [one.facing for one in shot.in_frame]


def mentions(shot: Shot, word: str) -> bool:
    return any(word in text for text in (shot.action, *(one.text for one in shot.dialogue)))


def test_a_changed_word_keeps_the_scene_unless_it_was_its_mark():
    lines = ["INT. CELLAR - NIGHT", "", "Mara opens the box. Dust. A smell of salt and old rope."]
    ids = set()
    for word in ("box", "chest", "crate", "trunk", "barrel", "drawer"):
        changed = [line.replace("box", word) for line in lines]
        ids.add(breakdown(*changed).scenes[0].id)
    assert len(ids) <= 2


def test_two_scenes_under_one_heading_keep_their_ids_when_a_third_comes_first():
    def scene(said):
        return ["INT. KITCHEN - DAY", "", f"Mara {said}.", "", "MARA", "Well then.", ""]

    old = breakdown(*scene("sits down"), *scene("stands at the window with a cup"))
    new = breakdown(*scene("sings"), *scene("sits down"), *scene("stands at the window with a cup"))
    assert [one.id for one in new.scenes][1:] == [one.id for one in old.scenes]


PAGE = """
INT. BAR - NIGHT

MARA (30s) and TOMAS, old, dance. A GUN on the table.

MARA
(whispering)
Now!

TOMAS & MARA
Together?

CUT TO:

EXT. SEA - DAWN

A crowd of soldiers. Rain. Mara runs.
"""
SCRIPT = """
import sys
from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.fountain.reader import read_fountain
from reelwright.ground.digests import digest
print(digest(break_down(read_fountain(sys.stdin.read()))))
"""


def test_another_process_with_another_hash_seed_breaks_down_alike():
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=PAGE,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
