"""The calls of the tag `assets`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.assets import AssetView, OriginKind, SignedUrl
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
        limit: int = 50,
    ) -> AsyncIterator[AssetView]:
        """The assets of the workspace, newest first."""
        return self._wire.rows(
            "/api/v1/assets",
            {"media": media, "project_id": project_id, "origin": origin, "limit": limit},
            AssetView,
        )

    async def get_asset(self, asset_id: str) -> AssetView:
        """One asset."""
        answer = await self._wire.ask("GET", at("/api/v1/assets/{asset_id}", asset_id=asset_id))
        return read(AssetView, answer.body)

    async def delete_asset(self, asset_id: str) -> None:
        """Delete an asset; its bytes go later, if nothing else uses them."""
        await self._wire.ask("DELETE", at("/api/v1/assets/{asset_id}", asset_id=asset_id))

    async def sign_asset(self, asset_id: str, *, expires: int | None = None) -> SignedUrl:
        """A signed URL of the bytes of an asset."""
        answer = await self._wire.ask(
            "GET",
            at("/api/v1/assets/{asset_id}/url", asset_id=asset_id),
            query={"expires": expires},
        )
        return read(SignedUrl, answer.body)
