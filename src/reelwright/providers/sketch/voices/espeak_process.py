"""The helper process in which espeak-ng (GPL-3) lives, apart from the rest of the program.

Asked {"text", "voice", "parameters"}, it answers {"rate", "samples" (16-bit mono bytes),
"phonemes" [(seconds, IPA)], "words" [(seconds, first character, length)]}.
"""

from functools import cache
from typing import Any

from reelwright.engines.processes.child import serve
from reelwright.providers.errors import UnavailableError, UnsupportedError
from reelwright.providers.sketch.voices.espeak import Espeak, EspeakError, UnknownVoiceError


def answer(message: dict[str, Any]) -> dict[str, Any]:
    """Speak one text."""
    try:
        espeak = _espeak()
        said = espeak.say(message["text"], message["voice"], message["parameters"])
    except UnknownVoiceError as error:
        raise UnsupportedError(str(error)) from None
    except (EspeakError, OSError) as error:
        raise UnavailableError(f"espeak-ng cannot speak: {error}") from None
    return {
        "rate": espeak.rate,
        "samples": bytes(said.samples),
        "phonemes": said.phonemes,
        "words": said.words,
    }


@cache
def _espeak() -> Espeak:
    return Espeak()


if __name__ == "__main__":
    serve(answer)
