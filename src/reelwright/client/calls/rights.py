"""The calls of the tag `rights`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.rights import (
    FiledNotice,
    LikenessView,
    NewLikeness,
    NewNotice,
    ReplyOrder,
    WithdrawalOrder,
)
from reelwright.client.models.shared import TakedownView
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class RightsCalls:
    """The calls of the tag `rights`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def file_notice(self, body: NewNotice) -> FiledNotice:
        """Say that something here hurts a right of yours. The answer is the same whether it is here or not."""
        answer = await self._wire.ask("POST", "/api/v1/notices", body=body)
        return read(FiledNotice, answer.body)

    async def declare_likeness(
        self, asset_id: str, body: NewLikeness, *, key: str | None = None
    ) -> LikenessView:
        """Say that a real person is in a file of yours, and record what they agreed to."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/assets/{asset_id}/likenesses", asset_id=asset_id),
            body=body,
            key=key,
        )
        return read(LikenessView, answer.body)

    async def list_asset_likenesses(self, asset_id: str) -> list[LikenessView]:
        """What was said of a file, the newest first."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/assets/{asset_id}/likenesses", asset_id=asset_id)
        )
        return read(list[LikenessView], answer.body)

    async def declare_nobody(self, asset_id: str) -> LikenessView:
        """Say that nobody real is in a file; it may then stand for a member of the cast."""
        answer = await self._wire.ask(
            "PUT", at("/api/v1/assets/{asset_id}/likenesses/nobody", asset_id=asset_id)
        )
        return read(LikenessView, answer.body)

    async def withdraw_consent(
        self,
        asset_id: str,
        likeness_id: str,
        body: WithdrawalOrder | None = None,
        *,
        key: str | None = None,
    ) -> LikenessView:
        """Let a consent end now: nothing more is made of the file. What was made already stays."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/assets/{asset_id}/likenesses/{likeness_id}/withdraw",
                asset_id=asset_id,
                likeness_id=likeness_id,
            ),
            body=body,
            key=key,
        )
        return read(LikenessView, answer.body)

    def list_likenesses(self, *, limit: int = 50) -> AsyncIterator[LikenessView]:
        """What was said of all files of the workspace, the newest first; also of those that are deleted."""
        return self._wire.rows("/api/v1/likenesses", {"limit": limit}, LikenessView)

    def list_takedowns(self, *, limit: int = 50) -> AsyncIterator[TakedownView]:
        """What was taken down in the workspace, the newest first."""
        return self._wire.rows("/api/v1/takedowns", {"limit": limit}, TakedownView)

    async def get_takedown(self, takedown_id: str) -> TakedownView:
        """One takedown: what, and why."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/takedowns/{takedown_id}", takedown_id=takedown_id)
        )
        return read(TakedownView, answer.body)

    async def reply_to_takedown(
        self, takedown_id: str, body: ReplyOrder, *, key: str | None = None
    ) -> TakedownView:
        """Say what there is to say against it: whoever decided reads it. Again takes the place of before."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/takedowns/{takedown_id}/reply", takedown_id=takedown_id),
            body=body,
            key=key,
        )
        return read(TakedownView, answer.body)


class RightsWaited(Waited):
    """The same, waited for."""

    file_notice = waited(RightsCalls.file_notice)
    declare_likeness = waited(RightsCalls.declare_likeness)
    list_asset_likenesses = waited(RightsCalls.list_asset_likenesses)
    declare_nobody = waited(RightsCalls.declare_nobody)
    withdraw_consent = waited(RightsCalls.withdraw_consent)
    list_likenesses = each(RightsCalls.list_likenesses)
    list_takedowns = each(RightsCalls.list_takedowns)
    get_takedown = waited(RightsCalls.get_takedown)
    reply_to_takedown = waited(RightsCalls.reply_to_takedown)
