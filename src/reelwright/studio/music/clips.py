"""Clips of music by words: composed by a model, or scored by the built-in artist."""

from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.library.assets import Asset
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import MusicRequest
from reelwright.studio.hands.artists import Artists, media_from, silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.sketching import Sketches, sketched

SKETCHED = (
    "There is no key of a model that composes, so the built-in artist scored the mood of the words;"
    " lyrics are not sung."
)
_LONGEST_S = 600.0


class ProducerMusicClipService:
    """Makes clips of music."""

    def __init__(self, artists: Artists, sketches: Sketches) -> None:
        self._artists = artists
        self._sketches = sketches

    async def generate_music_clip(
        self,
        who: Principal,
        prompt: str,
        *,
        lyrics: str = "",
        seconds: float = 30.0,
        extends: Asset | None = None,
        terms: Terms | None = None,
        tell: Tell = silent,
    ) -> Made:
        """A clip; with `extends`, one that goes on from another: KeyNeededError without a key."""
        terms = terms or Terms()
        begun = await self.begin(
            who, prompt, lyrics=lyrics, seconds=seconds, extends=extends, terms=terms
        )
        return begun if isinstance(begun, Made) else await self.collect(who, begun, tell)

    async def begin(
        self,
        who: Principal,
        prompt: str,
        *,
        lyrics: str,
        seconds: float,
        extends: Asset | None,
        terms: Terms,
    ) -> Made | Job:
        """The job of a clip, not waited for; the built-in artist's is there at once."""
        if not prompt.strip():
            raise InvalidInputError("music needs a prompt", way_out="say how it sounds")
        if not 1 <= seconds <= _LONGEST_S:
            raise InvalidInputError("a clip has 1 to 600 seconds")
        if not await self._artists.hired(who, Operation.MUSIC, terms):
            if extends is not None:
                await self._artists.need(who, Operation.MUSIC, "music that goes on from a clip")
            return sketched(await self._sketches.music(who, prompt, seconds, terms), told=SKETCHED)
        request = MusicRequest(prompt, seconds, lyrics, media_from(extends) if extends else None)
        return await self._artists.begin(who, request, terms, [extends] if extends else [])

    async def collect(self, who: Principal, job: Job, tell: Tell = silent) -> Made:
        """Wait for a clip that was begun."""
        return await self._artists.collect(who, job, tell)
