"""Final Cut Pro 7 XML (xmeml 5): the cut for Premiere Pro and everything that reads it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from reelwright.film.exports.markup import document, element, relative_url
from reelwright.film.exports.tracks import Shown, Sound, name_sound, picture, sound
from reelwright.film.timecode import is_drop_frame, timebase, timecode
from reelwright.film.timeline import Rate, Timeline, VoiceClip

NAMES = {"dissolve": "Cross Dissolve", "wipe": "Edge Wipe"}


def write_fcp7xml(timeline: Timeline) -> str:
    """The cut as xmeml: one picture track, a sound track for each voice, stereo pairs for stems.

    A shot and its voices are linked; scenes are markers; the first comment of a clip is its shot id.
    """
    rate = timeline.rate
    root = element(None, "xmeml", version="5")
    sequence = element(root, "sequence", id="film")
    element(sequence, "name", timeline.title)
    element(sequence, "duration", timeline.frames)
    _rate(sequence, rate)
    code = element(sequence, "timecode")
    _rate(code, rate)
    element(code, "string", timecode(0, rate))
    element(code, "frame", 0)
    element(code, "displayformat", "DF" if is_drop_frame(rate) else "NDF")
    media = element(sequence, "media")
    writing = _Tracks(timeline)
    writing.picture(element(media, "video"))
    writing.sound(element(media, "audio"))
    writing.link()
    for chapter in timeline.chapters:
        marker = element(sequence, "marker")
        element(marker, "name", chapter.title)
        element(marker, "comment", chapter.scene_id)
        element(marker, "in", chapter.start)
        element(marker, "out", -1)
    return document(root, "xmeml")


@dataclass(frozen=True, slots=True)
class _Place:
    """A clip item and where it stands: what links name it by."""

    item: ET.Element
    mediatype: str
    track: int
    clip: int


@dataclass
class _Tracks:
    """The tracks while they are written, and the clip items of each shot, to be linked."""

    timeline: Timeline
    places: defaultdict[str, list[_Place]] = field(default_factory=lambda: defaultdict(list))

    def picture(self, video: ET.Element) -> None:
        """The picture track, with its transitions and fades."""
        look = element(element(video, "format"), "samplecharacteristics")
        self._look(look)
        track = element(video, "track")
        shots = picture(self.timeline)
        for index, shown in enumerate(shots):
            clip = shown.clip
            if clip.shared:
                self._transition(track, NAMES[clip.transition], clip.start, clip.overlap, "center")
            elif clip.fade_in:
                name = NAMES["dissolve"]
                self._transition(track, name, clip.start, clip.fade_in, "start-black")
            after = shots[index + 1].clip if index + 1 < len(shots) else None
            item = self._shot(track, shown, hidden_end=bool(after and after.shared))
            self.places[clip.shot_id].append(_Place(item, "video", 1, index + 1))
            if clip.fade_out:
                start = shown.clip.end - clip.fade_out
                self._transition(track, NAMES["dissolve"], start, clip.fade_out, "end-black")

    def sound(self, audio: ET.Element) -> None:
        """Sound tracks; a stem's two channels lie on two tracks, as this format has it."""
        element(audio, "numOutputChannels", 2)
        number = 0
        for row in sound(self.timeline):
            channels = 1 if row.kind == "voice" else 2
            for channel in range(channels):
                number += 1
                track = element(
                    audio,
                    "track",
                    currentExplodedTrackIndex=channel,
                    totalExplodedTrackCount=channels,
                    premiereTrackType="Mono" if channels == 1 else "Stereo",
                )
                for index, one in enumerate(row.sounds):
                    item = self._sound(track, one, channel)
                    key = (
                        one.shot_id if isinstance(one, VoiceClip) else f"{one.scene_id} {one.kind}"
                    )
                    self.places[key].append(_Place(item, "audio", number, index + 1))

    def link(self) -> None:
        """Tie what belongs together: a shot and its voices, the two sides of a stem."""
        for places in self.places.values():
            for place in places if len(places) > 1 else ():
                for other in places:
                    link = element(place.item, "link")
                    element(link, "linkclipref", other.item.attrib["id"])
                    element(link, "mediatype", other.mediatype)
                    element(link, "trackindex", other.track)
                    element(link, "clipindex", other.clip)

    def _shot(self, track: ET.Element, shown: Shown, *, hidden_end: bool) -> ET.Element:
        """A shot's item. An edge inside a transition is -1, and `in` and `out` reach through it."""
        clip = shown.clip
        hidden_start = bool(clip.shared or clip.fade_in)
        hidden_end = hidden_end or bool(clip.fade_out)
        edges = (-1 if hidden_start else shown.start, -1 if hidden_end else shown.end)
        span = clip.handles, clip.handles + clip.frames
        item = self._item(track, f"clip-{clip.shot_id}", clip.name, shown.available, edges, span)
        file = self._file(item, clip.media, shown.available)
        self._look(element(element(element(file, "media"), "video"), "samplecharacteristics"))
        comments = element(item, "comments")
        element(comments, "mastercomment1", clip.shot_id)
        element(comments, "mastercomment2", clip.scene_id)
        return item

    def _sound(self, track: ET.Element, one: Sound, channel: int) -> ET.Element:
        stem = one.media.rpartition("/")[2].rpartition(".")[0]
        edges = one.start, one.end
        name = f"clip-{stem}-{channel + 1}"
        item = self._item(track, name, name_sound(one), one.frames, edges, (0, one.frames))
        if channel:
            element(item, "file", id=f"file-{one.media}")
        else:
            file = self._file(item, one.media, one.frames)
            audio = element(element(file, "media"), "audio")
            heard = element(audio, "samplecharacteristics")
            element(heard, "depth", 16)
            element(heard, "samplerate", 48000)
            element(audio, "channelcount", 1 if isinstance(one, VoiceClip) else 2)
        source = element(item, "sourcetrack")
        element(source, "mediatype", "audio")
        element(source, "trackindex", channel + 1)
        return item

    def _item(
        self,
        track: ET.Element,
        item_id: str,
        name: str,
        available: int,
        edges: Sequence[int],
        span: Sequence[int],
    ) -> ET.Element:
        item = element(track, "clipitem", id=item_id)
        element(item, "name", name)
        element(item, "duration", available)
        _rate(item, self.timeline.rate)
        for tag, value in zip(("start", "end", "in", "out"), (*edges, *span), strict=True):
            element(item, tag, value)
        return item

    def _file(self, item: ET.Element, media: str, frames: int) -> ET.Element:
        file = element(item, "file", id=f"file-{media}")
        element(file, "name", media.rpartition("/")[2])
        element(file, "pathurl", relative_url(media))
        _rate(file, self.timeline.rate)
        element(file, "duration", frames)
        return file

    def _look(self, parent: ET.Element) -> None:
        _rate(parent, self.timeline.rate)
        element(parent, "width", self.timeline.width)
        element(parent, "height", self.timeline.height)
        element(parent, "anamorphic", "FALSE")
        element(parent, "pixelaspectratio", "square")
        element(parent, "fielddominance", "none")

    def _transition(
        self, track: ET.Element, name: str, start: int, frames: int, alignment: str
    ) -> None:
        item = element(track, "transitionitem")
        _rate(item, self.timeline.rate)
        element(item, "start", start)
        element(item, "end", start + frames)
        element(item, "alignment", alignment)
        effect = element(item, "effect")
        element(effect, "name", name)
        element(effect, "effectid", name)
        wipe = name == NAMES["wipe"]
        element(effect, "effectcategory", "Wipe" if wipe else "Dissolve")
        element(effect, "effecttype", "transition")
        element(effect, "mediatype", "video")


def _rate(parent: ET.Element, rate: Rate) -> None:
    made = element(parent, "rate")
    element(made, "timebase", timebase(rate))
    element(made, "ntsc", "TRUE" if rate.den == 1001 else "FALSE")
