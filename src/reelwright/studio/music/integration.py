"""The whole of it: a session, its takes, what people think of them, and the next one."""

from dataclasses import dataclass, replace

from reelwright.generation.asking import Tell
from reelwright.generation.routes.route import Route
from reelwright.ground.ids import MusicSessionId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.operations import Operation
from reelwright.studio.hands.artists import Artists, silent
from reelwright.studio.hands.made import Terms
from reelwright.studio.music.optimizer import ProducerAIOptimizer, Refined
from reelwright.studio.music.sessions import ProducerSessionManager
from reelwright.studio.music.values import MusicSession, MusicTake


@dataclass(frozen=True, slots=True)
class NextTake:
    """A take, and the advice it followed."""

    take: MusicTake
    refined: Refined


class ProducerIntegration:
    """Runs sessions from their first take to the one that is kept."""

    def __init__(
        self, sessions: ProducerSessionManager, optimizer: ProducerAIOptimizer, artists: Artists
    ) -> None:
        self._sessions = sessions
        self._optimizer = optimizer
        self._artists = artists

    async def start(
        self,
        who: Principal,
        title: str,
        prompt: str,
        *,
        style: str = "",
        lyrics: str = "",
        seconds: float = 30.0,
        takes: int = 2,
        project_id: ProjectId | None = None,
        terms: Terms | None = None,
        tell: Tell = silent,
    ) -> MusicSession:
        """Begin a session with its first takes."""
        session = await self._sessions.create_session(
            who, title, style=style, lyrics=lyrics, seconds=seconds, project_id=project_id
        )
        for n in range(takes):
            await self._sessions.add_take(who, session.id, prompt, terms=terms, tell=tell)
            tell(f"take {n + 1} of {takes} is made", (n + 1) / takes)
        return await self._sessions.get_session(who, session.id)

    async def next_take(
        self,
        who: Principal,
        session: MusicSessionId,
        *,
        prompt: str | None = None,
        terms: Terms | None = None,
        tell: Tell = silent,
    ) -> NextTake:
        """The take that the rated ones ask for. A model that `terms` name is not overruled."""
        found = await self._sessions.get_session(who, session)
        refined = self._optimizer.refine(found, prompt)
        tell(f"asked: {refined.prompt} ({refined.why})", 0.0)
        terms = terms or Terms()
        if terms.route is None and refined.model and await self._known(who, refined.model):
            terms = replace(terms, route=Route(models=(refined.model,)))
        take = await self._sessions.add_take(
            who, session, refined.prompt or found.style, terms=terms, tell=tell
        )
        return NextTake(take, refined)

    async def _known(self, who: Principal, model: str) -> bool:
        """Whether it is a model there is a key of, and not the built-in artist."""
        keyed = await self._artists.keyed(who, Operation.MUSIC)
        return model in {one.id for one in keyed}
