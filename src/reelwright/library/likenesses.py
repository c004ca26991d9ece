"""Saying whom a file shows or lets hear, recording what they agreed to, and taking that back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import AssetId, LikenessId, UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.library.likeness import (
    Aspect,
    Basis,
    Consent,
    Likeness,
    LikenessMissingError,
    Withdrawal,
)
from reelwright.library.rights_tables import LikenessRow

_BEGINNING = Paging()
_LONGEST_NAME = 200
_LONGEST_WORDING = 20_000
_SEEN = ("image/", "video/")
_HEARD = ("audio/", "video/")


class Likenesses:
    """What is known of the people in a workspace's files. Nothing that was said is changed.

    What is said of a file is said of its content: of its copies too, and of the same file sent again.
    """

    def __init__(
        self, database: Database, clock: Clock, audit: AuditLog, library: AssetService
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._library = library

    async def declare(
        self,
        who: Principal,
        asset_id: AssetId,
        person: str,
        covers: Collection[Aspect],
        consent: Consent | None = None,
    ) -> Likeness:
        """Say that a real person is in a file, and what they agreed to, if they did.

        Without consent in force the file is refused wherever it would be used as that person.
        Raises AssetMissingError, InvalidInputError.
        """
        asset = await self._asset(who, asset_id)
        person = _line(person, "a person's name")
        _check_covers(asset, covers)
        now = self._clock.now()
        if consent is not None:
            await self._check(who, consent, now)
        said = _said(who, asset, person, covers, consent, now)
        await self._add(who, said)
        return said

    async def declare_nobody(self, who: Principal, asset_id: AssetId) -> Likeness:
        """Say that nobody real is in a file; ConflictError if somebody was named before."""
        asset = await self._asset(who, asset_id)
        before = await self.of_contents(who, [asset.sha256])
        if any(one.person is not None for one in before):
            raise ConflictError(
                f"somebody was said to be in {asset.name}",
                way_out="record what they agreed to, or use another file",
            )
        if before:
            return before[0]
        said = _said(who, asset, None, (), None, self._clock.now())
        await self._add(who, said)
        return said

    async def withdraw(
        self, who: Principal, asset_id: AssetId, likeness: LikenessId, reason: str = ""
    ) -> Likeness:
        """Let a consent end now; again changes nothing. Raises LikenessMissingError.

        What was made already stays; the file is refused for whatever is made from now on.
        """
        row, now = LikenessRow, self._clock.now()
        values = {"withdrawn_at": now, "withdrawn_by": who.user, "withdrawn_reason": reason}
        this = row.workspace_id == who.workspace, row.id == likeness, row.asset_id == asset_id
        async with self._database.transaction(who) as tx:
            gone = await tx.scalar(
                update(row)
                .where(*this, row.basis.is_not(None), row.withdrawn_at.is_(None))
                .values(**values)
                .returning(row.id)
            )
            found = await tx.scalar(select(row).where(*this))
            if found is None:
                raise LikenessMissingError(f"there is no likeness {likeness}")
            if found.basis is None:
                raise ConflictError("there is no consent that could be withdrawn")
            if gone is not None:
                told = {"asset_id": found.asset_id, "reason": reason}
                await self._audit.write(tx, who, "consent:withdrawn", likeness, told)
            return likeness_from(found)

    async def of_asset(self, who: Principal, asset_id: AssetId) -> Sequence[Likeness]:
        """What was said of a file, the newest first; raises AssetMissingError."""
        asset = await self._library.get(who, asset_id)
        return await self.of_contents(who, [asset.sha256])

    async def list(self, who: Principal, paging: Paging = _BEGINNING) -> Page[Likeness]:
        """What was said of all files of the workspace, the newest first."""
        query = select(LikenessRow).where(LikenessRow.workspace_id == who.workspace)
        if after := paging.after():
            query = query.where(LikenessRow.id < str(after[0]))
        query = query.order_by(LikenessRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [likeness_from(row) for row in await tx.scalars(query)]
        return paging.page(found, lambda one: [one.id])

    async def of_contents(self, who: Principal, digests: Collection[str]) -> Sequence[Likeness]:
        """What was said of contents, the newest first."""
        query = select(LikenessRow).where(
            LikenessRow.workspace_id == who.workspace, LikenessRow.sha256.in_(sorted(digests))
        )
        async with self._database.read(who) as tx:
            rows = await tx.scalars(query.order_by(LikenessRow.id.desc()))
            return [likeness_from(row) for row in rows]

    async def _asset(self, who: Principal, asset_id: AssetId) -> Asset:
        asset = await self._library.get(who, asset_id)
        if not asset.sha256:
            raise ConflictError(
                f"asset {asset_id} is not downloaded yet", way_out="wait until it is downloaded"
            )
        return asset

    async def _check(self, who: Principal, consent: Consent, now: datetime) -> None:
        _line(consent.wording_version, "the version of a wording")
        if not 1 <= len(consent.wording.strip()) <= _LONGEST_WORDING:
            raise InvalidInputError(
                "a consent has the words that were agreed to",
                way_out=f"at most {_LONGEST_WORDING} signs",
            )
        if consent.ends_at is not None and consent.ends_at <= now:
            raise InvalidInputError("the consent would have ended already")
        if consent.evidence is not None:
            await self._library.get(who, consent.evidence)

    async def _add(self, who: Principal, said: Likeness) -> None:
        async with self._database.transaction(who) as tx:
            await add_likeness(tx, who, said)
            told: dict[str, Any] = {"asset_id": said.asset_id, "person": said.person}
            if said.consent is not None:
                told |= {"basis": said.consent.basis, "version": said.consent.wording_version}
            action = "likeness:declared" if said.consent is None else "consent:recorded"
            await self._audit.write(tx, who, action, said.id, told)


async def add_likeness(tx: Tx, who: Principal, said: Likeness) -> None:
    """Write down what was said, in the caller's transaction."""
    consent = said.consent
    values: dict[str, Any] = {"id": said.id, "workspace_id": who.workspace}
    values |= {"asset_id": said.asset_id, "sha256": said.sha256, "user_id": said.by}
    values |= {"person": said.person, "covers": sorted(said.covers), "created_at": said.created_at}
    if consent is not None:
        values |= {"basis": consent.basis.value, "wording": consent.wording}
        values |= {"wording_version": consent.wording_version, "ends_at": consent.ends_at}
        values["evidence_id"] = consent.evidence
    await tx.execute(insert(LikenessRow).values(**values))


