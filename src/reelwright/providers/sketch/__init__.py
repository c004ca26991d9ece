"""The built-in artist: draws, animates, speaks and scores with no key, no weights, no server."""
