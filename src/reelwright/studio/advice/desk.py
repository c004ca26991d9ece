"""The director's desk: asked about a project, it answers in prose and in notes one may apply."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reelwright.billing.analytics import AnalyticsService
from reelwright.engines.database.database import Database
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Written
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, DirectorMessageId, DirectorThreadId, ProjectId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.projects.service import ProjectService
from reelwright.providers.prompts import Media, TextRequest
from reelwright.studio.advice import records
from reelwright.studio.advice.briefing import brief, in_question
from reelwright.studio.advice.model import Advice, AdviceMissingError, Applied, Thread
from reelwright.studio.advice.pieces import Prose
from reelwright.studio.advice.proposing import changes_of, chosen, read_edits
from reelwright.studio.asking import Bill, Errand, Pens
from reelwright.studio.manuscripts import Manuscript, Manuscripts, annotated

_BEGINNING = Paging()
_REMEMBERED = 20
_LONGEST = 8000
_MOST_IMAGES = 8
_PICTURES = frozenset(("image/png", "image/jpeg", "image/webp"))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question with all that goes along."""

    thread: Thread
    script: Manuscript
    question: str
    about: tuple[str, ...]
    images: tuple[str, ...]
    request: TextRequest
    errand: Errand


class DirectorDesk:
    """Conversations about projects, kept in threads; what is proposed becomes notes when it is applied."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        projects: ProjectService,
        library: AssetService,
        spending: AnalyticsService,
        pens: Pens,
        scripts: Manuscripts,
    ) -> None:
        self._database = database
        self._clock = clock
        self._projects = projects
        self._library = library
        self._spending = spending
        self._pens = pens
        self._scripts = scripts

    async def open(self, who: Principal, project_id: ProjectId, title: str = "") -> Thread:
        """Begin a thread; raises ProjectMissingError."""
        project = await self._projects.get(who, project_id)
        title = " ".join(title.split())[:200] or project.name
        thread = Thread(DirectorThreadId.new(), project.id, title, self._clock.now())
        async with self._database.transaction(who) as tx:
            await records.add_thread(tx, who, thread)
        return thread

    async def threads(
        self, who: Principal, project_id: ProjectId, paging: Paging = _BEGINNING
    ) -> Page[Thread]:
        """A project's threads, newest first."""
        await self._projects.get(who, project_id)
        async with self._database.read(who) as tx:
            return await records.threads_of(tx, who, project_id, paging)

    async def thread(self, who: Principal, thread_id: DirectorThreadId) -> Thread:
        """A thread; raises AdviceMissingError."""
        async with self._database.read(who) as tx:
            return await records.thread_of(tx, who, thread_id)

    async def messages(
        self, who: Principal, thread_id: DirectorThreadId, most: int = 200
    ) -> list[Advice]:
        """The last messages of a thread, oldest first; raises AdviceMissingError."""
        async with self._database.read(who) as tx:
            await records.thread_of(tx, who, thread_id)
            return await records.last_messages(tx, who, thread_id, most)

    async def ask(
        self,
        who: Principal,
        thread_id: DirectorThreadId,
        question: str,
        *,
        about: Sequence[str] = (),
        images: Sequence[AssetId] = (),
        route: Route | None = None,
    ) -> Advice:
        """Ask, and wait for the whole answer.

        `about` are scenes and shots by number or id; without any, those the question names, else
        the whole film if it is short. An answer whose proposals mean nothing is asked for once
        more; what is left of them then is told in `warnings`. Raises KeyNeededError without a key.
        """
        asking = self._prepared(who, thread_id, question, about, images, route)
        async with asking as prepared:
            breakdown = prepared.script.breakdown
            written = await self._pens.write(
                prepared.errand,
                prepared.request,
                lambda one: read_edits(one.data, breakdown)[1],
            )
            return await self._keep(who, prepared, written)

    async def stream(
        self,
        who: Principal,
        thread_id: DirectorThreadId,
        question: str,
        *,
        about: Sequence[str] = (),
        images: Sequence[AssetId] = (),
        route: Route | None = None,
    ) -> AsyncIterator[str | Advice]:
        """The answer's prose while it is written, and at last the message with its proposals.

        Whoever stops reading leaves no message; asked again, what was written is found.
        """
        asking = self._prepared(who, thread_id, question, about, images, route)
        async with asking as prepared:
            errand, prose = prepared.errand, Prose()
            streamed = self._pens.writing.stream(
                who, prepared.request, errand.route, project_id=errand.project_id
            )
            async with aclosing(streamed) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Written):
                        errand.bill.add(piece)
                        yield await self._keep(who, prepared, piece)
                    elif said := prose.feed(piece):
                        yield said

    async def apply(
        self,
        who: Principal,
        message_id: DirectorMessageId,
        numbers: Sequence[int] | None = None,
        *,
        over: bool = False,
        project_id: ProjectId | None = None,
    ) -> Applied:
        """Add proposals of an answer, all or those of these numbers, to the notes: a new revision.

        Notes that stand are kept, unless `over`: then they are written over, which is for a person
        to say. Raises StaleProposalError when the script has lost what a proposal is about,
        UnfollowableNoteError when one cannot be followed; then nothing changes.
        """
        async with self._database.read(who) as tx:
            message = await records.message_of(tx, who, message_id)
        if project_id not in (None, message.project_id):
            raise AdviceMissingError(f"project {project_id} has no message {message_id}")
        script = await self._scripts.read(who, message.project_id)
        edits = chosen(message.edits, numbers)
        changes, applied, kept = changes_of(edits, script.notes, script.breakdown, over=over)
        revision = await self._scripts.annotate(who, script, changes)
        notes = annotated(script.breakdown, script.notes, changes) if changes else script.notes
        return Applied(revision.id, notes, applied, kept)

    @asynccontextmanager
    async def _prepared(
        self,
        who: Principal,
        thread_id: DirectorThreadId,
        question: str,
        about: Sequence[str],
        images: Sequence[AssetId],
        route: Route | None,
    ) -> AsyncIterator[_Prepared]:
        """All that is asked, its pictures on this disk while the block runs."""
        if not question.strip() or len(question) > _LONGEST:
            raise InvalidInputError(f"a question has 1 to {_LONGEST} characters")
        async with self._database.read(who) as tx:
            thread = await records.thread_of(tx, who, thread_id)
            before = await records.last_messages(tx, who, thread_id, _REMEMBERED)
        await self._pens.need(who, "the director", "write notes yourself: reelwright notes SCRIPT")
        script = await self._scripts.read(who, thread.project_id)
        named = in_question(script.directed.breakdown, about, question)
        spent = await self._spent(who, thread.project_id)
        errand = Errand(who, route or Route(), Bill(), thread.project_id)
        with tempfile.TemporaryDirectory(prefix="reelwright-stills-") as folder:
            media = await self._pictures(who, images, Path(folder))
            request = brief(script, spent, named, before, question, media)
            yield _Prepared(thread, script, question, named, tuple(images), request, errand)

    async def _pictures(
        self, who: Principal, images: Sequence[AssetId], folder: Path
    ) -> list[Media]:
        if len(images) > _MOST_IMAGES:
            raise InvalidInputError(f"at most {_MOST_IMAGES} pictures go with a question")
        assets = await self._library.get_many(who, images) if images else {}
        media = []
        for number, asset in enumerate(assets[one] for one in images):
            if asset.media_type not in _PICTURES:
                raise InvalidInputError(
                    f"{asset.name} is no picture a model sees", way_out="PNG, JPEG or WebP"
                )
            path = folder / f"{number}{Path(asset.name).suffix}"
            await self._library.fetch(who, asset, path)
            media.append(Media(path, asset.media_type, asset.sha256, asset.name))
        return media

    async def _spent(self, who: Principal, project_id: ProjectId) -> dict[str, int]:
        usage = await self._spending.usage(who, [], project=project_id)
        return {one.currency: one.spent for one in usage}

    async def _keep(self, who: Principal, prepared: _Prepared, written: Written) -> Advice:
        """Question and answer, written down together."""
        breakdown, bill = prepared.script.breakdown, prepared.errand.bill
        data: Any = written.data
        edits, faults = read_edits(data, breakdown)
        common: dict[str, Any] = {
            "thread_id": prepared.thread.id,
            "project_id": prepared.thread.project_id,
            "revision_id": prepared.script.project.head.id,
            "about": list(prepared.about),
            "created_at": self._clock.now(),
        }
        nothing = {"edits": [], "warnings": [], "model": None, "cost_micros": None}
        question = {**common, **nothing, "role": "user", "text": prepared.question}
        question |= {"images": [str(one) for one in prepared.images], "currency": None}
        answer = {
            **common,
            "role": "assistant",
            "text": data["answer"],
            "edits": [asdict(one) for one in edits],
            "warnings": [f"left out, for {fault}" for fault in faults],
            "images": [],
            "model": written.model,
            "cost_micros": None if bill.unpriced else bill.micros.get(written.currency, 0),
            "currency": written.currency,
        }
        rows = [{"id": DirectorMessageId.new(), **one} for one in (question, answer)]
        async with self._database.transaction(who) as tx:
            await records.thread_of(tx, who, prepared.thread.id, lock=True)
            return (await records.add_messages(tx, who, rows))[-1]
