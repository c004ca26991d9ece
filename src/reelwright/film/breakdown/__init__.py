"""A screenplay broken down into scenes, shots, cast and places, by rules alone."""
