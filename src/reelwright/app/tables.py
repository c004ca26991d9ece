"""All tables of the house, imported, so that their history and their metadata can be compared."""

from importlib import import_module

from sqlalchemy import MetaData

from reelwright.engines.database.tables import Table

_HOMES = (
    "reelwright.engines.events.tables",
    "reelwright.engines.durable.tables",
    "reelwright.identity.tables",
    "reelwright.billing.tables",
    "reelwright.projects.tables",
    "reelwright.library.tables",
    "reelwright.library.rights_tables",
    "reelwright.jobs.tables",
    "reelwright.generation.accounts.tables",
    "reelwright.generation.repertoire.tables",
    "reelwright.generation.submissions.tables",
    "reelwright.generation.llm.tables",
    "reelwright.studio.tables",
    "reelwright.studio.hands.tables",
    "reelwright.studio.music.tables",
    "reelwright.studio.advice.tables",
)


def all_tables() -> MetaData:
    """The metadata of every table there is."""
    for home in _HOMES:
        import_module(home)
    return Table.metadata
