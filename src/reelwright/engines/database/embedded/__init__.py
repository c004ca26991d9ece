"""A Postgres of our own, from the binaries of a wheel, under our own supervisor."""
