"""The words of letters: a text each, and names that strangers gave, shown so that they do no harm."""

import re
from collections.abc import Mapping
from importlib import resources
from string import Template

from reelwright.identity.site import Site

_LINK = re.compile(r"[/:@\\]|\.\w")
_LONGEST = 60


def worded(kind: str, told: Mapping[str, str]) -> tuple[str, str]:
    """The subject and the body of a kind of letter."""
    text = resources.files("reelwright.identity.letters").joinpath(f"{kind}.txt").read_text("utf-8")
    subject, _, body = text.partition("\n\n")
    return subject.strip(), Template(body).substitute(told)


def way(site: Site, kind: str, code: str) -> str:
    """How to use a code: behind the # of a link no server and no log on the way sees it."""
    if site.base_url is None:
        return f"The code is:\n\n{code}"
    return f"Open this link:\n\n{site.base_url}/letters/{kind}#{code}"


def shown(name: str, instead: str) -> str:
    """A name in one line, bounded; one that could be taken for a link, or an address, is left out.

    Whoever gives a stranger's address must not write the stranger's letter.
    """
    line = " ".join(name.split())
    if not line.isprintable() or _LINK.search(line):
        return instead
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
