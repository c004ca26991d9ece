"""Music: from a prompt alone, or after a plan in which the lyrics stand."""

from math import ceil
from typing import Any

from reelwright.providers.catalogue import Model
from reelwright.providers.elevenlabs.shapes import Ask
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import MusicRequest

_LINES = 30
_LINE = 200
_SHORTEST_MS = 3_000
_LONGEST_MS = 120_000
"""What one part of a plan may hold, and how long it may be."""

_INSTRUMENTAL = "[Instrumental]"


def ask(model: Model, request: MusicRequest) -> Ask:
    """The request for a piece; its length is the model's nearest, not shorter."""
    length_ms = round((model.limits.fit(request.seconds) or request.seconds) * 1000)
    body: dict[str, Any] = {"model_id": model.endpoint}
    if request.lyrics.strip():
        body["composition_plan"] = {"chunks": _plan(request.prompt, request.lyrics, length_ms)}
    else:
        body |= {
            "prompt": request.prompt,
            "music_length_ms": length_ms,
            "force_instrumental": True,
        }
    return Ask("/v1/music", body)


def _plan(prompt: str, lyrics: str, length_ms: int) -> list[dict[str, Any]]:
    """A stanza a part, all of one length; what is longer than can be sung ends without words."""
    stanzas = _stanzas(lyrics)
    count = max(len(stanzas), ceil(length_ms / _LONGEST_MS))
    if length_ms < count * _SHORTEST_MS:
        raise UnsupportedError(
            f"{len(stanzas)} stanzas take at least {count * _SHORTEST_MS // 1000} s",
            field="seconds",
            way_out="ask for a longer piece, or for fewer stanzas",
        )
    texts = stanzas + [_INSTRUMENTAL] * (count - len(stanzas))
    ends = [length_ms * number // count for number in range(count + 1)]
    return [
        {"text": text, "duration_ms": end - begin, "positive_styles": [prompt]}
        for text, begin, end in zip(texts, ends, ends[1:], strict=False)
    ]


def _stanzas(lyrics: str) -> list[str]:
    """The stanzas, which empty lines part; a long one becomes several."""
    found: list[list[str]] = [[]]
    for line in (line.strip() for line in lyrics.strip().splitlines()):
        if len(line) > _LINE:
            raise UnsupportedError(
                f"a line of lyrics takes at most {_LINE} characters, not {len(line)}",
                field="lyrics",
            )
        if not line or len(found[-1]) == _LINES:
            found.append([])
        if line:
            found[-1].append(line)
    return ["\n".join(stanza) for stanza in found if stanza]
