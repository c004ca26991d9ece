"""What is done about events, after the commit of what happened: one line a reaction."""

from reelwright.engines.events.reactions import Reaction

REACTIONS: tuple[Reaction, ...] = ()
"""None yet: quotas, notices and hooks come with the domains that want them."""
