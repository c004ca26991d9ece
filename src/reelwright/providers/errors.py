"""What can go wrong with a provider, by type; adapters translate once, by code, never by text."""

from reelwright.ground.errors import Kind, ReelwrightError


class ProviderError(ReelwrightError):
    """The root of a provider's trouble."""

    code = "provider_fault"
    kind = Kind.FAULT


class UnsupportedError(ProviderError):
    """The model cannot do what was asked: wrong operation, size or length. Nothing was paid."""

    code = "unsupported"
    kind = Kind.INVALID


class UnknownTicketError(ProviderError):
    """The provider knows no such submission (any more)."""

    code = "unknown_ticket"
    kind = Kind.MISSING


class UnavailableError(ProviderError):
    """The provider cannot be used now; trying again later may help."""

    code = "provider_unavailable"
    kind = Kind.UNAVAILABLE
