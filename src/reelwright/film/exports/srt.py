"""SubRip: subtitles for every player."""

from reelwright.film.timeline import Timeline


def write_srt(timeline: Timeline) -> str:
    """The subtitles, numbered from 1; voices that are not in the room are in italics."""
    blocks = []
    for number, one in enumerate(timeline.subtitles, 1):
        text = "\n".join(one.lines).replace("-->", "→")
        text = f"<i>{text}</i>" if one.italic else text
        blocks.append(f"{number}\n{_clock(one.start_s)} --> {_clock(one.end_s)}\n{text}\n")
    return "\n".join(blocks)


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d},{thousandths:03d}"
