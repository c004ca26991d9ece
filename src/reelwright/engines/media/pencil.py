"""Skia, also on a machine without GL libraries. Import `skia` from here, never directly.

The skia-python wheel is linked against libGL and libEGL, although drawing on the CPU calls neither.
Where they are missing we write two tiny shared libraries that export the names it looks up, load
them, and the dynamic linker is content, because it matches libraries by their SONAME.
"""

import ctypes
import importlib
import importlib.util
import os
import tempfile
from pathlib import Path
from types import ModuleType

from reelwright.engines.media import elf
from reelwright.ground.errors import EnvironmentFailedError

_LIBRARIES = ("libEGL.so.1", "libGL.so.1")


def _load_skia() -> ModuleType:
    try:
        return importlib.import_module("skia")
    except ImportError as error:
        if not any(name.split(".")[0] in str(error) for name in _LIBRARIES):
            raise EnvironmentFailedError(
                f"the drawing library does not load: {error}",
                way_out="reinstall skia-python; on Linux it needs glibc 2.28 and libexpat.so.1",
            ) from error
    _stand_in_for_gl()
    return importlib.import_module("skia")


def _stand_in_for_gl() -> None:
    spec = importlib.util.find_spec("skia")
    if spec is None or spec.origin is None:
        raise EnvironmentFailedError(
            "skia-python is not installed", way_out="pip install skia-python"
        )
    names = elf.undefined_symbols(Path(spec.origin).read_bytes(), prefixes=(b"gl", b"egl"))
    for library in _LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            _load_from_memory(elf.shared_library(library, names))


def _load_from_memory(image: bytes) -> None:
    """Load a library image; from an anonymous file where there is one, so noexec disks do not matter."""
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("reelwright-gl")
        os.write(handle, image)
        ctypes.CDLL(f"/proc/self/fd/{handle}")  # stays open: the mapping must outlive us
        return
    with tempfile.NamedTemporaryFile(suffix=".so") as file:
        file.write(image)
        file.flush()
        ctypes.CDLL(file.name)


skia = _load_skia()
