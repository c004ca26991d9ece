"""Secrets under envelope encryption, each bound to its row."""
