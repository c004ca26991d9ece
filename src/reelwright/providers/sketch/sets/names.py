"""Names of places: the words of a heading that call for a set."""


def listed(text: str) -> tuple[str, ...]:
    """The words and phrases of a list that commas part."""
    return tuple(" ".join(name.split()) for name in text.split(","))
