"""The calls of the tag `assets`. Written by `make openapi`."""

from collections.abc import AsyncIterator
from datetime import datetime

from reelwright.client.models.assets import (
    AssetChanges,
    AssetDetail,
    AssetStatisticsView,
    AssetView,
    DownloadOrder,
    DownloadView,
    OriginKind,
    SignedUrl,
    SyncStatus,
)
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class AssetsCalls:
    """The calls of the tag `assets`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_assets(
        self,
        *,
        media: str | None = None,
        project_id: str | None = None,
        origin: OriginKind | None = None,
        name: str | None = None,
        tag: str | None = None,
        favourite: bool | None = None,
        sync_status: SyncStatus | None = None,
        trashed: bool | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> AsyncIterator[AssetView]:
        """The assets of the workspace, newest first."""
        return self._wire.rows(
            "/api/v1/assets",
            {
                "media": media,
                "project_id": project_id,
                "origin": origin,
                "name": name,
                "tag": tag,
                "favourite": favourite,
                "sync_status": sync_status,
                "trashed": trashed,
                "since": since,
                "until": until,
                "limit": limit,
            },
            AssetView,
        )

    async def count_assets(self) -> AssetStatisticsView:
        """How many assets there are and what they take, by kind and by project."""
        answer = await self._wire.ask("GET", "/api/v1/assets/statistics")
        return read(AssetStatisticsView, answer.body)

    async def list_asset_tags(self) -> list[str]:
        """The tags there are, by name; at most a thousand."""
        answer = await self._wire.ask("GET", "/api/v1/assets/tags")
        return read(list[str], answer.body)

    async def get_asset(self, asset_id: str) -> AssetDetail:
        """One asset, and where it came from."""
        answer = await self._wire.ask("GET", at("/api/v1/assets/{asset_id}", asset_id=asset_id))
        return read(AssetDetail, answer.body)

    async def change_asset(self, asset_id: str, body: AssetChanges) -> AssetView:
        """Rename an asset, tag it, make it a favourite."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/assets/{asset_id}", asset_id=asset_id), body=body
        )
        return read(AssetView, answer.body)

    async def delete_asset(self, asset_id: str) -> None:
        """Delete an asset; its bytes go later, if nothing else uses them."""
        await self._wire.ask("DELETE", at("/api/v1/assets/{asset_id}", asset_id=asset_id))

    async def trash_asset(self, asset_id: str, *, key: str | None = None) -> AssetView:
        """Put an asset into the trash, from where it is deleted after 30 days."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/assets/{asset_id}/trash", asset_id=asset_id), key=key
        )
        return read(AssetView, answer.body)

    async def restore_asset(self, asset_id: str, *, key: str | None = None) -> AssetView:
        """Take an asset out of the trash."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/assets/{asset_id}/restore", asset_id=asset_id), key=key
        )
        return read(AssetView, answer.body)

    async def sign_asset(self, asset_id: str, *, expires: int | None = None) -> SignedUrl:
        """A signed URL of the bytes of an asset."""
        answer = await self._wire.ask(
            "GET",
            at("/api/v1/assets/{asset_id}/url", asset_id=asset_id),
            query={"expires": expires},
        )
        return read(SignedUrl, answer.body)

    async def download_file(self, body: DownloadOrder, *, key: str | None = None) -> DownloadView:
        """Have a file brought from elsewhere. What it is, and whether it is taken, is seen when it is here."""
        answer = await self._wire.ask("POST", "/api/v1/assets/downloads", body=body, key=key)
        return read(DownloadView, answer.body)

    async def download_asset(self, asset_id: str, *, key: str | None = None) -> DownloadView:
        """Try again to bring a file that could not be had; it goes on where it broke off."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/assets/{asset_id}/download", asset_id=asset_id), key=key
        )
        return read(DownloadView, answer.body)


class AssetsWaited(Waited):
    """The same, waited for."""

    list_assets = each(AssetsCalls.list_assets)
    count_assets = waited(AssetsCalls.count_assets)
    list_asset_tags = waited(AssetsCalls.list_asset_tags)
    get_asset = waited(AssetsCalls.get_asset)
    change_asset = waited(AssetsCalls.change_asset)
    delete_asset = waited(AssetsCalls.delete_asset)
    trash_asset = waited(AssetsCalls.trash_asset)
    restore_asset = waited(AssetsCalls.restore_asset)
    sign_asset = waited(AssetsCalls.sign_asset)
    download_file = waited(AssetsCalls.download_file)
    download_asset = waited(AssetsCalls.download_asset)
