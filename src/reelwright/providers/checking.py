"""Whether a model can do what is asked; refused here, nothing has been sent and nothing is paid."""

from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.contract import Request
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import (
    ImageRequest,
    LoraRequest,
    MusicRequest,
    SearchRequest,
    SoundEffectRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
)


def refuse_unsupported(model: Model, request: Request) -> None:
    """Raise UnsupportedError, naming the field, for what the row of the model rules out."""
    if model.operation is not request.operation:
        raise UnsupportedError(
            f"{model.title} makes {model.operation}, not {request.operation}", field="operation"
        )
    limits = model.limits
    _check_words(model, limits, request)
    match request:
        case ImageRequest():
            _check_image(model, limits, request)
        case VideoRequest():
            _check_video(model, limits, request)
        case SpeechRequest():
            _check_speech(model, limits, request)
        case MusicRequest():
            _check_music(model, limits, request)
        case SoundEffectRequest(seconds=float() | int() as seconds):
            _check_length(model, limits, seconds)
        case SearchRequest():
            _check_search(model, limits, request)
        case LoraRequest(images=images) if len(images) < max(1, limits.references):
            raise UnsupportedError(
                f"{model.title} is trained on {limits.references} pictures or more", field="images"
            )
        case TextRequest():
            _check_text(model, limits, request)
        case _:
            pass


def _check_words(model: Model, limits: Limits, request: Request) -> None:
    text = getattr(request, "prompt", None)
    if text is not None and not text.strip():
        raise UnsupportedError("a prompt of no words", field="prompt")
    if text is not None and limits.prompt is not None and len(text) > limits.prompt:
        raise _too_many(model, "characters of prompt", limits.prompt, len(text), "prompt")
    if getattr(request, "seed", None) is not None and not limits.seed:
        raise UnsupportedError(f"{model.title} takes no seed", field="seed")


def _check_image(model: Model, limits: Limits, request: ImageRequest) -> None:
    if not 1 <= request.count <= limits.count:
        raise _too_many(model, "pictures at a time", limits.count, request.count, "count")
    if len(request.references) > limits.references:
        given = len(request.references)
        raise _too_many(model, "reference pictures", limits.references, given, "references")
    if len(request.loras) > limits.loras:
        raise _too_many(model, "trained weights", limits.loras, len(request.loras), "loras")
    if min(request.width, request.height) < 1:
        raise UnsupportedError("a picture without extent", field="width")


def _check_video(model: Model, limits: Limits, request: VideoRequest) -> None:
    if limits.fit(request.seconds) != request.seconds:
        lengths = ", ".join(f"{one:g}" for one in limits.seconds)
        joined = " to ".join(lengths.split(", ")) if limits.any_length else lengths
        raise UnsupportedError(
            f"{model.title} makes shots of {joined} s, not of {request.seconds:g} s",
            field="seconds",
        )
    if limits.aspects and request.aspect not in limits.aspects:
        raise _none_of(model, "frames of", limits.aspects, request.aspect, "aspect")
    if request.resolution is not None and request.resolution not in limits.resolutions:
        raise _none_of(model, "resolutions", limits.resolutions, request.resolution, "resolution")
    if request.sound and not limits.sound:
        raise UnsupportedError(f"{model.title} makes no sound", field="sound")


def _check_speech(model: Model, limits: Limits, request: SpeechRequest) -> None:
    if not request.text.strip():
        raise UnsupportedError("a speech of no words", field="text")
    if limits.characters is not None and len(request.text) > limits.characters:
        raise _too_many(model, "characters", limits.characters, len(request.text), "text")
    if limits.voices and request.voice is not None and request.voice not in limits.voices:
        raise _none_of(model, "voices", limits.voices, request.voice, "voice")


def _check_music(model: Model, limits: Limits, request: MusicRequest) -> None:
    _check_length(model, limits, request.seconds)
    if request.lyrics and not limits.lyrics:
        raise UnsupportedError(f"{model.title} does not sing", field="lyrics")
    if request.extends is not None and not limits.extends:
        raise UnsupportedError(f"{model.title} cannot go on from a piece", field="extends")


def _check_length(model: Model, limits: Limits, seconds: float) -> None:
    if limits.fit(seconds) is None:
        longest = limits.seconds[-1]
        raise UnsupportedError(
            f"{model.title} makes at most {longest:g} s, not {seconds:g} s", field="seconds"
        )


def _check_search(model: Model, limits: Limits, request: SearchRequest) -> None:
    if not request.query.strip():
        raise UnsupportedError("a search for no words", field="query")
    if limits.prompt is not None and len(request.query) > limits.prompt:
        raise _too_many(model, "characters", limits.prompt, len(request.query), "query")
    if not 1 <= request.count <= limits.count:
        raise _too_many(model, "pictures at a time", limits.count, request.count, "count")


def _check_text(model: Model, limits: Limits, request: TextRequest) -> None:
    pictures = sum(len(message.images) for message in request.messages)
    if pictures > limits.images:
        raise _too_many(model, "pictures", limits.images, pictures, "messages")
    if request.schema is not None and not limits.schema:
        raise UnsupportedError(f"{model.title} cannot keep to a schema", field="schema")
    if limits.output_tokens is not None and request.most > limits.output_tokens:
        raise _too_many(model, "tokens of output", limits.output_tokens, request.most, "most")


def _too_many(model: Model, what: str, most: int, given: int, field: str) -> UnsupportedError:
    return UnsupportedError(f"{model.title} takes at most {most} {what}, not {given}", field=field)


def _none_of(
    model: Model, what: str, known: tuple[str, ...], given: str, field: str
) -> UnsupportedError:
    return UnsupportedError(
        f"{model.title} knows no {given!r}", field=field, way_out=f"{what} {', '.join(known[:12])}"
    )