def likeness_from(row: LikenessRow) -> Likeness:
    """What a row says."""
    consent = withdrawn = None
    if row.basis and row.wording and row.wording_version:
        evidence = AssetId(row.evidence_id) if row.evidence_id else None
        consent = Consent(Basis(row.basis), row.wording, row.wording_version, evidence, row.ends_at)
    if row.withdrawn_at is not None:
        by = UserId(row.withdrawn_by) if row.withdrawn_by else None
        withdrawn = Withdrawal(row.withdrawn_at, by, row.withdrawn_reason or "")
    return Likeness(
        LikenessId(row.id),
        AssetId(row.asset_id),
        UserId(row.user_id),
        row.person,
        frozenset(map(Aspect, row.covers)),
        consent,
        withdrawn,
        row.created_at,
        row.sha256,
    )


def _said(
    who: Principal,
    asset: Asset,
    person: str | None,
    covers: Collection[Aspect],
    consent: Consent | None,
    now: datetime,
) -> Likeness:
    about = frozenset(covers)
    new = LikenessId.new()
    return Likeness(new, asset.id, who.user, person, about, consent, None, now, sha256=asset.sha256)


def _check_covers(asset: Asset, covers: Collection[Aspect]) -> None:
    kinds = {Aspect.PICTURE: _SEEN, Aspect.VOICE: _HEARD}
    if not covers or not all(asset.media_type.startswith(kinds[one]) for one in covers):
        raise InvalidInputError(
            f"{asset.name} is {asset.media_type}: nobody's {' or '.join(sorted(covers)) or 'likeness'}",
            way_out="a picture is seen, a recording heard, a film both",
        )


def _line(text: str, what: str) -> str:
    plain = " ".join(text.split())
    if not 1 <= len(plain) <= _LONGEST_NAME or not plain.isprintable():
        raise InvalidInputError(f"{what} is one line of at most {_LONGEST_NAME} signs")
    return plain
