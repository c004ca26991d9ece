"""Exteriors: places under the open sky, one file each, listed in table.py."""
