from reelwright.film.dialogue import Spoken
from reelwright.film.layout import lay_out
from reelwright.film.subtitles import readable
from support.cuts import breakdown, scene, speech, talk


def subtitles(*speeches, spoken=None, cards=False):
    film = breakdown(scene("sc_a", talk("sh_a", *speeches)))
    return lay_out(film, spoken or {}, cards=cards).subtitles


LONG = (
    "I was at the harbour, where the boats come in. Nobody was there. "
    "The wind had taken the roof, and the old man sat under it, counting his money as if it mattered."
)


def test_a_short_speech_is_one_line():
    (one,) = subtitles(speech("MARA", "I never said that."))
    assert (one.lines, one.character) == (("I never said that.",), "MARA")


def test_two_lines_break_after_a_clause_where_they_can():
    (one,) = subtitles(speech("MARA", "If you had asked me, I would have told you everything."))
    assert one.lines == ("If you had asked me,", "I would have told you everything.")


def test_a_long_speech_is_split_where_sentences_end():
    shown = subtitles(speech("MARA", LONG), spoken={("sh_a", 0): Spoken(12.0)})
    assert " ".join(shown[0].lines) == (
        "I was at the harbour, where the boats come in. Nobody was there."
    )
    assert " ".join(line for one in shown for line in one.lines) == LONG


def test_each_part_appears_with_its_first_word():
    words = [str(word) for word in LONG.split()]
    times = tuple((0.25 * at, word.lower()) for at, word in enumerate(words))
    shown = subtitles(speech("MARA", LONG), spoken={("sh_a", 0): Spoken(0.25 * len(words), times)})
    second = shown[1].lines[0].split()[0]
    assert round(shown[1].start_s - shown[0].start_s, 2) == 0.25 * words.index(second)


def test_words_that_the_voice_counts_otherwise_do_not_shift_the_rest():
    text = (
        "It cost 24 crowns -- and that was that, my dear. "
        "Then we left the island for good, you know."
    )
    told = ((0.0, "it"), (0.2, "cost"), (0.4, "twenty"), (0.6, "four"), (0.8, "crowns"))
    told += tuple(
        (1.0 + 0.2 * at, word) for at, word in enumerate("and that was that my dear".split())
    )
    told += ((3.0, "then"), (3.2, "we"), (3.4, "left"))
    shown = subtitles(speech("MARA", text), spoken={("sh_a", 0): Spoken(5.0, told)})
    assert shown[1].lines[0].startswith("Then we left")
    assert round(shown[1].start_s - shown[0].start_s, 3) == 3.0


def test_a_quick_word_stays_long_enough_to_read():
    (one,) = subtitles(speech("MARA", "No!"), spoken={("sh_a", 0): Spoken(0.2)}, cards=True)
    assert round(one.end_s - one.start_s, 3) == 1.0


def test_reading_time_ends_where_the_next_line_begins():
    text = "This is quite a lot to say in no time at all."
    spoken = {("sh_a", 0): Spoken(0.5), ("sh_a", 1): Spoken(0.5)}
    one, other = subtitles(speech("MARA", text), speech("JONAS", text), spoken=spoken)
    assert one.end_s <= other.start_s


def test_two_who_speak_at_once_share_a_subtitle_with_dashes():
    (one,) = subtitles(speech("MARA", "Liar!"), speech("JONAS", "Never!", dual=True))
    assert one.lines == ("- Liar!", "- Never!")
    assert one.character == "MARA & JONAS"


def test_long_words_of_two_who_speak_at_once_go_on_in_step():
    shown = subtitles(speech("MARA", LONG), speech("JONAS", "Stop it.", dual=True))
    assert shown[0].lines[1] == "- Stop it."
    assert len(shown) > 3
    assert all(len(one.lines) == 1 for one in shown[1:])


def test_voices_from_elsewhere_are_in_italics():
    for extension, italic in (
        ("V.O.", True),
        ("ON PHONE", True),
        ("V/O", True),
        ("O.S.", False),
        ("CONT'D", False),
        (None, False),
    ):
        (one,) = subtitles(speech("MARA", "Hello.", extension=extension))
        assert one.italic is italic


def test_marks_of_the_script_are_not_read_aloud():
    assert readable("**No!** I *never*\n_said_ [[check this]] that \\*here\\*. 2 * 3.") == (
        "No! I never said that *here*. 2 * 3."
    )


def test_scripts_without_spaces_are_broken_between_their_signs():
    text = "世界は広いですね。でも、私たちはここにいます。明日も、明後日も、ずっとここにいるでしょう。それでいいのです。"
    shown = subtitles(speech("ミカ", text))
    assert "".join(line for one in shown for line in one.lines) == text
    assert not any(line[0] in "。、" for one in shown for line in one.lines)


def test_a_speech_of_nothing_but_marks_has_no_subtitle():
    assert subtitles(speech("MARA", "[[note]]")) == ()
    assert [one.lines for one in subtitles(speech("MARA", "[[x]]"), speech("JONAS", "Hm."))] == [
        ("Hm.",)
    ]
