"""Moodboards: how a film, or one of its scenes, is to look and feel, on one board."""
