"""AAC: sound blocks in, an M4A file out, exactly as long as the sound."""

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


class AudioTrack:
    """Encodes a stereo sound that comes in blocks of any size."""

    def __init__(self, path: Path) -> None:
        self._file = av.open(str(path), "w", format="mp4")
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
