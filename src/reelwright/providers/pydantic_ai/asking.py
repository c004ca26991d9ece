"""A request as pydantic-ai takes it, and its answer read as it is written."""

import inspect
from collections.abc import AsyncGenerator, Sequence
from decimal import Decimal
from typing import Any

import httpx2
from pydantic_ai import exceptions as theirs
from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, infer_model
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.providers import infer_provider_class
from pydantic_ai.settings import ModelSettings

from reelwright.engines.http.client import Http
from reelwright.providers import wire
from reelwright.providers.contract import Access, Call
from reelwright.providers.errors import ProviderError, RefusedError, UnsupportedError
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import Message, TextRequest
from reelwright.providers.pydantic_ai.errors import translated
from reelwright.providers.pydantic_ai.reading import Answer
from reelwright.providers.pydantic_ai.sending import OneRequest
from reelwright.providers.schemas import strict


async def ask(http: Http, call: Call, request: TextRequest, answer: Answer) -> AsyncGenerator[str]:
    """Send the one request; the text as it comes. Raises our errors only."""
    way = OneRequest(http)
    async with httpx2.AsyncClient(transport=way) as client:
        model = model_of(call.model.endpoint, call.access, client)
        asked = [_turn(message) for message in request.messages]
        told = _settings(request), _form(model, request)
        try:
            async with model_request_stream(
                model, asked, model_settings=told[0], model_request_parameters=told[1]
            ) as stream:
                async for event in stream:
                    piece = _piece(event)
                    if piece:
                        yield piece
            _end(stream.get(), answer)
        except ProviderError:
            raise
        except Exception as error:  # their SDKs raise what they like
            raise (way.error or translated(error, call.model.title)) from error


def model_of(name: str, access: Access, client: httpx2.AsyncClient) -> Model:
    """A model by its name, whose SDK sends through our client alone; raises UnsupportedError."""

    def provided(vendor: str) -> Any:
        kind = infer_provider_class(vendor)
        known = inspect.signature(kind).parameters
        if "http_client" not in known:
            raise UnsupportedError(
                f"pydantic-ai reaches {vendor} by a client of its vendor's, which may repeat a paid call",
                way_out=f"ask it through an address that speaks as OpenAI does: openai-chat:{name}",
            )
        given: dict[str, Any] = {"http_client": client, "api_key": key_of(vendor, access)}
        if access.base_url and "base_url" not in known:
            # A key goes to no other address than it was given for.
            raise UnsupportedError(f"{vendor} has an address of its own", field="base_url")
        if access.base_url:
            given["base_url"] = access.base_url
        made = kind(**{one: value for one, value in given.items() if one in known})
        if hasattr(made.client, "max_retries"):
            made.client.max_retries = (
                0  # else the vendor's no is hidden behind the refused repetition
            )
        return made

    try:
        return infer_model(name, provider_factory=provided)
    except ImportError as error:
        raise UnsupportedError(
            f"{name} needs a package that is not installed", way_out=str(error)[:300]
        ) from error
    except (theirs.UserError, ValueError, TypeError, AssertionError) as error:
        raise UnsupportedError(f"pydantic-ai cannot ask {name}: {str(error)[:200]}") from error


def key_of(vendor: str, access: Access) -> str:
    """The account's key for a vendor: its own where the account has several, else the one it has."""
    return access.more.get(f"{vendor}_key") or access.key or "none"


def _settings(request: TextRequest) -> ModelSettings:
    return ModelSettings(max_tokens=request.most, timeout=wire.PATIENCE_S)


def _form(model: Model, request: TextRequest) -> ModelRequestParameters:
    if request.schema is None:
        return ModelRequestParameters()
    if not model.profile.get("supports_json_schema_output", False):
        raise UnsupportedError("this model is held to no schema", field="schema")
    form = OutputObjectDefinition(json_schema=strict(request.schema), name="answer", strict=True)
    return ModelRequestParameters(output_mode="native", output_object=form)


def _turn(message: Message) -> ModelMessage:
    if message.role == "assistant":
        return ModelResponse(parts=[TextPart(message.text)])
    if message.role == "system":
        return ModelRequest(parts=[SystemPromptPart(message.text)])
    seen: Sequence[Any] = [
        BinaryContent(wire.content_of(one), media_type=one.media_type) for one in message.images
    ]
    return ModelRequest(parts=[UserPromptPart([*seen, message.text] if seen else message.text)])


def _piece(event: Any) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
        case _:
            return ""


def _end(response: ModelResponse, answer: Answer) -> None:
    """What is known when it has ended; a refusal is told with what it cost."""
    used = response.usage
    answer.remote_id = response.provider_response_id or ""
    answer.used = {Unit.CALL: Decimal(1)}
    if used.input_tokens or used.output_tokens:
        answer.used |= {
            Unit.INPUT_TOKEN: Decimal(used.input_tokens),
            Unit.OUTPUT_TOKEN: Decimal(used.output_tokens),
        }
    answer.cut = response.finish_reason == "length"
    answer.ended = response.state == "complete"
    if response.finish_reason == "content_filter":
        words = "the vendor will not write this"
        raise RefusedError(words, stage="output", paid=True, used=answer.used)
    if response.finish_reason == "error":
        raise ProviderError("the vendor broke off")
