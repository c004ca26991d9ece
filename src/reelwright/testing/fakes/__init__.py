"""Vendors' servers, faked: their wire formats, their moods, and an exact count of what they billed."""
