"""Asking language models: one question, a conversation, a picture."""
