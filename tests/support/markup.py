"""XML that we wrote ourselves, read back."""

from xml.etree import ElementTree as ET


def tree(text: str) -> ET.Element:
    """The root element."""
    return ET.fromstring(text)  # noqa: S314 - our own text


def child(parent: ET.Element, path: str) -> ET.Element:
    """The first element at `path`, which must be there."""
    found = parent.find(path)
    assert found is not None, path
    return found
