"""Answers kept for a while, in memory or on Redis."""
