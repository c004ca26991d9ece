"""What goes wrong with the embedded Postgres, always with the same way out."""

from reelwright.ground.errors import EnvironmentFailedError

ELSEWHERE = "or use a Postgres of your own: set REELWRIGHT_DATABASE_URL"


def failed(message: str, advice: str = "") -> EnvironmentFailedError:
    """The error to raise; `advice` says what to try first."""
    way_out = f"{advice}, {ELSEWHERE}" if advice else ELSEWHERE.removeprefix("or ")
    return EnvironmentFailedError(message, way_out=way_out)


def gravest(said: str) -> str:
    """The last line of a program's words that says what went wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    grave = [one for one in lines if any(word in one for word in ("FATAL:", "PANIC:", "rror"))]
    return (grave or lines or ["it left no word"])[-1]
