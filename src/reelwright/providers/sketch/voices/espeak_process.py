"""The helper process in which espeak-ng (GPL-3) lives, apart from the rest of the program.

Asked {"text", "voice", "parameters"}, it answers {"rate", "samples" (16-bit mono bytes),
"phonemes" [(seconds, IPA)], "words" [(seconds, first character, length)]}.
"""

import os
import pickle
from functools import cache
from typing import Any

from reelwright.engines.processes.child import serve
from reelwright.providers.errors import ProviderError, UnavailableError, UnsupportedError
from reelwright.providers.sketch.voices.espeak import Espeak, EspeakError, UnknownVoiceError


def answer(message: dict[str, Any]) -> dict[str, Any]:
    """Speak one text in a fork of this process.

    espeak's flutter and noise run on from one text to the next: only from the same beginning does
    the same text sound the same. And a text that espeak dies of ends the fork alone.
    """
    _espeak()
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(_said(message), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(fork, 0)
    if not said:
        raise UnavailableError(f"espeak-ng broke down over {message['text'][:60]!r}")
    outcome = pickle.loads(said)  # noqa: S301 - our own fork, our own pipe
    if isinstance(outcome, ProviderError):
        raise outcome
    return outcome


def _said(message: dict[str, Any]) -> dict[str, Any] | ProviderError:
    espeak = _espeak()
    try:
        heard = espeak.say(message["text"], message["voice"], message["parameters"])
    except UnknownVoiceError as error:
        return UnsupportedError(str(error))
    except EspeakError as error:
        return UnavailableError(f"espeak-ng cannot speak: {error}")
    return {
        "rate": espeak.rate,
        "samples": bytes(heard.samples),
        "phonemes": heard.phonemes,
        "words": heard.words,
    }


@cache
def _espeak() -> Espeak:
    try:
        return Espeak()
    except (EspeakError, OSError) as error:
        raise UnavailableError(
            f"espeak-ng cannot be loaded: {error}", way_out="reinstall espeakng-loader"
        ) from None


if __name__ == "__main__":
    serve(answer)
