"""Backup and restore: database, blobs and keys in one file."""
