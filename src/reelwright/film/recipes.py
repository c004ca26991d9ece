"""A recipe is everything a product depends on; its digest is the product's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reelwright.ground.digests import digest


@dataclass(frozen=True)
class Recipe:
    """Operation, model and its version, parameters, digests of inputs, and the take (0, 1, ...).

    Equal recipes name the same product: it is never made twice.
    """

    operation: str
    model: str
    version: str
    params: Mapping[str, Any]
    inputs: tuple[str, ...] = ()
    take: int = 0

    @cached_property
    def digest(self) -> str:
        """The product's name: SHA-256 of the canonical recipe, in hexadecimal."""
        return digest(self)
