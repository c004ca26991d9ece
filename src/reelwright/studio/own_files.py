"""A person's own picture, clip or recordings in place of what is made for a shot: files and notes of a project."""

import mimetypes
from collections.abc import Sequence
from enum import StrEnum

from reelwright.film.notes import NoteChange
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.library.rights import Rights
from reelwright.projects.values import Revision, RevisionConflictError
from reelwright.studio.manuscripts import Manuscript, Manuscripts

_TRIES = 4
_MOST = 100


class ShotMissingError(MissingError):
    """The script has no such shot."""

    code = "shot_missing"


class OwnRole(StrEnum):
    """What of a shot a person's own file is."""

    PICTURE = "picture"
    CLIP = "clip"
    RECORDINGS = "recordings"


_KINDS = {OwnRole.PICTURE: "image/", OwnRole.CLIP: "video/", OwnRole.RECORDINGS: "audio/"}
_SUFFIXES = {"image/jpeg": ".jpg", "audio/mpeg": ".mp3", "audio/wav": ".wav"}
_INSTEAD = {
    OwnRole.PICTURE: ("clip",),
    OwnRole.CLIP: ("picture",),
    OwnRole.RECORDINGS: ("recording",),
}
"""What the notes cannot say together with it."""


class OwnFiles:
    """Puts assets in the place of what is made; each change is a new revision of the project."""

    def __init__(self, scripts: Manuscripts, library: AssetService, rights: Rights) -> None:
        self._scripts = scripts
        self._library = library
        self._rights = rights

    async def put(
        self,
        who: Principal,
        project_id: ProjectId,
        shot_id: str,
        role: OwnRole,
        assets: Sequence[AssetId],
    ) -> Revision:
        """Let assets take the place of a shot's picture, or of its voices in the order of its speeches.

        Raises ProjectMissingError, ShotMissingError, AssetMissingError, InvalidInputError for an
        asset of another kind, and what `Rights.require` raises: recordings are voices of the cast.
        """
        if not 1 <= len(assets) <= (_MOST if role is OwnRole.RECORDINGS else 1):
            raise InvalidInputError(
                f"a shot has not {len(assets)} files as its {role.value}",
                way_out="give one; as recordings one for each speech",
            )
        found = await self._library.get_many(who, assets)
        files = {}
        for number, asset_id in enumerate(assets, 1):
            asset = found[asset_id]
            _check_kind(asset, role)
            files[_name(shot_id, role, number, asset)] = asset.id
        await self._rights.require(who, assets, cast=role is OwnRole.RECORDINGS)
        value = list(files) if role is OwnRole.RECORDINGS else next(iter(files))
        changes = [NoteChange("shots", shot_id, one, None) for one in _INSTEAD[role]]
        changes.append(NoteChange("shots", shot_id, role.value, value))
        return await self._revise(who, project_id, shot_id, changes, files)

    async def take_away(
        self, who: Principal, project_id: ProjectId, shot_id: str, role: OwnRole
    ) -> Revision:
        """Let the shot be made again; the head itself if nothing was in its place."""
        keys = (role.value, "recording") if role is OwnRole.RECORDINGS else (role.value,)
        changes = [NoteChange("shots", shot_id, key, None) for key in keys]
        return await self._revise(who, project_id, shot_id, changes, {})

    async def _revise(
        self,
        who: Principal,
        project_id: ProjectId,
        shot_id: str,
        changes: Sequence[NoteChange],
        files: dict[str, AssetId],
    ) -> Revision:
        for go in range(1, _TRIES + 1):
            script = await self._scripts.read(who, project_id)
            _check_shot(script, shot_id)
            try:
                return await self._scripts.annotate(
                    who, script, changes, files=files, spare=_folder(shot_id)
                )
            except RevisionConflictError:  # somebody revised it meanwhile: on top of theirs
                if go == _TRIES:
                    raise
        raise AssertionError  # the last go returns or raises


def _check_shot(script: Manuscript, shot_id: str) -> None:
    scenes = script.directed.breakdown.scenes
    if shot_id not in {shot.id for scene in scenes for shot in scene.shots}:
        raise ShotMissingError(
            f"the script has no shot {shot_id[:60]}", way_out="its breakdown names them all"
        )


def _check_kind(asset: Asset, role: OwnRole) -> None:
    if not asset.media_type.startswith(_KINDS[role]):
        raise InvalidInputError(
            f"{asset.name} is {asset.media_type}", way_out=f"a {role.value} is {_KINDS[role]}..."
        )


def _folder(shot_id: str) -> str:
    return f"own/{shot_id}/"


def _name(shot_id: str, role: OwnRole, number: int, asset: Asset) -> str:
    """The digest in it: other content is another file, and the shot is made anew."""
    kind = asset.media_type
    suffix = _SUFFIXES.get(kind) or mimetypes.guess_extension(kind, strict=False) or ".bin"
    return f"{_folder(shot_id)}{role.value}-{number}-{asset.sha256[:8]}{suffix}"
