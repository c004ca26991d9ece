"""The HTTP face: API under /api/v1, health, metrics."""
