"""What a process does in the house."""

from dataclasses import dataclass

_NAMES = {(True, True): "serve", (False, True): "api", (True, False): "worker"}


@dataclass(frozen=True, slots=True)
class Part:
    """With `worker` a process takes part in the work, with `web` it can serve HTTP; neither: it only asks.

    Without `directing` nobody is there who reads, writes, draws or composes by words: a command that
    asks for none of that need not load them.
    """

    worker: bool = False
    web: bool = False
    directing: bool = True

    @property
    def application(self) -> str:
        """What the database's server shows our connections as."""
        return f"reelwright {_NAMES.get((self.worker, self.web), 'command')}"
