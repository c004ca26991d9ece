"""Which Postgres it is: the one that is named, else the embedded one. Chosen here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reelwright.engines.database.roles import Urls, external_urls, psycopg_url
from reelwright.engines.database.settings import DatabaseSettings


@contextmanager
def open_server(
    settings: DatabaseSettings, home: Path, house_key: bytes | None = None
) -> Iterator[Urls]:
    """How to sign in to the database while the block runs.

    With `settings.url` that server, which is not contacted here; without, the embedded Postgres
    in `home`, started if need be and kept running at least until the block ends. `house_key` is
    what the two roles' passwords follow from on a server whose URL has one.
    """
    if settings.url is not None:
        yield external_urls(settings, house_key)
        return
    # Only imported where it runs: a server elsewhere needs none of it.
    from reelwright.engines.database.embedded import EmbeddedPostgres  # noqa: PLC0415

    with EmbeddedPostgres(idle_s=settings.linger_s).attach(home) as attachment:
        yield Urls(attachment.url, attachment.app_url, attachment.system_url, embedded=True)


@contextmanager
def open_owner(settings: DatabaseSettings, home: Path) -> Iterator[str]:
    """The owner's URL alone, while the block runs: backup and restore need no house key."""
    if settings.url is not None:
        yield psycopg_url(settings.url.get_secret_value())
        return
    with open_server(settings, home) as urls:
        yield urls.owner
