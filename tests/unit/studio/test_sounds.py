"""What ambience and score are asked for."""

from itertools import pairwise

from reelwright.film.layout import lay_out
from reelwright.providers.drawings import ScoreRequest
from reelwright.providers.loader import load_provider
from reelwright.studio.direction import Director
from reelwright.studio.sounds import stem_orders
from support.buying import SKETCHED
from support.scripts import breakdown

TALK = "INT. HALL - DAY", "", "Mara sings.", "", "Silence in the hall.", "", "MARA", "Well.", ""
QUIET = "EXT. SEA - DAY", "", "Not a sound.", "", "Stillness, and no wind.", "", "A gull cries.", ""


def _scores(*lines: str):
    film = breakdown("Title: A Song", "", *lines)
    timeline = lay_out(film)
    director = Director(film, 320, 180)
    scenes = {scene.id: scene for scene in film.scenes}
    orders = stem_orders(timeline, scenes, director, load_provider("sketch"), SKETCHED)
    scores = [one.order.request for one in orders if isinstance(one.order.request, ScoreRequest)]
    return timeline, scores


def test_the_score_rests_while_a_shot_asks_for_silence():
    timeline, (score,) = _scores(*TALK)
    (start, end), (_, later) = [
        (timeline.rate.seconds(clip.start), timeline.rate.seconds(clip.end))
        for clip in timeline.clips[2:4]
    ]
    assert score.silences == ((round(start, 3), round(end, 3)),)
    assert end < later < score.seconds


def test_silences_count_from_the_scenes_own_music():
    _, (_, score) = _scores("INT. HALL - DAY", "", "Mara sings.", "", *QUIET)
    ((start, end),) = score.silences
    assert start == 0
    assert 3 < end < score.seconds


def test_silences_of_neighbouring_shots_are_one():
    _, scores = _scores(*QUIET, *TALK)
    for score in scores:
        assert len(score.silences) == 1
        assert all(one[1] < other[0] for one, other in pairwise(score.silences))
