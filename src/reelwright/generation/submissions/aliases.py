"""Names for people that tell vendors nothing: the same each time, and nobody's but ours to read."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from reelwright.ground.principals import Principal


@dataclass(frozen=True, slots=True)
class Aliases:
    """Gives each person an alias, keyed with a secret of the house."""

    key: bytes = field(repr=False)

    def of(self, who: Principal) -> str:
        """64 signs; without the key nobody can find out whose, also not by trying all ids."""
        return hmac.new(self.key, f"person:{who.user}".encode(), sha256).hexdigest()
