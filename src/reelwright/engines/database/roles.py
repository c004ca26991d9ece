"""The three roles: the owner of the tables, the one requests run as, the one the system runs as."""

from sqlalchemy import make_url
from sqlalchemy.engine import URL

APP = "reelwright_app"
SYSTEM = "reelwright_system"


def role_url(url: str, role: str, password: str | None = None) -> str:
    """The URL by which `role` signs in to the same database; without a password as the owner does."""
    changed: URL = make_url(url).set(username=role)
    if password is not None:
        changed = changed.set(password=password)
    return changed.render_as_string(hide_password=False)
