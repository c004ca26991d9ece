"""Small real pictures."""

import io

from PIL import Image


def picture_bytes(kind="PNG", size=(16, 9), colour="red", **more):
    """A picture of one colour, as a file's bytes."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, kind, **more)
    return stream.getvalue()
