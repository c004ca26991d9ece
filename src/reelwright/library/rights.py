"""Whether files may be used: nothing is held back of them, and whoever is in them has agreed."""

from collections.abc import Collection, Sequence

from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.identity.users import UserService
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError, OriginKind
from reelwright.library.likeness import (
    Aspect,
    LikenessRefusedError,
    LikenessUndeclaredError,
    aspect_of,
    refused_person,
)
from reelwright.library.likenesses import Likenesses

_DEEPEST = 20
_MAY_SHOW = ("image/", "video/", "audio/")


class Rights:
    """Asked wherever a file is about to become part of something."""

    def __init__(
        self, library: AssetService, likenesses: Likenesses, users: UserService, clock: Clock
    ) -> None:
        self._library = library
        self._likenesses = likenesses
        self._users = users
        self._clock = clock
        self._owners: WorkspaceId | None = None

    async def require(
        self, who: Principal, wanted: Collection[AssetId], *, cast: bool = False
    ) -> None:
        """Raise unless all of them may be used: TakenDownError, LikenessRefusedError.

        `cast`: they are to stand for a member of the cast; then LikenessUndeclaredError for a
        person's own file of which nobody has said who is in it. Whoever owns the installation is not
        asked that about the files of their own workspace: they answer for what is on their machine.
        """
        found = await self._library.get_many(who, list(dict.fromkeys(wanted)))
        if not any(one.media_type.startswith(_MAY_SHOW) for one in found.values()):
            for one in found.values():
                one.require_served()
            return
        sources = {one.id: await self._sources(who, one) for one in found.values()}
        for one in {one.id: one for all_of in sources.values() for one in all_of}.values():
            one.require_served()
        digests = {one.sha256 for all_of in sources.values() for one in all_of}
        said = await self._likenesses.of_contents(who, digests)
        now = self._clock.now()
        for asset in found.values():
            aspect = aspect_of(asset.media_type)
            for source in sources[asset.id]:
                words = [one for one in said if one.sha256 == source.sha256]
                refused = refused_person(words, aspect, now)
                if refused is not None:
                    raise _refused(asset, refused.person or "", refused.standing(now), aspect)
                if cast and not words and source.origin.kind is OriginKind.UPLOAD:
                    await self._ask(who, source)

    async def _ask(self, who: Principal, asset: Asset) -> None:
        if self._owners is None:
            self._owners = (await self._users.local_owner()).workspace
        if who.workspace != self._owners:
            raise LikenessUndeclaredError(
                f"nobody has said who is in {asset.name}",
                way_out=f"name the person and what they agreed to: POST /api/v1/assets/{asset.id}"
                "/likenesses; or say that it is nobody real: PUT .../likenesses/nobody",
            )

    async def _sources(self, who: Principal, asset: Asset) -> Sequence[Asset]:
        """The file, and those it was cut, cropped or mixed from, as far as they are still here."""
        known = {asset.id: asset}
        new = [asset]
        for _ in range(_DEEPEST):
            named = {one for asset in new for one in _inputs(asset)} - known.keys()
            new = [one for one in await self._there(who, named) if one.id not in known]
            if not new:
                break
            known |= {one.id: one for one in new}
        return list(known.values())

    async def _there(self, who: Principal, ids: Collection[AssetId]) -> list[Asset]:
        found = []
        for one in sorted(ids):
            try:
                found.append(await self._library.get(who, one))
            except AssetMissingError:
                continue
        return found


def _inputs(asset: Asset) -> list[AssetId]:
    made = asset.facts.get("made")
    named = made.get("inputs", ()) if isinstance(made, dict) else ()
    found = []
    for one in named:
        try:
            found.append(AssetId.parse(str(one)))
        except InvalidInputError:
            continue
    return found


_WHY = {
    "none": "has not agreed to it, as far as was said",
    "withdrawn": "agrees to it no longer",
    "ended": "agreed to it until a day that is over",
    "in_force": "has not agreed to this",
}


def _refused(asset: Asset, person: str, standing: str, aspect: Aspect) -> LikenessRefusedError:
    return LikenessRefusedError(
        f"{person} is in {asset.name}, and {_WHY[standing]} ({aspect})",
        way_out=f"record what they agreed to: POST /api/v1/assets/{asset.id}/likenesses;"
        " or take the file away",
    )
