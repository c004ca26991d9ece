"""Alembic's entry: runs the steps on the connection it is handed; who hands it holds the lock."""

from alembic import context

from reelwright.app.tables import all_tables

config = context.config


def run() -> None:
    """Run the steps, each in a transaction of its own, so that a failing one undoes no other."""
    context.configure(
        connection=config.attributes["connection"],
        target_metadata=all_tables(),
        version_table="alembic_version",
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
