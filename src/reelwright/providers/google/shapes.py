"""The answers of Google's three ways of asking, as far as we read them.

`generateContent` and Vertex write names in camel case, the Interactions API in snake case. All of it
may be missing: an answer says only what there is to say.
"""

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from reelwright.providers.prices import Unit


class Camel(BaseModel):
    """A shape whose names are in camel case on the wire."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Snake(BaseModel):
    """A shape whose names are on the wire as they are here."""

    model_config = ConfigDict(extra="ignore")


class Blob(Camel):
    """A file inside an answer, in base 64."""

    mime_type: str = ""
    data: str = ""


class Part(Camel):
    """A piece of what a model says; `thought` marks what it says to itself."""

    text: str = ""
    inline_data: Blob | None = None
    thought: bool = False


class Content(Camel):
    """What a model says."""

    parts: tuple[Part, ...] = ()


class Candidate(Camel):
    """One answer of a model's, and why it ends there."""

    content: Content = Content()
    finish_reason: str = ""
    finish_message: str = ""


class Feedback(Camel):
    """What became of the prompt."""

    block_reason: str = ""


class TokenCounts(Camel):
    """The tokens of one call; thoughts are billed as what is written."""

    prompt_token_count: int = 0
    tool_use_prompt_token_count: int = 0
    candidates_token_count: int = 0
    thoughts_token_count: int = 0

    def used(self) -> dict[Unit, Decimal]:
        """The same in the units of prices."""
        read = self.prompt_token_count + self.tool_use_prompt_token_count
        written = self.candidates_token_count + self.thoughts_token_count
        return tokens(read, written)


class Generated(Camel):
    """The answer of `generateContent`, or one piece of its stream."""

    candidates: tuple[Candidate, ...] = ()
    prompt_feedback: Feedback = Feedback()
    usage_metadata: TokenCounts | None = None
    response_id: str = ""

    @property
    def used(self) -> dict[Unit, Decimal]:
        """What they count for it, as far as they tell."""
        return self.usage_metadata.used() if self.usage_metadata else {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is meant for us, of the first candidate."""
        said = self.candidates[0].content.parts if self.candidates else ()
        return tuple(part for part in said if not part.thought)


class Made(Snake):
    """A piece of a step's content: a text, or a file inside the answer or at an address."""

    type: str = ""
    mime_type: str = ""
    data: str | None = None
    uri: str | None = None


class StepFault(Snake):
    """Why a step failed: a number of google.rpc.Code."""

    code: int = 0
    message: str = ""


class Step(Snake):
    """One step of an interaction."""

    type: str = ""
    content: tuple[Made, ...] = ()
    error: StepFault | None = None


class InteractionFault(Snake):
    """Why an interaction failed; `code` is a word, or a URI that ends with one."""

    code: str | int = ""
    message: str = ""


class InteractionTokens(Snake):
    """The tokens of an interaction."""

    total_input_tokens: int = 0
    total_tool_use_tokens: int = 0
    total_output_tokens: int = 0
    total_thought_tokens: int = 0

    def used(self) -> dict[Unit, Decimal]:
        """The same in the units of prices."""
        read = self.total_input_tokens + self.total_tool_use_tokens
        return tokens(read, self.total_output_tokens + self.total_thought_tokens)


class Interaction(Snake):
    """An interaction as it stands."""

    id: str
    status: str
    steps: tuple[Step, ...] = ()
    errors: tuple[InteractionFault, ...] = ()
    usage: InteractionTokens | None = None

    def made(self, kind: str) -> tuple[Made, ...]:
        """What it made of that kind: `video` or `audio`."""
        outputs = [step for step in self.steps if step.type == "model_output"]
        found = [one for step in outputs for one in step.content if one.type == kind]
        return tuple(one for one in found if one.data or one.uri)


class Clip(Camel):
    """A shot of Veo's."""

    bytes_base64_encoded: str = ""
    mime_type: str = "video/mp4"


class Shots(Camel):
    """What Veo answers in the end; those that were filtered are only counted, and reasons given."""

    videos: tuple[Clip, ...] = ()
    rai_media_filtered_count: int = 0
    rai_media_filtered_reasons: tuple[str, ...] = ()


class Operation(Camel):
    """A long-running operation of Vertex."""

    name: str
    done: bool = False
    error: StepFault | None = None
    response: Shots = Shots()


def tokens(read: int, written: int) -> dict[Unit, Decimal]:
    """Tokens in the units of prices."""
    return {Unit.INPUT_TOKEN: Decimal(read), Unit.OUTPUT_TOKEN: Decimal(written)}


def merged(defaults: Any, body: dict[str, Any]) -> dict[str, Any]:
    """A row's defaults with what is asked laid over them, level by level."""
    whole = dict(defaults)
    for name, value in body.items():
        under = whole.get(name)
        both = isinstance(value, dict) and isinstance(under, dict)
        whole[name] = merged(under, value) if both else value
    return whole
