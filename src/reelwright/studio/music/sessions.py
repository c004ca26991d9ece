"""Sessions: takes of music that share a style and lyrics, and outlast the process that asked for them."""

from collections.abc import Sequence
from dataclasses import replace

from reelwright.engines.database.database import Database
from reelwright.generation.asking import Tell
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError, ReelwrightError
from reelwright.ground.ids import MusicSessionId, MusicTakeId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.service import JobService
from reelwright.jobs.states import FINAL
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.studio.hands.artists import silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.music import records
from reelwright.studio.music.clips import ProducerMusicClipService
from reelwright.studio.music.values import MusicSession, MusicTake


class ProducerSessionManager:
    """Keeps sessions. A take whose process died is finished by whoever looks at it next."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        clips: ProducerMusicClipService,
        jobs: JobService,
        library: AssetService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._clips = clips
        self._jobs = jobs
        self._library = library

    async def create_session(
        self,
        who: Principal,
        title: str,
        *,
        style: str = "",
        lyrics: str = "",
        seconds: float = 30.0,
        project_id: ProjectId | None = None,
    ) -> MusicSession:
        """Begin a session; every take has its style and lyrics."""
        title = " ".join(title.split())
        if not 1 <= len(title) <= 200:
            raise InvalidInputError("a session's title has 1 to 200 characters")
        session = MusicSession(
            MusicSessionId.new(), title, style, lyrics, seconds, self._clock.now(), project_id
        )
        async with self._database.transaction(who) as tx:
            await records.add_session(tx, who, session)
        return session

    async def list_sessions(self, who: Principal, most: int = 100) -> Sequence[MusicSession]:
        """The newest sessions, without their takes."""
        async with self._database.read(who) as tx:
            return await records.sessions_of(tx, who, most)

    async def get_session(self, who: Principal, session: MusicSessionId) -> MusicSession:
        """A session with its takes; what was finished meanwhile is taken in. Raises SessionMissingError."""
        found = await self._read(who, session)
        ended = False
        for take in found.takes:
            if take.making and take.job_id is not None:
                job = await self._jobs.get_job(who, take.job_id)
                if job.state in FINAL:
                    await self._finish(who, take, silent)
                    ended = True
        return await self._read(who, session) if ended else found

    async def begin_take(
        self,
        who: Principal,
        session: MusicSessionId,
        prompt: str,
        *,
        seconds: float | None = None,
        extends: int | None = None,
        terms: Terms | None = None,
    ) -> MusicTake:
        """Ask for the next take without waiting; `extends` is the number of one it goes on from."""
        found = await self._read(who, session)
        number = max((one.number for one in found.takes), default=0) + 1
        terms = replace(terms or Terms(), take=number, project_id=found.project_id)
        base = None if extends is None else found.take(extends)
        earlier = await self._music_of(who, base) if base else None
        length = seconds or found.seconds
        begun = await self._clips.begin(
            who,
            _with_style(prompt, found.style),
            lyrics=found.lyrics,
            seconds=length,
            extends=earlier,
            terms=terms,
        )
        values = {"id": MusicTakeId.new(), "prompt": prompt, "seconds": length}
        values |= {"extends": base.id if base else None}
        values |= self._values(begun) if isinstance(begun, Made) else {"job_id": begun.id}
        async with self._database.transaction(who) as tx:
            await records.session_of(tx, who, session, hold=True)
            number = await records.add_take(tx, who, session, values)
        return (await self._read(who, session)).take(number)

    async def add_take(
        self,
        who: Principal,
        session: MusicSessionId,
        prompt: str,
        *,
        seconds: float | None = None,
        extends: int | None = None,
        terms: Terms | None = None,
        tell: Tell = silent,
    ) -> MusicTake:
        """Ask for the next take, and wait for it. Raises what it failed with; the failed take stays."""
        take = await self.begin_take(
            who, session, prompt, seconds=seconds, extends=extends, terms=terms
        )
        return await self.await_take(who, session, take.number, tell)

    async def extend_take(
        self,
        who: Principal,
        session: MusicSessionId,
        number: int,
        *,
        prompt: str = "",
        seconds: float | None = None,
        terms: Terms | None = None,
        tell: Tell = silent,
    ) -> MusicTake:
        """A take that goes on from another, in its words unless others are given."""
        prompt = prompt or (await self._read(who, session)).take(number).prompt
        return await self.add_take(
            who, session, prompt, seconds=seconds, extends=number, terms=terms, tell=tell
        )

    async def await_take(
        self, who: Principal, session: MusicSessionId, number: int, tell: Tell = silent
    ) -> MusicTake:
        """Wait for a take that is in the making, also one that another process began."""
        take = (await self._read(who, session)).take(number)
        error = await self._finish(who, take, tell) if take.making and take.job_id else None
        if error is not None:
            raise error
        return (await self._read(who, session)).take(number)

    async def rate_take(
        self, who: Principal, session: MusicSessionId, number: int, rating: int
    ) -> MusicSession:
        """Say how good a take is: 1 (no use) to 5 (that is it). The last word counts."""
        if not 1 <= rating <= 5:
            raise InvalidInputError(
                f"{rating} is no rating", way_out="1 (no use) to 5 (that is it)"
            )
        async with self._database.transaction(who) as tx:
            found = await records.session_of(tx, who, session, hold=True)
            take = found.take(number)
            if take.asset_id is None:
                raise ConflictError(f"take {number} has no music to be rated")
            await records.change_take(tx, who, take.id, {"rating": rating})
            return await records.session_of(tx, who, session)

    async def _music_of(self, who: Principal, take: MusicTake) -> Asset:
        if take.asset_id is None:
            raise ConflictError(f"take {take.number} is not made yet", way_out="wait for it")
        return await self._library.get(who, take.asset_id)

    async def _read(self, who: Principal, session: MusicSessionId) -> MusicSession:
        async with self._database.read(who) as tx:
            return await records.session_of(tx, who, session)

    async def _finish(self, who: Principal, take: MusicTake, tell: Tell) -> ReelwrightError | None:
        """Take in what came of a take's job; what it failed with, if it did."""
        assert take.job_id is not None
        job = await self._jobs.get_job(who, take.job_id)
        error = None
        try:
            values = self._values(await self._clips.collect(who, job, tell))
        except ReelwrightError as failed:
            error = failed
            told = {"code": failed.code, "message": failed.message, "way_out": failed.way_out}
            values = {"error": told, "finished_at": self._clock.now()}
        async with self._database.transaction(who) as tx:
            await records.change_take(tx, who, take.id, values)
        return error

    def _values(self, made: Made) -> dict[str, object]:
        return {
            "asset_id": made.assets[0].id,
            "model": made.by[0],
            "micros": dict(made.micros),
            "finished_at": self._clock.now(),
        }


def _with_style(prompt: str, style: str) -> str:
    prompt, style = prompt.strip(), style.strip()
    return f"{prompt}. Style: {style}." if style and prompt else prompt or style
