"""AAC: sound blocks in, an M4A file out, exactly as long as the sound; and such files spliced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from reelwright.engines.media.sound import RATE, Signal

FRAME = 1024
"""Samples in one AAC packet. A packet's window also reaches over the one before: a decoder needs
one packet more than it gives frames, and file formats say to skip what it gives for the first."""
_BITS_A_SECOND = 192_000
_EXACT = {"movie_timescale": str(RATE)}
"""Edit lists count in the movie's own ticks: at a thousand a second they could not end on a sample."""


class AudioTrack:
    """Encodes a stereo sound that comes in blocks of any size."""

    def __init__(self, path: Path) -> None:
        self._file = av.open(str(path), "w", format="mp4", options=_EXACT)
        # The two-loop coder takes twice as long, and at this rate nobody hears why.
        self._stream = self._file.add_stream("aac", rate=RATE, options={"aac_coder": "fast"})
        self._stream.layout = "stereo"
        self._stream.bit_rate = _BITS_A_SECOND
        self._rest = np.zeros((2, 0), np.float32)
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, block: Signal) -> None:
        """Append frames, shaped (2, frames)."""
        sound = np.concatenate((self._rest, block), axis=1, dtype=np.float32)
        whole = sound.shape[1] // FRAME * FRAME
        for start in range(0, whole, FRAME):
            self._encode(sound[:, start : start + FRAME])
        self._rest = sound[:, whole:]

    def close(self) -> None:
        """Encode what is left and close the file."""
        if self._rest.shape[1]:
            self._encode(self._rest)
        self._file.mux(self._stream.encode(None))
        self._file.close()

    def _encode(self, sound: Signal) -> None:
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound, np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate = RATE
        frame.pts = self._at
        self._at += sound.shape[1]
        self._file.mux(self._stream.encode(frame))


@dataclass(frozen=True, slots=True)
class Packets:
    """Packets `first` to `first + count - 1` of an AAC file, counted as they lie in it."""

    path: Path
    first: int
    count: int


def splice(parts: Sequence[Packets], target: Path, samples: int) -> None:
    """Put packets of several AAC files into one of exactly `samples`, encoding nothing again.

    They must hold one continuous sound: each part's first packet stands where the part before it
    left off, and was encoded with the sound before it in view. The very first packet of all only
    fills the decoder.
    """
    with av.open(str(target), "w", format="mp4", options=_EXACT) as film:
        with av.open(str(parts[0].path)) as template:
            stream = film.add_stream_from_template(template.streams.audio[0])
        at = -FRAME
        for part in parts:
            for packet in _packets(part):
                packet.stream = stream
                packet.time_base = Fraction(1, RATE)
                packet.pts = packet.dts = at
                packet.duration = min(FRAME, samples - at)
                film.mux(packet)
                at += FRAME


def _packets(part: Packets) -> Iterator[av.Packet]:
    with av.open(str(part.path)) as file:
        demuxed = (packet for packet in file.demux(audio=0) if packet.size)
        for packet in islice(demuxed, part.first, part.first + part.count):
            yield av.Packet(bytes(packet))
