"""The history of all tables, as Alembic runs it."""
