"""Postgres without a server installed: real Postgres programs under a supervisor of our own."""

from reelwright.engines.database.embedded.postgres import Attachment, EmbeddedPostgres
from reelwright.engines.database.embedded.status import Status, status

__all__ = ["Attachment", "EmbeddedPostgres", "Status", "status"]
