"""`reelwright music`: sessions of takes that share a style and lyrics, rated, and asked for again."""

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import AskedModels, AskedRoute, Json

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.routes.route import Route
    from reelwright.studio.hands.made import Terms
    from reelwright.studio.music.integration import ProducerIntegration
    from reelwright.studio.music.sessions import ProducerSessionManager
    from reelwright.studio.music.values import MusicSession, MusicTake

T = TypeVar("T")
music = App(name="music", help="Music in sessions: new, take, extend, rate, next, list, show.")
Out = Annotated[Path, Parameter(name=("--out", "-o"), help="folder for the music")]


@music.command
def new(
    title: str,
    prompt: str,
    /,
    *,
    style: Annotated[str, Parameter(help="what all takes share")] = "",
    lyrics: Annotated[Path | None, Parameter(help="a text file: all takes sing it")] = None,
    seconds: Annotated[float, Parameter(help="of each take")] = 30.0,
    takes: Annotated[int, Parameter(help="how many to begin with")] = 2,
    route: AskedRoute = None,
    model: AskedModels = None,
    out: Out = Path(),
) -> None:
    """Begin a session TITLE with takes of PROMPT; without a key the built-in artist scores them."""
    words = lyrics.read_text(encoding="utf-8") if lyrics else ""

    async def work(desk: "Desk") -> None:
        session = await desk.whole.start(
            desk.who,
            title,
            prompt,
            style=style,
            lyrics=words,
            seconds=seconds,
            takes=takes,
            terms=_terms(route, model),
            tell=desk.tell,
        )
        print(f"{session.id}  {session.title}")
        for one in session.takes:
            await desk.deliver(one, out)

    _run(work)


@music.command
def take(
    session: str,
    prompt: str,
    /,
    *,
    seconds: float | None = None,
    route: AskedRoute = None,
    model: AskedModels = None,
    out: Out = Path(),
) -> None:
    """Another take of SESSION (mus_...)."""

    async def work(desk: "Desk") -> None:
        made = await desk.sessions.add_take(
            desk.who,
            _id(session),
            prompt,
            seconds=seconds,
            terms=_terms(route, model),
            tell=desk.tell,
        )
        await desk.deliver(made, out)

    _run(work)


@music.command
def extend(
    session: str,
    number: int,
    /,
    *,
    prompt: str = "",
    seconds: float | None = None,
    route: AskedRoute = None,
    model: AskedModels = None,
    out: Out = Path(),
) -> None:
    """A take that goes on from take NUMBER. Needs a key."""

    async def work(desk: "Desk") -> None:
        made = await desk.sessions.extend_take(
            desk.who,
            _id(session),
            number,
            prompt=prompt,
            seconds=seconds,
            terms=_terms(route, model),
            tell=desk.tell,
        )
        await desk.deliver(made, out)

    _run(work)


@music.command
def rate(session: str, number: int, rating: int, /) -> None:
    """Say how good take NUMBER is: 1 (no use) to 5 (that is it)."""

    async def work(desk: "Desk") -> None:
        _show(await desk.sessions.rate_take(desk.who, _id(session), number, rating))

    _run(work, worker=False)


@music.command(name="next")
def next_take(
    session: str,
    /,
    *,
    prompt: Annotated[str | None, Parameter(help="go on from this, not from the best take")] = None,
    route: AskedRoute = None,
    model: AskedModels = None,
    out: Out = Path(),
) -> None:
    """The take that the rated ones ask for."""

    async def work(desk: "Desk") -> None:
        made = await desk.whole.next_take(
            desk.who, _id(session), prompt=prompt, terms=_terms(route, model), tell=desk.tell
        )
        print(f"by {made.refined.by}: {made.refined.why}")
        await desk.deliver(made.take, out)

    _run(work)


@music.command(name="list")
def list_sessions(*, as_json: Json = False) -> None:
    """The newest sessions."""

    async def work(desk: "Desk") -> None:
        found = await desk.sessions.list_sessions(desk.who)
        if as_json:
            print(json.dumps([{"id": one.id, "title": one.title} for one in found]))
        for one in () if as_json else found:
            print(f"{one.id}  {one.title}")

    _run(work, worker=False)


@music.command
def show(session: str, /) -> None:
    """A session and its takes."""

    async def work(desk: "Desk") -> None:
        _show(await desk.sessions.get_session(desk.who, _id(session)))

    _run(work, worker=False)


class Desk:
    """A running house, with what sessions need."""

    def __init__(
        self, house: "OpenHouse", whole: "ProducerIntegration", sessions: "ProducerSessionManager"
    ) -> None:
        self.who, self.whole, self.sessions = house.owner, whole, sessions
        self._house = house

    def tell(self, line: str, _: float) -> None:
        """Say what is going on."""
        print(line, file=sys.stderr)

    async def deliver(self, made: "MusicTake", out: Path) -> None:
        """Put a take into a folder, and say where."""
        from reelwright.generation.local import LocalGenerations
        from reelwright.library.asset_service import AssetService

        if made.asset_id is None:
            print(f"take {made.number}: not made yet")
            return
        library = await self._house.container.get(AssetService)
        local = await self._house.container.get(LocalGenerations)
        asset = await library.get(self.who, made.asset_id)
        for path in await local.deliver(self.who, [asset], out):
            print(f"take {made.number}: {path}  by {made.model}")


def _show(session: "MusicSession") -> None:
    print(f"{session.id}  {session.title}  {session.style}".rstrip())
    for one in session.takes:
        stars = "-" if one.rating is None else f"{one.rating}/5"
        state = "being made" if one.making else one.model or str((one.error or {}).get("message"))
        print(f"  {one.number}  {stars}  {one.prompt}  {state}")


def _id(text: str) -> Any:
    from reelwright.ground.ids import MusicSessionId

    return MusicSessionId.parse(text)


def _terms(wish: str | None, models: list[str] | None) -> "Terms":
    from reelwright.generation.routes.route import read_route
    from reelwright.studio.hands.made import Terms

    route: Route | None = read_route(wish, models or ())
    return Terms(route)


def _run(work: "Callable[[Desk], Awaitable[T]]", *, worker: bool = True) -> T:
    from reelwright.app.running import run_loop

    return run_loop(lambda: _worked(work, worker=worker))


async def _worked(work: "Callable[[Desk], Awaitable[T]]", *, worker: bool) -> T:
    from reelwright.app.running import running
    from reelwright.studio.music.integration import ProducerIntegration
    from reelwright.studio.music.sessions import ProducerSessionManager

    async with running(worker=worker, directing=True) as house:
        whole = await house.container.get(ProducerIntegration)
        sessions = await house.container.get(ProducerSessionManager)
        return await work(Desk(house, whole, sessions))
