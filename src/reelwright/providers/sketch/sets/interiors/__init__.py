"""Interiors: one file a set, one row a set in the table."""
