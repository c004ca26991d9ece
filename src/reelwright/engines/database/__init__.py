"""Postgres: roles, doors that open transactions, row-level security, migrations."""
