"""This machine's models under the suite: rows only; what they make is tried in `tests/local` (`make test-local`)."""

from reelwright.providers.local.provider import Local
from support.vendors import VendorCase

CASE = VendorCase(make=Local, fake=None, asks={})
