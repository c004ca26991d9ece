"""`reelwright doctor`: what works on this machine, and what to do about what does not."""

import json
import platform
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reelwright.engines.processes.crew import cores
from reelwright.faces.cli import checks
from reelwright.faces.cli.arguments import Json
from reelwright.ground.errors import EnvironmentFailedError, ReelwrightError

Check = Callable[[], str]


def doctor(
    *,
    live: Annotated[str | None, Parameter(help="try this vendor, with your key")] = None,
    max_cost: Annotated[str | None, Parameter(help="what that may cost: 0.05")] = None,
    record: Annotated[Path | None, Parameter(help="write what was said, without secrets")] = None,
    as_json: Json = False,
) -> None:
    """Check what films need, and what the service needs; starts and changes nothing.

    Films: drawing, encoding, speaking, reading, the store. Service: settings, database, storage,
    keys, cache, the clock. With --live VENDOR and --max-cost, the vendor itself, for that much.
    """
    if live is not None:
        from reelwright.faces.cli.live import try_vendor

        try_vendor(live, max_cost, record, as_json=as_json)
        return
    results = {name: _try(check) for name, check in _CHECKS.items()}
    if as_json:
        print(
            json.dumps({name: {"works": ok, "says": says} for name, (ok, says) in results.items()})
        )
    else:
        for name, (ok, says) in results.items():
            print(f"{'ok  ' if ok else 'FAIL'} {name:<9} {says}")
    failed = [name for name, (ok, _) in results.items() if not ok]
    if failed:
        raise EnvironmentFailedError(
            f"does not work here: {', '.join(failed)}", way_out="see above"
        )


def _try(check: Check) -> tuple[bool, str]:
    try:
        return True, check()
    except ReelwrightError as error:
        return False, " ".join(str(error).split())
    except Exception as error:  # noqa: BLE001 - a doctor reports whatever hurts
        return False, f"{type(error).__name__}: {error}"


def _python() -> str:
    return f"{platform.python_version()} on {platform.platform(terse=True)}, {cores()} cores"


def _drawing() -> str:
    from reelwright.engines.media.pencil import skia

    surface = skia.Surface(8, 8)
    surface.getCanvas().clear(0xFFFF0000)
    return f"Skia {skia.__version__}, on the CPU"


def _encoding() -> str:
    import av

    from reelwright.engines.media.video import SegmentWriter, Sheet
    from reelwright.film.timeline import Rate

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "try.mp4"
        with SegmentWriter(target, 64, 64, Rate()) as segment:
            segment.write(Sheet(64, 64).converted())
        return f"PyAV {av.__version__}, H.264 and AAC, {target.stat().st_size} bytes written"


def _speaking() -> str:
    from reelwright.film.voices import VoiceTraits
    from reelwright.providers.drawings import VoiceRequest
    from reelwright.providers.sketch.voices.speech import speak

    with tempfile.TemporaryDirectory() as folder:
        said = speak(VoiceRequest("All is well.", "DOCTOR", VoiceTraits()), Path(folder))
    return f"espeak-ng in its own process, said {said.facts['seconds']:.1f} s"


def _reading() -> str:
    from importlib.metadata import version

    import pypdfium2.raw

    pypdfium2.raw.FPDF_GetLastError()
    return f"PDF screenplays by pypdfium2 {version('pypdfium2')}"


def _store() -> str:
    from reelwright.engines.storage.home import home
    from reelwright.engines.storage.store import Store

    with Store(home() / "store") as store:
        free = shutil.disk_usage(store.root).free
        if free < 1_000_000_000:
            raise EnvironmentFailedError(
                f"{store.root}: only {free // 1_000_000} MB are free",
                way_out="free some space, trim with `reelwright cache --trim`, or set REELWRIGHT_HOME",
            )
        return f"{store.root}, {store.usage().products} products, {free // 1_000_000_000} GB free"


def _providers() -> str:
    from reelwright.providers.loader import load_provider, provider_names

    names = [f"{name} ({len(load_provider(name).models())} models)" for name in provider_names()]
    return ", ".join(names)


_CHECKS: dict[str, Check] = {
    "python": _python,
    "drawing": _drawing,
    "encoding": _encoding,
    "speaking": _speaking,
    "reading": _reading,
    "store": _store,
    "providers": _providers,
    "settings": checks.settings,
    "database": checks.database,
    "storage": checks.storage,
    "keys": checks.key_files,
    "cache": checks.cache,
    "clock": checks.clock,
}
