"""Links by which anybody who has them may look at a project, comment on it, or take its films."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from weakref import WeakValueDictionary

from sqlalchemy import func, insert, select, update

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.limits.limiter import Limiter
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    DeniedError,
    InvalidInputError,
    MissingError,
    UnauthenticatedError,
)
from reelwright.ground.ids import ProjectId, ShareId, UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.passwords import Passwords
from reelwright.identity.secrets import SecretText
from reelwright.projects import announcing
from reelwright.projects.announcing import announce
from reelwright.projects.records import is_line, project_of
from reelwright.projects.tables import ShareLinkRow

_BEGINNING = Paging()
_LONGEST_NAME = 200


class ShareMissingError(MissingError):
    """There is no such link, or not any more: unknown, expired and revoked ones are never told apart."""

    code = "share_missing"

    def __init__(self) -> None:
        super().__init__(
            "this link leads nowhere", way_out="ask whoever gave it to you for another"
        )


class SharePasswordError(DeniedError):
    """The link asks for a password, and this is not it."""

    code = "share_password"


class ShareScope(StrEnum):
    """What a link is good for: to look, to look and say something, to look and take the files."""

    VIEW = "view"
    COMMENT = "comment"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link, without its text. `views` counts how often it was opened."""

    id: ShareId
    project_id: ProjectId
    user_id: UserId
    name: str
    scope: ShareScope
    has_password: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    views: int
    last_viewed_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a link is to be good for, and until when."""

    name: str = ""
    scope: ShareScope = ShareScope.VIEW
    expires_at: datetime | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody has come by a live link: what they may see."""

    link: ShareId
    workspace: WorkspaceId
    project: ProjectId
    scope: ShareScope


