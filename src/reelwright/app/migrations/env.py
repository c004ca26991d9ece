"""Alembic's entry: runs the steps on the connection it is handed, under one lock."""

from alembic import context

from reelwright.app.tables import all_tables

config = context.config


def run() -> None:
    """Run the steps in one transaction."""
    context.configure(
        connection=config.attributes["connection"],
        target_metadata=all_tables(),
        version_table="alembic_version",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
