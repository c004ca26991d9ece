"""What a film-maker does: read, direct, draw, speak, cut."""
