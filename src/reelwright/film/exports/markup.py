"""XML written down: elements in order, text made safe, the same bytes every time."""

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

# What XML 1.0 cannot hold, even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(parent: ET.Element | None, tag: str, text: Any = None, **attributes: Any) -> ET.Element:
    """A new element under `parent`; attributes that are None are left out."""
    written = {key: clean(value) for key, value in attributes.items() if value is not None}
    made = ET.Element(tag, written) if parent is None else ET.SubElement(parent, tag, written)
    if text is not None:
        made.text = clean(text)
    return made


def clean(value: Any) -> str:
    """A value as XML can hold it."""
    return FORBIDDEN.sub("\ufffd", str(value))


def document(root: ET.Element, doctype: str) -> str:
    """The whole file, indented."""
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n\n{body}\n'


def relative_url(path: str) -> str:
    """A path below the film's folder as a relative URL."""
    return quote(path)
