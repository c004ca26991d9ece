"""What each domain knows of a person, for them to take along: a port, bound in wiring."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

from reelwright.ground.principals import Principal


class Exportable(Protocol):
    """One kind of things, as rows of JSON."""

    @property
    def name(self) -> str:
        """What the things are called: the file's name, without an ending."""
        ...

    @property
    def personal(self) -> bool:
        """Whether they are the person's own, whatever the workspace."""
        ...

    def rows(self, who: Principal, *, whole: bool) -> AsyncIterator[Mapping[str, Any]]:
        """All of them that are theirs in the workspace; `whole`: those of others in it as well."""
        ...
