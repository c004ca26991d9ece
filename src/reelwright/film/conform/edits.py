"""A clip of an edit as it comes back, with what may tell which shot it is."""

from dataclasses import dataclass

from reelwright.film.exports.edl import reel
from reelwright.film.timeline import Clip, Timeline


@dataclass(frozen=True, slots=True)
class Use:
    """A clip of an edit, its transitions included: media frames `source` to `source + frames`.

    `shot_id` is what its metadata claims; `name`, `media` and `reel` help where that was lost.
    `made` is (handles, trim) that its media were made with, where the edit still knows: then an edit
    means the same after its changes have gone into the film. `record` is where it begins in the
    edit. `remarks` are things about it that notes cannot carry.
    """

    source: int
    frames: int
    record: int
    shot_id: str = ""
    name: str = ""
    media: str = ""
    reel: str = ""
    made: tuple[int, int] | None = None
    remarks: tuple[str, ...] = ()


def recognise(use: Use, film: Timeline) -> Clip | None:
    """The film's clip that this is: by its id, else its file, its reel, or a name only one has."""
    for clip in film.clips:
        if use.shot_id == clip.shot_id:
            return clip
    if use.media:
        file = _stem(use.media)
        for clip in film.clips:
            if file == _stem(clip.media):
                return clip
    for clip in film.clips:
        if use.reel and use.reel.upper() == reel(clip.shot_id):
            return clip
    named = [clip for clip in film.clips if use.name in (clip.name, _stem(clip.media))]
    return named[0] if len(named) == 1 else None


def _stem(path: str) -> str:
    """A file's name without folders and ending, as it stands at the end of any path or URL."""
    file = path.replace("\\", "/").rpartition("/")[2]
    return file.rpartition(".")[0] or file
