"""An edit out of a CMX 3600 list."""

import re
from dataclasses import replace

from reelwright.film.conform.edits import Use
from reelwright.film.timecode import parse_timecode
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

EVENT = re.compile(
    r"(?P<number>\d{1,6})\s+(?P<reel>\S+)\s+(?P<track>\S+)\s+(?P<code>C|D|W\d*|K\w*)\s+"
    r"(?:(?P<length>\d+)\s+)?(?P<times>\S+\s+\S+\s+\S+\s+\S+)\s*"
)
COMMENT = re.compile(r"\*?\s*(?P<key>[A-Z][A-Z ]*?)\s*:\s*(?P<value>.*\S)")
BLACK = ("BL", "BLACK")


def read_edl(text: str, rate: Rate, name: str) -> list[Use]:
    """The picture events of the list, in order; timecode counts at `rate`.

    Raises:
        InvalidInputError: it has no picture event, or a timecode that cannot be.
    """
    uses: list[Use] = []
    origin = ""
    for number, line in enumerate(text.splitlines(), 1):
        event = EVENT.fullmatch(line.strip())
        if event and re.fullmatch(r"V\d*|B|\S*/V|NONE", event["track"]):
            try:
                times = [parse_timecode(time, rate) for time in event["times"].split()]
            except InvalidInputError as error:
                where = f"{name}, line {number}: {error.message}"
                raise InvalidInputError(where, way_out=error.way_out) from error
            origin = _take(uses, event, times, origin)
        elif uses and (comment := COMMENT.fullmatch(line.strip())):
            _remark(uses, comment["key"], comment["value"])
        elif uses and line.startswith("M2"):
            uses[-1] = replace(uses[-1], remarks=(*uses[-1].remarks, "its change of speed"))
    if not uses:
        raise InvalidInputError(
            f"{name} has no picture events in it.",
            way_out="export the timeline again as a CMX 3600 .edl, or as .otio",
        )
    return [use for use in uses if use.reel.upper() not in BLACK]


def _take(uses: list[Use], event: re.Match[str], times: list[int], origin: str) -> str:
    """Add an event. A dissolve shows so much more of what it comes from.

    An event of no length only says what the next one's dissolve comes from: returns that reel.
    """
    source_in, source_out, record_in, record_out = times
    if record_out == record_in:
        return event["reel"]
    if event["length"]:
        for index in _before(uses, record_in, origin):
            uses[index] = replace(uses[index], frames=uses[index].frames + int(event["length"]))
    faster = source_out - source_in != record_out - record_in
    remarks = ("its change of speed",) if faster else ()
    frames = record_out - record_in
    uses.append(Use(source_in, frames, record_in, reel=event["reel"], remarks=remarks))
    return ""


def _before(uses: list[Use], record: int, origin: str) -> list[int]:
    """Where the clip of this reel is that is seen up to this frame, if any."""
    return [
        index
        for index, use in enumerate(uses)
        if use.record + use.frames == record and use.reel == origin
    ][-1:]


def _remark(uses: list[Use], key: str, value: str) -> None:
    """What a comment says about the event above it."""
    use = uses[-1]
    if key == "SHOT":
        uses[-1] = replace(use, shot_id=value, made=(0, 0))
    elif key in ("HANDLES", "TRIM") and re.fullmatch(r"-?\d{1,9}", value):
        handles, trim = use.made or (0, 0)
        uses[-1] = replace(
            use, made=(int(value), trim) if key == "HANDLES" else (handles, int(value))
        )
    elif key == "TO CLIP NAME" or (key == "FROM CLIP NAME" and not use.name):
        uses[-1] = replace(use, name=value)
    elif key in ("FROM FILE", "SOURCE FILE", "FROM CLIP"):
        uses[-1] = replace(use, media=value)
