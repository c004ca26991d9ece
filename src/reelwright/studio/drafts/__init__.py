"""Screenplays written from an idea or from prose."""
