"""Anthropic: text by the Messages API."""
