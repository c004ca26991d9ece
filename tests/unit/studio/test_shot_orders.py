"""Every clip is ordered with the lips and captions that belong to it."""

from reelwright.film.layout import lay_out
from reelwright.film.timeline import Rate
from reelwright.providers.drawings import Caption, MotionRequest
from reelwright.providers.loader import load_provider
from reelwright.studio.direction import Director
from reelwright.studio.filming import shots_of
from reelwright.studio.shots import ShotList
from reelwright.studio.voices import Voices
from support.buying import SKETCHED
from support.cuts import ferry, voices


class _Mouths(Voices):
    def mouths(self, key):
        return ((0.0, "open"), (0.5, "rest"))


def _requests(*, burn_in):
    film = ferry()
    timeline = lay_out(film, voices(film), rate=Rate(), size=(160, 128))
    director, provider = Director(film, 160, 128), load_provider("sketch")
    shots = ShotList(timeline, director, provider, _Mouths({}, {}), burn_in, {})
    asked = [(one.clip, one.motion.request) for one in shots.orders(shots_of(film), SKETCHED)]
    return timeline, [(clip, one) for clip, one in asked if isinstance(one, MotionRequest)]


def test_captions_are_the_subtitles_that_are_seen_during_the_clip():
    timeline, requests = _requests(burn_in=True)
    assert len(requests) == len(timeline.clips)
    seen = set()
    for clip, request in requests:
        expected = [
            Caption(max(0, start - clip.start), min(clip.frames, end - clip.start), subtitle.lines)
            for subtitle in timeline.subtitles
            for start in [timeline.rate.frames(subtitle.start_s)]
            for end in [timeline.rate.frames(subtitle.end_s)]
            if end > clip.start and start < clip.end
        ]
        assert list(request.captions) == expected
        seen |= {caption.lines for caption in expected}
    assert seen == {subtitle.lines for subtitle in timeline.subtitles}


def test_without_burning_in_no_picture_depends_on_a_subtitle():
    _, requests = _requests(burn_in=False)
    assert {request.captions for _, request in requests} == {()}


def test_lips_move_in_the_shot_in_which_somebody_speaks():
    timeline, requests = _requests(burn_in=False)
    for clip, request in requests:
        if clip.shot_id == "sh_answer":  # a voice over the picture
            continue
        said = {voice.character for voice in timeline.voices if voice.shot_id == clip.shot_id}
        assert {mouth.name for mouth in request.lips} == said
