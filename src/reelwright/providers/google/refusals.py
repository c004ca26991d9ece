"""What Google will not make, by the reasons it gives: blocked prompts, ends of answers, support codes."""

import re

from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ProviderError,
    RefusedError,
    UnavailableError,
)
from reelwright.providers.prices import Unit, Usage

REFUSED = frozenset({
    "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR", "ESCALATION", "JAILBREAK",
})  # fmt: skip
"""Ends of an answer (and codes of a failed interaction) that are policy."""

_BY_CHANCE = frozenset({"NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_RESPONSE"})
CUT = frozenset({"MAX_TOKENS", "CONTINUATION"})
"""The answer is longer than was allowed. It is not gone on with: that would be paid again."""

# Which category a support code names, and where it was seen; `made` is a picture, theirs or ours.
_CODES = {
    "58061214": ("children", "prompt"), "17301594": ("children", "made"),
    "29310472": ("known people", "prompt"), "15236754": ("known people", "made"),
    "62263041": ("danger", "prompt"), "39322892": ("faces", "made"),
    "57734940": ("hate", "prompt"), "22137204": ("hate", "made"),
    "92201652": ("personal data", "prompt"), "78610348": ("toxic words", "prompt"),
    "89371032": ("what is prohibited", "prompt"), "49114662": ("what is prohibited", "made"),
    "72817394": ("what is prohibited", "made"), "60599140": ("what is prohibited", "made"),
    "90789179": ("sex", "prompt"), "63429089": ("sex", "made"), "43188360": ("sex", "made"),
    "61493863": ("violence", "prompt"), "56562880": ("violence", "made"),
    "32635315": ("vulgarity", "prompt"), "64151117": ("safety", "made"),
    "42237218": ("safety", "made"), "35561574": ("what is others'", "made"),
    "35561575": ("what is others'", "made"), "42876398": ("something else", "prompt"),
    "29578790": ("something else", "made"), "74803281": ("something else", "made"),
}  # fmt: skip
_CODE = re.compile(r"\b\d{8}\b")
_NAMES_CODES = re.compile(r"support codes?", re.IGNORECASE)


def blocked(reason: str) -> RefusedError:
    """A prompt was blocked: nothing was made of it."""
    stage = "input" if reason == "IMAGE_SAFETY" else "prompt"
    return RefusedError(f"Google blocked the prompt ({reason})", stage=stage)


def end_error(reason: str, used: Usage) -> ProviderError | None:
    """Why an answer that ended so is none; None when it is one. `used` is what they count for it."""
    match reason:
        case "" | "FINISH_REASON_UNSPECIFIED" | "STOP":
            return None
        case _ if reason in CUT:
            return None
        case _ if reason in REFUSED:
            told = f"Google withheld what it made ({reason})"
            billed = used.get(Unit.OUTPUT_TOKEN, 0) > 0
            return RefusedError(told, stage="output", paid=billed, used=used)
        case _ if reason in _BY_CHANCE:
            return UnavailableError(f"Google made nothing this time ({reason})")
        case "PUP_LIMITED_DISABLED":
            return BadKeyError(f"Google has limited this account ({reason})")
        case "LANGUAGE":
            return BadInputError(f"the model does not know this language ({reason})")
        case _:
            return ProviderError(f"Google ended the answer for a reason of its own ({reason})")


def refusal_in(told: str) -> RefusedError | None:
    """The refusal that a sentence with support codes is; None when it names none."""
    if not _NAMES_CODES.search(told):
        return None
    found = [_CODES.get(code, ("a new category", "made")) for code in _CODE.findall(told)]
    what, seen = found[0] if found else ("no category named", "made")
    # Only the sentence tells our picture from theirs.
    stage = seen if seen == "prompt" else ("input" if "input image" in told else "output")
    codes = ", ".join(_CODE.findall(told)) or "no code"
    return RefusedError(f"Veo refused on account of {what} ({codes})", stage=stage)
