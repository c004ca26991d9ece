"""`reelwright make`: stills, moving shots, moodboards, music, voices, sounds, worlds, pictures found."""

import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import AskedModels, AskedRoute, Json, Script

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.local import LocalGenerations
    from reelwright.ground.ids import AssetId
    from reelwright.library.assets import Asset
    from reelwright.studio.ai_service import AIService
    from reelwright.studio.hands.made import Made, Terms

make = App(
    name="make",
    help="Stills, moving shots, moodboards, music, voices, worlds: by models there is a key of, "
    "else by the built-in artist.",
)


@Parameter(name="*")
class Asked:
    """How it is asked for, alike for all that is made."""

    def __init__(
        self,
        *,
        route: AskedRoute = None,
        model: AskedModels = None,
        max_cost: Annotated[str | None, Parameter(help="refuse what may cost more: 0.50")] = None,
        take: Annotated[int, Parameter(help="1, 2, ... makes others")] = 0,
        project: Annotated[str | None, Parameter(help="for this project (prj_...)")] = None,
        out: Annotated[Path, Parameter(name=("--out", "-o"), help="folder for the files")] = Path(),
        as_json: Json = False,
    ) -> None:
        """Take the options."""
        self.route, self.model, self.max_cost = route, model, max_cost
        self.take, self.project, self.out, self.as_json = take, project, out, as_json

    def terms(self) -> "Terms":
        """As the studio knows them."""
        from reelwright.generation.quotes import read_bound
        from reelwright.generation.routes.route import read_route
        from reelwright.ground.ids import ProjectId
        from reelwright.studio.hands.made import Terms

        most = None if self.max_cost is None else read_bound(self.max_cost)
        project = ProjectId.parse(self.project) if self.project else None
        return Terms(read_route(self.route, self.model or ()), most, self.take, project)


class Bench:
    """A running house, and files that go in."""

    def __init__(self, house: "OpenHouse", ai: "AIService", local: "LocalGenerations") -> None:
        self.who, self.ai, self._local = house.owner, ai, local

    async def taken_in(self, path: Path) -> "AssetId":
        """A file of this machine, in the library."""
        return (await self._local.take_in(self.who, path)).id

    async def maybe(self, path: Path | None) -> "AssetId | None":
        """The same, of a file that may be left out."""
        return None if path is None else await self.taken_in(path)

    async def delivered(self, assets: "Sequence[Asset]", out: Path) -> Sequence[Path]:
        """Assets, put into a folder."""
        return await self._local.deliver(self.who, assets, out)


Work = Callable[[Bench, "Terms", Callable[[str, float], None]], Awaitable["Made"]]


@make.command
def stills(
    prompt: str,
    /,
    *,
    count: Annotated[int, Parameter(help="how many")] = 4,
    reference: Annotated[
        list[Path] | None, Parameter(negative="", help="a picture to go by; may be repeated")
    ] = None,
    lora: Annotated[
        list[str] | None, Parameter(negative="", help="address of trained weights")
    ] = None,
    style: Annotated[str, Parameter(help="put to the words: ink on paper")] = "",
    size: Annotated[str, Parameter(help="pixels: 1280x720")] = "1280x720",
    seed: int | None = None,
    asked: Asked | None = None,
) -> None:
    """Still variants of PROMPT. In a project, who or what it names is drawn after pinned references."""
    wide, _, tall = size.partition("x")

    async def work(bench: Bench, terms: "Terms", tell: Callable[[str, float], None]) -> "Made":
        from reelwright.ground.errors import InvalidInputError

        if not (wide.isdecimal() and tall.isdecimal()):
            raise InvalidInputError(f"{size[:20]!r} is no size", way_out="write it as 1280x720")
        return await bench.ai.generate_still_variants(
            bench.who,
            prompt,
            terms,
            tell,
            count=count,
            references=[await bench.taken_in(path) for path in reference or ()],
            lora_urls=lora or (),
            style=style,
            size=(int(wide), int(tall)),
            seed=seed,
        )

    _run(work, asked)


