"""A file is what its bytes say, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.library.sniffing import UNKNOWN, sniff


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0..", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3....webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3....matroska", "video/x-matroska"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xf9\x50\x80", "audio/aac"),
        (b"ID3\x04\0\0\0\0\0\x04....\xff\xf1\x50\x80", "audio/aac"),
        (b"ID3\x04\0\0\0\0\0\x04....\xff\xfb\x90\x64", "audio/mpeg"),
        (b"FORM\0\0\0\0AIFFCOMM", "audio/aiff"),
        (b"FORM\0\0\0\0ILBM", UNKNOWN),
        (b"\0\0\x01\xba\x44", "video/mpeg"),
        ((b"G" + b"\0" * 187) * 3, "video/mp2t"),
        ((b"\0\0\0\0G" + b"\0" * 187) * 3, "video/mp2t"),
        (b"G" + b"\0" * 600, UNKNOWN),
        (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02", "application/mxf"),
        (b"II*\0\x08", "image/tiff"),
        (b"MM\0*\0", "image/tiff"),
        (b"BM" + b"\0" * 12 + b"\x28\0\0\0", "image/bmp"),
        (b"BM, a car maker", "text/plain"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypavis\0\0\0\0msf1iso8", "image/avif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomheic", "image/heic"),
        (b"\0\0\0\x14ftypisom\0\0\0\0isomheic", "video/mp4"),
        (b"\0\0\0\x18ftypcrx \0\0\0\0crx isom", "image/x-canon-cr3"),
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"INT. HOUSE - DAY", "text/plain"),
        ("Füße".encode()[:-1], "text/plain"),
        (b"<?xml version='1.0'?><FinalDraft/>", "application/xml"),
        (b"", UNKNOWN),
        (b"\0\1\2", UNKNOWN),
        (b"MZ\x90\0", UNKNOWN),
    ],
)
def test_content_is_known(head, media_type):
    assert sniff(head) == media_type


@pytest.mark.parametrize(
    "head",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<?xml version='1.0'?>\n<!-- a picture -->\n<svg onload='alert(1)'>",
        b"  <!DOCTYPE html><script>",
        b"<HTML>",
        b"text first <script>alert(1)</script>",
    ],
)
def test_what_could_run_in_a_browser_is_never_an_image(head):
    assert not sniff(head).startswith(("image/png", "image/jpeg", "text/plain"))
    assert sniff(head) in {"image/svg+xml", "text/html"}


@given(st.binary(max_size=200))
def test_any_bytes_have_a_type(head):
    assert "/" in sniff(head)
