"""WebVTT: subtitles for the web, with who speaks."""

from html import escape

from reelwright.film.timeline import Subtitle, Timeline


def write_webvtt(timeline: Timeline) -> str:
    """The subtitles as cues with ids, escaped text and a voice tag each."""
    blocks = ["WEBVTT\n"]
    for number, one in enumerate(timeline.subtitles, 1):
        times = f"{_clock(one.start_s)} --> {_clock(one.end_s)}"
        blocks.append(f"{number}\n{times}\n{_voiced(one)}\n")
    return "\n".join(blocks)


def _voiced(one: Subtitle) -> str:
    text = "\n".join(escape(line, quote=False) for line in one.lines)
    text = f"<i>{text}</i>" if one.italic else text
    name = escape(" ".join(one.character.split()), quote=False)
    return f"<v {name}>{text}</v>" if name else text


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}.{thousandths:03d}"