@make.command
def animate(
    image: Path,
    prompt: str,
    /,
    *,
    seconds: Annotated[float, Parameter(help="fitted to what the model makes")] = 5.0,
    last: Annotated[Path | None, Parameter(help="the picture it ends with")] = None,
    extend: Annotated[
        bool, Parameter(negative="", help="IMAGE is a clip: make what follows it")
    ] = False,
    aspect: Annotated[str, Parameter(help="16:9, 9:16, 1:1 ...")] = "16:9",
    resolution: Annotated[str | None, Parameter(help="480p, 720p, 1080p")] = None,
    asked: Asked | None = None,
) -> None:
    """Set IMAGE in motion as PROMPT says. Without a key the camera moves over the picture."""

    async def work(bench: Bench, terms: "Terms", tell: Callable[[str, float], None]) -> "Made":
        given = await bench.taken_in(image)
        return await bench.ai.animate_frame(
            bench.who,
            None if extend else given,
            prompt,
            terms,
            tell,
            seconds=seconds,
            last=await bench.maybe(last),
            extends=given if extend else None,
            aspect=aspect,
            resolution=resolution,
        )

    _run(work, asked)


@make.command
def moodboard(
    script: Script,
    /,
    *,
    scene: Annotated[str | None, Parameter(help="of this scene alone: 4")] = None,
    style: Annotated[str, Parameter(help="put to the words of the pictures")] = "",
    search: Annotated[bool, Parameter(help="add pictures of the web, where there is a key")] = True,
    pdf: Annotated[bool, Parameter(negative="", help="as PDF instead of PNG")] = False,
    asked: Asked | None = None,
) -> None:
    """One board of SCRIPT: its places, faces, light, colours and moods."""

    async def work(bench: Bench, terms: "Terms", tell: Callable[[str, float], None]) -> "Made":
        from reelwright.studio.reading import read_film

        breakdown = read_film(script).breakdown
        form = "pdf" if pdf else "png"
        return await bench.ai.build_moodboard(
            bench.who, breakdown, terms, tell, scene=scene, style=style, search=search, form=form
        )

    _run(work, asked)


@make.command
def speak(
    text: str,
    /,
    *,
    voice: Annotated[
        str, Parameter(help="the vendor's name of one; without a key: old woman")
    ] = "",
    directions: Annotated[str, Parameter(help="how: whispers, furious")] = "",
    language: Annotated[str | None, Parameter(help="en, de, fr ...")] = None,
    asked: Asked | None = None,
) -> None:
    """Say TEXT."""

    async def work(bench: Bench, terms: "Terms", tell: Callable[[str, float], None]) -> "Made":
        return await bench.ai.speak(
            bench.who, text, terms, tell, voice=voice, directions=directions, language=language
        )

    _run(work, asked)


@make.command
def sound(prompt: str, /, *, seconds: float | None = None, asked: Asked | None = None) -> None:
    """A sound effect. Needs a key."""
    _run(
        lambda bench, terms, tell: bench.ai.make_sound(
            bench.who, prompt, terms, tell, seconds=seconds
        ),
        asked,
    )


@make.command
def world(prompt: str = "", /, *, image: Path | None = None, asked: Asked | None = None) -> None:
    """A place to look around in: a panorama of words, or of a picture a scene in 3D. Needs a key."""

    async def work(bench: Bench, terms: "Terms", tell: Callable[[str, float], None]) -> "Made":
        picture = await bench.maybe(image)
        return await bench.ai.build_world(bench.who, prompt, terms, tell, image=picture)

    _run(work, asked)


@make.command
def search(words: str, /, *, count: int = 20, asked: Asked | None = None) -> None:
    """A list of pictures of the web, with their pages. Needs a key."""
    _run(
        lambda bench, terms, tell: bench.ai.search_images(
            bench.who, words, terms, tell, count=count
        ),
        asked,
    )


def _run(work: Work, asked: Asked | None) -> None:
    """Do it in a running house, and print the files and what they cost."""
    from reelwright.app.running import run_loop

    asked = asked or Asked()
    terms = asked.terms()
    made, files = run_loop(lambda: _worked(work, terms, asked.out))
    if asked.as_json:
        told: dict[str, Any] = {"files": [str(path) for path in files]}
        print(json.dumps(told | made.written(), ensure_ascii=False))
        return
    for warning in made.warnings:
        print(warning, file=sys.stderr)
    for path in files:
        print(path)
    print(made.told)


async def _worked(work: Work, terms: "Terms", out: Path) -> "tuple[Made, Sequence[Path]]":
    from reelwright.app.running import running
    from reelwright.generation.local import LocalGenerations
    from reelwright.studio.ai_service import AIService

    async with running(worker=True, directing=True) as house:
        ai = await house.container.get(AIService)
        bench = Bench(house, ai, await house.container.get(LocalGenerations))
        made = await work(bench, terms, lambda line, _: print(line, file=sys.stderr))
        return made, await bench.delivered(made.assets, out)