class ProjectSharingService:
    """Makes, lists and revokes the links of a workspace's projects, and lets in who brings one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        passwords: Passwords,
        limiter: Limiter,
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._passwords = passwords
        self._limiter = limiter
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def create(
        self, who: Principal, project_id: ProjectId, wanted: NewLink
    ) -> tuple[ShareLink, str]:
        """A link to a project, and its text, which is shown once.

        Raises InvalidInputError, PasswordRefusedError for what is guessed first.
        """
        name, now = wanted.name.strip() or "link", self._clock.now()
        if len(name) > _LONGEST_NAME or not is_line(name):
            raise InvalidInputError(f"a link's name is one line of at most {_LONGEST_NAME} signs")
        if wanted.expires_at is not None and wanted.expires_at <= now:
            raise InvalidInputError("the link would end before it begins")
        hashed = None
        if wanted.password is not None:
            hashed = await self._passwords.choose(wanted.password, name)
        text = SecretText.new(ShareId)
        row = {"id": text.id, "workspace_id": who.workspace, "project_id": project_id}
        row |= {"user_id": who.user, "name": name, "hash": text.hash()}
        more = {"scope": wanted.scope.value, "password_hash": hashed, "created_at": now}
        async with self._database.transaction(who) as tx:
            (await project_of(tx, who.workspace, project_id)).require_here()
            more["expires_at"] = wanted.expires_at
            await tx.execute(insert(ShareLinkRow).values(**row, **more))
            made = _link(await tx.get_one(ShareLinkRow, text.id))
            told = {"link_id": made.id, "name": name, "scope": made.scope.value}
            await announce(tx, announcing.SHARED, project_id, **told)
            await self._audit.write(tx, who, "share:made", made.id, _noted(made))
        return made, text.reveal()

    async def get(self, who: Principal, project_id: ProjectId, link: ShareId) -> ShareLink:
        """A link of a project; raises ShareMissingError."""
        async with self._database.read(who) as tx:
            return await _one(tx, who, project_id, link)

    async def list(
        self, who: Principal, project_id: ProjectId, paging: Paging = _BEGINNING
    ) -> Page[ShareLink]:
        """The links of a project, newest first, those too that lead nowhere any more."""
        row = ShareLinkRow
        query = select(row).where(row.workspace_id == who.workspace, row.project_id == project_id)
        if after := paging.after():
            query = query.where(row.id < str(after[0]))
        query = query.order_by(row.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            await project_of(tx, who.workspace, project_id)
            found = [_link(one) for one in await tx.scalars(query)]
        return paging.page(found, lambda link: [link.id])

    async def revoke(self, who: Principal, project_id: ProjectId, link: ShareId) -> ShareLink:
        """Make a link lead nowhere, at once; again changes nothing. Raises ShareMissingError."""
        row = ShareLinkRow
        async with self._database.transaction(who) as tx:
            this = row.workspace_id == who.workspace, row.project_id == project_id, row.id == link
            live = row.revoked_at.is_(None)
            revoked = await tx.scalar(
                update(row)
                .where(*this, live)
                .values(revoked_at=self._clock.now())
                .returning(row.id)
            )
            found = await _one(tx, who, project_id, link)
            if revoked is not None:
                await announce(tx, announcing.UNSHARED, project_id, link_id=link)
                said = {"project_id": project_id}
                await self._audit.write(tx, who, "share:revoked", link, said)
            return found

    async def admit(
        self, text: str, password: str | None = None, address: str = "nowhere"
    ) -> Admission:
        """Let in who brings the text of a live link; raises ShareMissingError, SharePasswordError.

        RateLimitedError for who comes too often, or after too many wrong passwords from one address.
        """
        try:
            token = SecretText.parse(text, ShareId)
        except UnauthenticatedError:
            raise ShareMissingError from None
        async with self._database.transaction(Activity.SHARE) as tx:
            row = await tx.scalar(select(ShareLinkRow).where(ShareLinkRow.id == token.id))
        fits = token.fits(row.hash if row is not None else None)
        if row is None or not fits or not _is_live(row, self._clock.now()):
            raise ShareMissingError
        here = f"{token.id} {address}"
        await self._limiter.check("share", here)
        await self._limiter.check("share_link", token.id)
        if row.password_hash is not None:
            # One after the other: those that come together are counted before the next is looked at.
            async with self._turns.setdefault(here, asyncio.Lock()):
                await self._check(token.id, here, password, row.password_hash)
        return Admission(
            token.id,
            WorkspaceId(row.workspace_id),
            ProjectId(row.project_id),
            ShareScope(row.scope),
        )

    async def require_live(self, link: str) -> None:
        """Raise ShareMissingError unless a link still leads to its project."""
        async with self._database.transaction(Activity.SHARE) as tx:
            row = await tx.scalar(select(ShareLinkRow).where(ShareLinkRow.id == link))
            if row is None or not _is_live(row, self._clock.now()):
                raise ShareMissingError
            try:
                await project_of(tx, WorkspaceId(row.workspace_id), ProjectId(row.project_id))
            except MissingError:
                raise ShareMissingError from None

    async def count_view(self, admission: Admission) -> None:
        """Note that a link was opened."""
        row = ShareLinkRow
        async with self._database.transaction(Activity.SHARE) as tx:
            await tx.execute(
                update(row)
                .where(row.id == admission.link)
                .values(views=row.views + 1, last_viewed_at=func.now())
            )

    async def _check(self, link: ShareId, here: str, password: str | None, kept: str) -> None:
        if password is None:
            raise SharePasswordError(
                "this link asks for a password",
                way_out="send it in the header Reelwright-Share-Password, percent-encoded",
            )
        # A stranger who guesses shuts out themselves, many together everybody; who knows it, nobody.
        tries = (("share_password", here), ("share_password_link", link))
        for name, key in tries:
            await self._limiter.require(name, key)
        right, _ = await self._passwords.verify(password, kept)
        if not right:
            for name, key in tries:
                await self._limiter.hit(name, key)
            raise SharePasswordError(
                "this is not the link's password", way_out="ask whoever gave you the link"
            )


async def _one(tx: Tx, who: Principal, project_id: ProjectId, link: ShareId) -> ShareLink:
    row = ShareLinkRow
    this = row.workspace_id == who.workspace, row.project_id == project_id, row.id == link
    query = select(row).where(*this).execution_options(populate_existing=True)
    found = await tx.scalar(query)
    if found is None:
        raise ShareMissingError
    return _link(found)


def _noted(made: ShareLink) -> dict[str, str | bool | None]:
    ends = made.expires_at.isoformat() if made.expires_at else None
    said = {"project_id": made.project_id, "scope": made.scope.value, "expires_at": ends}
    return said | {"has_password": made.has_password}


def _is_live(row: ShareLinkRow, now: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > now)


def _link(row: ShareLinkRow) -> ShareLink:
    return ShareLink(
        ShareId(row.id),
        ProjectId(row.project_id),
        UserId(row.user_id),
        row.name,
        ShareScope(row.scope),
        row.password_hash is not None,
        row.expires_at,
        row.revoked_at,
        row.views,
        row.last_viewed_at,
        row.created_at,
    )
