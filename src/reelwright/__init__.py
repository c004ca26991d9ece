"""reelwright turns a screenplay into a film."""

__version__ = "0.1.0"
