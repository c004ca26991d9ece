"""Drawing works on machines without GL libraries: a stand-in exports the names Skia looks up."""

import ctypes
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from reelwright.engines.media import elf


def _skia_names():
    spec = importlib.util.find_spec("skia")
    assert spec is not None
    assert spec.origin is not None
    return elf.undefined_symbols(Path(spec.origin).read_bytes(), (b"gl", b"egl"))


def test_the_names_skia_expects_from_gl_are_found():
    names = _skia_names()
    assert len(names) > 50
    assert all(name.startswith((b"gl", b"egl")) for name in names)


def test_a_library_made_of_names_loads_and_every_name_answers_zero():
    names = [b"glOne", b"glTwo", b"eglThree", *(b"glName%d" % n for n in range(200))]
    image = elf.shared_library("libTrial.so.1", names)
    handle = os.memfd_create("trial")
    try:
        os.write(handle, image)
        library = ctypes.CDLL(f"/proc/self/fd/{handle}")
        assert all(getattr(library, name.decode())() == 0 for name in names)
    finally:
        os.close(handle)


def test_skia_draws_with_the_stand_ins_in_place_of_gl():
    code = """
from importlib.util import find_spec
from pathlib import Path
from reelwright.engines.media import elf
import ctypes, os
names = elf.undefined_symbols(Path(find_spec("skia").origin).read_bytes(), (b"gl", b"egl"))
for library in ("libEGL.so.1", "libGL.so.1"):
    handle = os.memfd_create("stand-in")
    os.write(handle, elf.shared_library(library, names))
    ctypes.CDLL(f"/proc/self/fd/{handle}")
import skia
surface = skia.Surface(4, 4)
surface.getCanvas().clear(0xFFFF0000)
print(surface.toarray()[0, 0].tolist(), "libGL.so" in Path("/proc/self/maps").read_text())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("[0, 0, 255, 255] False", "[255, 0, 0, 255] False"), done.stderr
