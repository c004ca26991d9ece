"""`AIService`: all that models do for a film in one place, each with progress, fallback and its cost."""

from collections.abc import Sequence

from typing_extensions import override

from reelwright.film.breakdown.model import Breakdown
from reelwright.generation.asking import Tell
from reelwright.generation.routes.route import Route
from reelwright.ground.ids import AssetId, DirectorThreadId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Silent
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.providers.prompts import Lora
from reelwright.studio.advice.desk import DirectorDesk
from reelwright.studio.advice.model import Advice
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.analysis.model import ScriptAnalysis
from reelwright.studio.drafts.writer import Draft, ScriptWriter
from reelwright.studio.hands.artists import silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.motion import MotionOrder, Motions
from reelwright.studio.hands.places import Places
from reelwright.studio.hands.sound import Sounds
from reelwright.studio.hands.stills import StillOrder, Stills
from reelwright.studio.moodboards.service import BoardOrder, Moodboards, board_of_words
from reelwright.studio.music.clips import ProducerMusicClipService

_TERMS = Terms()


class AIService:
    """The studio's hands and heads. Files are assets of the library, by id.

    Without a route in its terms, each asks the cheapest model there is a key of. Without any key:
    `analyze_script`, `generate_still_variants`, `animate_frame` (a move of the camera),
    `build_moodboard`, `generate_music_clip` and `speak` are done by rules or by the built-in artist,
    and their warnings say so; `write_script` does it where the text has scene headings; all others
    raise KeyNeededError, which names the vendors and the command that adds a key.
    """

    def __init__(
        self,
        library: AssetService,
        analyst: ScriptAnalyst,
        writer: ScriptWriter,
        director: DirectorDesk,
        stills: Stills,
        motions: Motions,
        sounds: Sounds,
        places: Places,
        moodboards: Moodboards,
        music: ProducerMusicClipService,
    ) -> None:
        self._library = library
        self._analyst = analyst
        self._writer = writer
        self._director = director
        self._stills = stills
        self._motions = motions
        self._sounds = sounds
        self._places = places
        self._moodboards = moodboards
        self._music = music

    async def analyze_script(
        self, who: Principal, script: Breakdown, terms: Terms = _TERMS, tell: Tell = silent
    ) -> ScriptAnalysis:
        """What a script is about, scene by scene; `bill` says what it cost. See `ScriptAnalyst`."""
        return await self._analyst.analyze(
            who,
            script,
            route=terms.route,
            project_id=terms.project_id,
            take=terms.take,
            progress=Telling(tell),
        )

    async def write_script(
        self,
        who: Principal,
        text: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        title: str = "",
        language: str | None = None,
    ) -> Draft:
        """A Fountain draft of an idea or of prose. See `ScriptWriter`."""
        return await self._writer.write(
            who,
            text,
            title=title,
            language=language,
            route=terms.route,
            project_id=terms.project_id,
            take=terms.take,
            progress=Telling(tell),
        )

    async def ask_the_director(
        self,
        who: Principal,
        project_id: ProjectId,
        question: str,
        *,
        thread_id: DirectorThreadId | None = None,
        about: Sequence[str] = (),
        images: Sequence[AssetId] = (),
        route: Route | None = None,
    ) -> Advice:
        """An answer about a project, with edits it proposes; without a thread, in a new one."""
        thread = thread_id or (await self._director.open(who, project_id, question[:80])).id
        return await self._director.ask(
            who, thread, question, about=about, images=images, route=route
        )

    async def generate_still_variants(
        self,
        who: Principal,
        prompt: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        count: int = 4,
        references: Sequence[AssetId] = (),
        lora_urls: Sequence[str] = (),
        style: str = "",
        size: tuple[int, int] = (1280, 720),
        seed: int | None = None,
    ) -> Made:
        """Several pictures of a prompt, after references, trained weights and a style."""
        wanted = StillOrder(
            prompt,
            count,
            tuple(await self._assets(who, references)),
            tuple(Lora(one) for one in lora_urls),
            style,
            *size,
            seed=seed,
        )
        return await self._stills.make(who, wanted, terms, tell)

    async def animate_frame(
        self,
        who: Principal,
        image: AssetId | None,
        prompt: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        seconds: float = 5.0,
        last: AssetId | None = None,
        extends: AssetId | None = None,
        aspect: str = "16:9",
        resolution: str | None = None,
    ) -> Made:
        """A frame set in motion; with `last` the way to another, with `extends` what follows a clip."""
        first, end, clip = [await self._asset(who, one) for one in (image, last, extends)]
        wanted = MotionOrder(prompt, first, end, clip, seconds, aspect, resolution)
        return await self._motions.make(who, wanted, terms, tell)

    async def build_moodboard(
        self,
        who: Principal,
        subject: Breakdown | str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        scene: str | None = None,
        style: str = "",
        search: bool = True,
        form: str = "png",
    ) -> Made:
        """The board of a script, of one of its scenes, or of a few words; the board is the first asset."""
        if isinstance(subject, str):
            subject = board_of_words(subject)
        wanted = BoardOrder(subject, scene, style, search, form)
        return await self._moodboards.build(who, wanted, terms, tell)

    async def generate_music_clip(
        self,
        who: Principal,
        prompt: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        lyrics: str = "",
        seconds: float = 30.0,
        extends: AssetId | None = None,
    ) -> Made:
        """A clip of music, sung where there are lyrics; with `extends`, what follows another."""
        earlier = await self._asset(who, extends)
        return await self._music.generate_music_clip(
            who, prompt, lyrics=lyrics, seconds=seconds, extends=earlier, terms=terms, tell=tell
        )

    async def speak(
        self,
        who: Principal,
        text: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        voice: str = "",
        directions: str = "",
        language: str | None = None,
    ) -> Made:
        """A line, spoken."""
        return await self._sounds.speak(
            who, text, terms, voice=voice, directions=directions, language=language, tell=tell
        )

    async def make_sound(
        self,
        who: Principal,
        prompt: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        seconds: float | None = None,
    ) -> Made:
        """A sound effect."""
        return await self._sounds.effect(who, prompt, terms, seconds=seconds, tell=tell)

    async def build_world(
        self,
        who: Principal,
        prompt: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        image: AssetId | None = None,
    ) -> Made:
        """A panorama, or of a picture a scene in 3D."""
        picture = await self._asset(who, image)
        return await self._places.build_world(who, prompt, terms, image=picture, tell=tell)

    async def search_images(
        self,
        who: Principal,
        query: str,
        terms: Terms = _TERMS,
        tell: Tell = silent,
        *,
        count: int = 20,
    ) -> Made:
        """Pictures of the web, as a list with their pages."""
        return await self._places.search(who, query, terms, count=count, tell=tell)

    async def _asset(self, who: Principal, asset: AssetId | None) -> Asset | None:
        return None if asset is None else await self._library.get(who, asset)

    async def _assets(self, who: Principal, ids: Sequence[AssetId]) -> Sequence[Asset]:
        found = await self._library.get_many(who, ids)
        return [found[one] for one in ids]


class Telling(Silent):
    """Progress as lines and fractions."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._totals: dict[str, float] = {}
        self._done: dict[str, float] = {}

    @override
    def begin(self, stage: str, total: float) -> None:
        """A stage begins."""
        self._totals[stage], self._done[stage] = max(total, 1.0), 0.0
        self._tell(stage, 0.0)

    @override
    def advance(self, stage: str, by: float = 1.0, note: str = "") -> None:
        """Some of it is done."""
        self._done[stage] = self._done.get(stage, 0.0) + by
        done = min(1.0, self._done[stage] / self._totals.get(stage, 1.0))
        self._tell(f"{stage}: {note}" if note else stage, done)

    @override
    def warn(self, message: str) -> None:
        """Something to know."""
        self._tell(message, 0.0)
