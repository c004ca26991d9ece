"""The letters people get about their accounts, and how they are written."""
