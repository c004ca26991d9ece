"""Requests as JSON: how they wait in jobs and stand in submissions, with files named by their assets."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reelwright.film.recipes import Recipe
from reelwright.ground.digests import plain
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.library.rights import Rights
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import DRAWN, Operation
from reelwright.providers.prompts import (
    ImageRequest,
    LoraRequest,
    Media,
    MusicRequest,
    Prompt,
    SearchRequest,
    SoundEffectRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
    WorldRequest,
    media_of,
)

_TYPES: dict[Operation, type[Any]] = {
    Operation.TEXT_TO_IMAGE: ImageRequest,
    Operation.IMAGE_TO_IMAGE: ImageRequest,
    Operation.TEXT_TO_VIDEO: VideoRequest,
    Operation.IMAGE_TO_VIDEO: VideoRequest,
    Operation.FIRST_LAST_FRAME: VideoRequest,
    Operation.EXTEND_VIDEO: VideoRequest,
    Operation.SPEECH: SpeechRequest,
    Operation.MUSIC: MusicRequest,
    Operation.SOUND_EFFECT: SoundEffectRequest,
    Operation.WORLD: WorldRequest,
    Operation.TRAIN_LORA: LoraRequest,
    Operation.TEXT: TextRequest,
    Operation.SEARCH_IMAGES: SearchRequest,
}
ASKABLE = frozenset(Operation) - DRAWN
"""What can be asked for in words."""


FRAMES: Mapping[Operation, tuple[str, ...]] = {
    Operation.TEXT_TO_VIDEO: (),
    Operation.IMAGE_TO_VIDEO: ("first",),
    Operation.FIRST_LAST_FRAME: ("first", "last"),
    Operation.EXTEND_VIDEO: ("extends",),
}
"""The files by which an operation is told from its siblings: it takes these, and no other."""


def written(request: Prompt, assets: Mapping[str, AssetId]) -> dict[str, Any]:
    """A request as JSON; `assets` names the asset of each file's digest."""

    def put(value: Any) -> Any:
        if isinstance(value, Media):
            return {"asset": assets[value.digest]}
        if isinstance(value, (tuple, list)):
            return [put(one) for one in value]
        if hasattr(value, "__dataclass_fields__"):
            return {one.name: put(getattr(value, one.name)) for one in fields(value)}
        return plain(value)

    return {"operation": request.operation.value} | put(request)


def request_type(operation: Operation) -> type[Any]:
    """The type whose fields are an operation's parameters; raises InvalidInputError for what is drawn."""
    kind = _TYPES.get(operation)
    if kind is None:
        way_out = f"ask for one of {', '.join(sorted(ASKABLE))}"
        raise InvalidInputError(f"nobody can ask for {operation} in words", way_out=way_out)
    return kind


def checked(operation: Operation, values: Mapping[str, Any]) -> None:
    """Refuse what can be no request of that operation; raises InvalidInputError naming the field."""
    read_request(operation, values, {one: _nowhere(one) for one in assets_in(values)})


def assets_in(value: Any) -> set[AssetId]:
    """The assets a written request names, wherever they stand in it."""
    if isinstance(value, Mapping):
        if value.keys() == {"asset"}:
            return {AssetId.parse(str(value["asset"]))}
        return {one for inner in value.values() for one in assets_in(inner)}
    if isinstance(value, (list, tuple)):
        return {one for inner in value for one in assets_in(inner)}
    return set()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where written requests become requests again, with their files at hand."""

    library: AssetService
    rights: Rights

    @asynccontextmanager
    async def opened(
        self,
        who: Principal,
        operation: Operation,
        values: Mapping[str, Any],
        *,
        over: bool = False,
    ) -> AsyncIterator[tuple[Prompt, Path]]:
        """The request, and an empty folder for what comes of it; both go when the block ends.

        Raises what `Rights.require` raises, unless the call is `over`: what is paid for is not lost
        because of what somebody has said since.
        """
        with tempfile.TemporaryDirectory(prefix="reelwright-call-") as name:
            folder = Path(name)
            made = folder / "made"
            made.mkdir()
            media: dict[AssetId, Media] = {}
            wanted = assets_in(values)
            found = await self._found(who, wanted, over=over)
            for asset in found.values():
                path = folder / f"{asset.id}{Path(asset.name).suffix}"
                await self.library.fetch(who, asset, path, held=over)
                media[asset.id] = Media(path, asset.media_type, asset.sha256, asset.name)
            request = await asyncio.to_thread(read_request, operation, values, media)
            yield request, made

    async def described(
        self, who: Principal, asked: Sequence[tuple[Operation, Mapping[str, Any]]]
    ) -> list[Prompt]:
        """Requests without their files at hand: enough to choose a model and to reckon its price."""
        wanted = {one for _, values in asked for one in assets_in(values)}
        found = await self._found(who, wanted)
        media = {
            asset.id: Media(Path(), asset.media_type, asset.sha256, asset.name)
            for asset in found.values()
        }
        return [read_request(operation, values, media) for operation, values in asked]

    async def _found(
        self, who: Principal, wanted: set[AssetId], *, over: bool = False
    ) -> dict[AssetId, Asset]:
        if not wanted:
            return {}
        found = await self.library.get_many(who, sorted(wanted))
        if not over:
            await self.rights.require(who, wanted)
        return found


_SETTLED = frozenset({"nearest", "traits"})
"""What a request leaves to the model, and its fit has decided."""


def recipe_of(model: Model, request: Prompt, take: int) -> Recipe:
    """The recipe of what a model makes of a fitted request: files stand in it by their digests."""
    params = {name: one for name, one in described(request).items() if name not in _SETTLED}
    inputs = tuple(one.digest for one in media_of(request))
    return Recipe(model.operation.value, model.id, model.version, params, inputs, take)


def described(request: Prompt) -> dict[str, Any]:
    """A request as plain values, with its files as their digests."""

    def put(value: Any) -> Any:
        if isinstance(value, Media):
            return value.digest
        if isinstance(value, (tuple, list)):
            return [put(one) for one in value]
        if hasattr(value, "__dataclass_fields__"):
            return {one.name: put(getattr(value, one.name)) for one in fields(value)}
        return value

    return put(request)


def read_request(
    operation: Operation, values: Mapping[str, Any], media: Mapping[AssetId, Media]
) -> Prompt:
    """A written request with its files, by the ids it names; raises InvalidInputError."""

    def take(value: Any) -> Any:
        if isinstance(value, Mapping):
            if value.keys() == {"asset"}:
                return media[AssetId(value["asset"])]
            return {key: take(inner) for key, inner in value.items()}
        return [take(one) for one in value] if isinstance(value, list) else value

    given = {key: take(value) for key, value in values.items() if key != "operation"}
    kind = request_type(operation)
    unknown = given.keys() - {one.name for one in fields(kind)}
    if unknown:
        raise InvalidInputError(f"{operation} has no parameter {min(unknown)[:60]!r}")
    try:
        request: Prompt = TypeAdapter(kind).validate_python(given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInputError(f"{operation}: {where}: {first['msg']}") from None
    if request.operation is not operation:
        raise InvalidInputError(
            f"with these files this is {request.operation}, not {operation}",
            way_out=f"ask for {request.operation}",
        )
    return request


def _nowhere(asset: AssetId) -> Media:
    return Media(Path(), "application/octet-stream", "", asset)
