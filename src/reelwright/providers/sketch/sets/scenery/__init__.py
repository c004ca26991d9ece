"""Scenery: the pieces that sets are built from (ground, trees, houses, water, lamps ...)."""
