"""The cut as files that editors, players and people open. All text, all deterministic."""
