from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Move, Size, TimeOfDay, Weather
from reelwright.film.notes import Notes, OwnMedia, apply_notes, parse_notes
from reelwright.film.timeline import Timing
from support.cuts import breakdown, ferry, scene, shot, speech, talk


def directed(text, film=None):
    return apply_notes(film or ferry(), parse_notes(text, "f.notes.toml"))


def ids(film):
    return [one.id for part in film.scenes for one in part.shots]


def find(film, shot_id):
    return next(one for part in film.scenes for one in part.shots if one.id == shot_id)


def test_empty_notes_change_nothing():
    film = ferry()
    done = apply_notes(film, Notes())
    assert done.breakdown == film
    assert done.reports == ()
    assert [dict(one) for one in (done.own_media, done.recordings, done.timings)] == [{}, {}, {}]


def test_a_shot_is_resized_and_its_neighbours_are_not():
    done = directed('[shots.sh_mara]\nsize = "wide"\nmove = "push_in"\nlens = 24\n')
    changed = find(done.breakdown, "sh_mara")
    assert (changed.size, changed.move, changed.lens) == (Size.WIDE, Move.PUSH_IN, 24)
    before = ferry()
    for one in ids(before):
        if one != "sh_mara":
            assert find(done.breakdown, one) == find(before, one)


def test_a_retimed_shot_has_a_timing_for_the_cut():
    done = directed("[shots.sh_pier]\nduration_s = 1.5\ntrim_start_s = 0.5\n")
    assert done.timings == {"sh_pier": Timing(1.5, 0.5)}
    assert find(done.breakdown, "sh_pier").duration_s == 1.5


def test_a_dropped_shot_goes_and_a_scene_goes_with_its_last_shot():
    done = directed("[shots.sh_pier]\ndrop = true\n[shots.sh_answer]\ndrop = true\n")
    assert [one.id for one in done.breakdown.scenes] == ["sc_kitchen", "sc_boat"]
    assert "sc_pier" not in done.breakdown.characters[0].scenes
    assert done.breakdown.duration_s == sum(one.duration_s for one in done.breakdown.scenes)


def test_a_dropped_scene_goes():
    done = directed("[scenes.sc_kitchen]\ndrop = true\n")
    assert [one.id for one in done.breakdown.scenes] == ["sc_pier", "sc_boat"]
    assert done.reports == ()


def test_a_scene_takes_mood_weather_and_hour():
    done = directed('[scenes.sc_pier]\nmood = "eerie"\nweather = "fog"\ntime_of_day = "dusk"\n')
    pier = done.breakdown.scenes[1]
    assert (pier.mood, pier.weather, pier.time_of_day) == ("eerie", Weather.FOG, TimeOfDay.DUSK)


def test_shots_and_scenes_are_reordered():
    done = directed('[scenes.sc_boat]\nafter = "start"\n[shots.sh_establish]\nafter = "sh_both"\n')
    assert [one.id for one in done.breakdown.scenes] == ["sc_boat", "sc_kitchen", "sc_pier"]
    assert ids(done.breakdown)[2:6] == ["sh_mara", "sh_jonas", "sh_both", "sh_establish"]


def test_a_shot_follows_a_moved_shot_to_its_new_place():
    done = directed('[shots.sh_both]\nafter = "sh_jonas"\n[shots.sh_jonas]\nafter = "start"\n')
    assert ids(done.breakdown)[:4] == ["sh_jonas", "sh_both", "sh_establish", "sh_mara"]


def test_shots_that_wait_for_each_other_stay_and_are_reported():
    done = directed('[shots.sh_mara]\nafter = "sh_both"\n[shots.sh_both]\nafter = "sh_mara"\n')
    assert ids(done.breakdown) == ids(ferry())
    assert len(done.reports) == 2


def test_a_shot_is_split_before_given_words():
    film = breakdown(
        scene("sc_a", shot("sh_x", action="The door opens. A cat walks in.", seconds=4))
    )
    done = directed('[shots.sh_x]\nsplit_at = ["a cat"]\n', film)
    parts = done.breakdown.scenes[0].shots
    assert [(one.id, one.action) for one in parts] == [
        ("sh_x.1", "The door opens."),
        ("sh_x.2", "A cat walks in."),
    ]
    assert sum(one.duration_s for one in parts) == 4


def test_a_split_shot_of_dialogue_keeps_every_word_and_its_recording():
    film = breakdown(
        scene("sc_a", talk("sh_x", speech("MARA", "One. Two."), speech("JONAS", "Three.")))
    )
    done = directed('[shots.sh_x]\nsplit_at = ["Three"]\nrecordings = ["m.wav", "j.wav"]\n', film)
    parts = done.breakdown.scenes[0].shots
    assert [[said.text for said in one.dialogue] for one in parts] == [["One. Two."], ["Three."]]
    assert done.recordings == {("sh_x.1", 0): "m.wav", ("sh_x.2", 0): "j.wav"}


def test_a_shot_is_split_in_two_near_its_middle():
    film = breakdown(
        scene(
            "sc_a", talk("sh_x", speech("MARA", "No. I said it before. I say it again. Go away."))
        )
    )
    parts = directed("[shots.sh_x]\nsplit = 2\n", film).breakdown.scenes[0].shots
    assert [one.dialogue[0].text for one in parts] == [
        "No. I said it before.",
        "I say it again. Go away.",
    ]


