"""Letters about files: what is held back, and what is not any more."""
