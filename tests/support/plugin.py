"""A stranger's module with services in it."""

from reelwright.services.base import BaseService


class Projection(BaseService):
    """Shows films."""


class Ushers(BaseService):
    """Show seats."""


class Popcorn:
    """No service."""