def test_a_shot_without_words_is_split_by_time():
    film = breakdown(scene("sc_a", shot("sh_x", action="", seconds=6)))
    parts = directed("[shots.sh_x]\nsplit = 3\n", film).breakdown.scenes[0].shots
    assert [(one.id, one.duration_s) for one in parts] == [
        ("sh_x.1", 2),
        ("sh_x.2", 2),
        ("sh_x.3", 2),
    ]


def test_parts_of_a_split_shot_take_notes_of_their_own_and_move_together():
    film = breakdown(scene("sc_a", shot("sh_x", action="One. Two."), shot("sh_y")))
    done = directed(
        '[shots.sh_x]\nsplit = 2\nsize = "full"\nafter = "sh_y"\n[shots.sh_x.2]\nsize = "close"\n',
        film,
    )
    parts = done.breakdown.scenes[0].shots
    assert [(one.id, one.size) for one in parts] == [
        ("sh_y", Size.WIDE),
        ("sh_x.1", Size.FULL),
        ("sh_x.2", Size.CLOSE),
    ]
    assert done.reports == ()


def test_dropping_a_split_shot_drops_its_parts():
    film = breakdown(scene("sc_a", shot("sh_x", action="One. Two."), shot("sh_y")))
    done = directed("[shots.sh_x]\nsplit = 2\ndrop = true\n", film)
    assert ids(done.breakdown) == ["sh_y"]


def test_merged_shots_keep_the_first_id_and_all_that_is_said_and_seen():
    done = directed(
        '[shots.sh_mara]\nmerge_with_next = true\n[shots.sh_jonas]\nrecordings = ["j.wav"]\n'
    )
    one = find(done.breakdown, "sh_mara")
    assert [said.character for said in one.dialogue] == ["MARA", "JONAS"]
    assert "sh_jonas" not in ids(done.breakdown)
    assert done.recordings == {("sh_mara", 1): "j.wav"}
    assert one.duration_s == 5.0


def test_a_last_shot_has_nothing_to_be_merged_with_and_says_so():
    done = directed("[shots.sh_both]\nmerge_with_next = true\n")
    assert ids(done.breakdown) == ids(ferry())
    assert "no next shot" in done.reports[0]


def test_own_media_stand_beside_the_breakdown():
    done = directed('[shots.sh_pier]\npicture = "art/key.png"\n[shots.sh_boat]\nclip = "b.mp4"\n')
    assert done.own_media == {
        "sh_pier": OwnMedia("picture", "art/key.png"),
        "sh_boat": OwnMedia("clip", "b.mp4"),
    }
    assert done.breakdown == ferry()


def test_looks_and_voices_are_assigned_by_name_whatever_its_case():
    done = directed('[characters.mara]\nlook = { hair = "bun" }\nvoice = { pitch = 0.7 }\n')
    mara, jonas = done.breakdown.characters
    assert (mara.look.hair, mara.voice.pitch) == ("bun", 0.7)
    assert jonas == ferry().characters[1]


def test_the_film_takes_a_title_and_a_mood_for_its_music():
    done = directed('[film]\ntitle = "The Boat"\nscore_mood = "sad"\n')
    assert (done.breakdown.title, done.score_mood) == ("The Boat", "sad")


def test_notes_whose_subject_is_gone_are_reported_one_by_one():
    done = directed(
        "[shots.sh_old]\ndrop = true\n[scenes.sc_old]\ndrop = true\n"
        "[characters.OLD]\nvoice = { pitch = 0 }\n[shots.sh_idle]\n"
    )
    assert [one.partition(" is")[0] for one in done.reports] == [
        "f.notes.toml: [characters.OLD]",
        "f.notes.toml: [scenes.sc_old]",
        "f.notes.toml: [shots.sh_old]",
    ]
    assert done.breakdown == ferry()


SHOTS = st.sampled_from(ids(ferry()))
NOTES = st.dictionaries(
    SHOTS,
    st.fixed_dictionaries(
        {},
        optional={
            "drop": st.just("true"),
            "split": st.sampled_from("234"),
            "merge_with_next": st.just("true"),
            "after": st.one_of(SHOTS, st.just("start")).map(lambda one: f'"{one}"'),
            "size": st.just('"close"'),
            "duration_s": st.just("2.5"),
        },
    ),
    max_size=5,
)


@settings(deadline=None)
@given(NOTES)
def test_whatever_notes_say_ids_stay_unique_and_untouched_shots_stay_as_they_are(notes):
    text = "".join(
        f"[shots.{one}]\n" + "".join(f"{key} = {value}\n" for key, value in note.items())
        for one, note in notes.items()
    )
    before = ferry()
    done = directed(text).breakdown
    left = ids(done)
    assert len(left) == len(set(left))
    merging = any("merge_with_next" in note for note in notes.values())
    for one in ids(before):
        if one not in notes and not merging:
            assert find(done, one) == find(before, one)
    assert all(part.shots for part in done.scenes)
    said = sorted("".join(speech.text.split()) for speech in talks(done))
    if not any("drop" in note for note in notes.values()):
        assert "".join(sorted("".join(said))) == "".join(
            sorted("".join("".join(speech.text.split()) for speech in talks(before)))
        )


def talks(film):
    return [said for part in film.scenes for one in part.shots for said in one.dialogue]
