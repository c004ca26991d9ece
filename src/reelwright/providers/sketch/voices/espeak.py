"""espeak-ng through ctypes. GPL-3: imported by `espeak_process` alone, never by our own process."""

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import espeakng_loader

_SEED = 1
_SYNCHRONOUS = 2
"""AUDIO_OUTPUT_SYNCHRONOUS: samples come to us during the call, on our own thread; nothing is played."""
_PHONEME_EVENTS_IN_IPA = 1 | 2
_UTF8 = 1
_POSITION_CHARACTER = 1
_END, _WORD, _PHONEME = 0, 1, 7
_CHUNK_MS = 60
PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4, "punctuation": 5, "gap": 7}
"""Names of espeak's parameters: words a minute, 0-200, 0-99, 0-99, 0-2, units of 10 ms."""


class EspeakError(Exception):
    """espeak-ng answered with a code that is not zero, or no audio at all."""


class UnknownVoiceError(EspeakError):
    """espeak-ng has no voice, or no variant, of that name."""


class _EventId(ctypes.Union):
    _fields_: ClassVar = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass
class Utterance:
    """What espeak gave: 16-bit mono samples; phonemes in IPA and words, each at its second.

    A word is (second, first character in the text, number of characters).
    """

    samples: bytearray = field(default_factory=bytearray)
    phonemes: list[tuple[float, str]] = field(default_factory=list)
    words: list[tuple[float, int, int]] = field(default_factory=list)


class Espeak:
    """The one voice engine of this process; espeak keeps its state in globals."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
        path = str(espeakng_loader.get_data_path()).encode()
        self.rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, _CHUNK_MS, path, _PHONEME_EVENTS_IN_IPA
        )
        if self.rate <= 0:
            raise EspeakError(f"espeak_Initialize answered {self.rate} with the data in {path!r}")
        self._heard = Utterance()
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, voice: str, parameters: Mapping[str, int]) -> Utterance:
        """Speak `text` with `voice` (`en-us+f3`) and `parameters` (see `PARAMETERS`)."""
        # espeak keeps the voice before when it does not know the new one: the code must be read.
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise UnknownVoiceError(f"espeak-ng has no voice {voice!r}")
        for name, value in parameters.items():
            number, relative = PARAMETERS[name], 0
            self._check("espeak_SetParameter", name, number, int(value), relative)
        # Breath is noise: without a seed the same speech would be other bytes in every run.
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        self._heard = Utterance()
        encoded = text.encode() + b"\0"
        size = ctypes.c_size_t(len(encoded))
        self._check(
            "espeak_Synth", text, encoded, size, 0, _POSITION_CHARACTER, 0, _UTF8, None, None
        )
        self._check("espeak_Synchronize", text)
        return self._heard

    def _check(self, function: str, subject: str, *arguments: object) -> None:
        code = getattr(self._library, function)(*arguments)
        if code != 0:
            raise EspeakError(f"{function} answered {code} for {subject!r}")

    def _hear(self, samples, count, events) -> int:  # noqa: ANN001 (ctypes pointers)
        if samples and count > 0:
            self._heard.samples += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type != _END:
            self._note(events[index])
            index += 1
        return 0

    def _note(self, event: _Event) -> None:
        at = event.audio_position / 1000
        if event.type == _PHONEME:
            self._heard.phonemes.append((at, event.id.string.decode(errors="replace")))
        elif event.type == _WORD:
            self._heard.words.append((at, event.text_position - 1, event.length))
