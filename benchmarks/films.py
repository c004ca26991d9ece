"""Whole films: speed, second runs, changed lines, kills, length."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home

ROOT = Path(__file__).parents[1]
KEEPER = ROOT / "examples" / "the-keeper.fountain"


class Bench:
    """Runs the command line with a store of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home.parent

    def film(self, script: Path, *more: str, name: str = "out") -> dict:
        """Make a film; returns its report with `wall` and `peak_mb` (of the parent process)."""
        env = environment(self.home)
        command = [sys.executable, "-m", "reelwright", "film", str(script), "--json", "--jobs", "2"]
        begun = time.monotonic()
        run = subprocess.Popen(
            [*command, "--out", str(self.folder / name), *more], env=env, stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        output = run.stdout.read()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        run.stdout.close()
        if run.returncode:
            raise RuntimeError(f"the film failed with status {run.returncode}")
        report = json.loads(output)
        return report | {"wall": time.monotonic() - begun, "peak_mb": usage.ru_maxrss / 1024}


def long_script(scenes: int) -> str:
    """A script of so many scenes, of the kinds the longer example has, all different."""
    body = KEEPER.read_text(encoding="utf-8").split("FADE IN:\n", 1)[1]
    blocks = ("\n" + body).split("\n\nEXT. ")
    numbered: list[str] = []
    for n in range(scenes):
        block = "EXT. " + blocks[1 + n % (len(blocks) - 1)].rstrip()
        numbered.append(block.replace(". ", f" once more than {n}. ", 1) if n else block)
    return "Title: A Long Film\nAuthor: Nobody\n\n" + "\n\n".join(numbered) + "\n"


def speed() -> Iterator[Figure]:
    """The longer example against the time it plays; the best of five, since it is an absolute time."""
    reports = []
    for _ in range(5):
        with fresh_home() as home:
            reports.append(Bench(home).film(KEEPER))
    report = min(reports, key=lambda one: one["wall"])
    slowest = max(one["wall"] for one in reports)
    factor = report["duration_s"] / report["wall"]
    measured = (
        f"{factor:.1f}x ({report['duration_s']:.0f} s of film in {report['wall']:.1f} s,"
        f" {report['shots']} shots; best of five, longest {slowest:.1f} s)"
    )
    yield Figure(
        "film of the longer example, 720p, 2 processes",
        "at least 6x real time",
        measured,
        factor >= 6,
    )


def length() -> Iterator[Figure]:
    """A film twice as long, then made again as it is, then with one line changed."""
    with fresh_home() as home:
        yield from _length(Bench(home))


def kills() -> Iterator[Figure]:
    """A film whose command is killed again and again."""
    with fresh_home() as home:
        yield _kills(Bench(home))


def _length(bench: Bench) -> Iterator[Figure]:
    short, twice = bench.folder / "short.fountain", bench.folder / "twice.fountain"
    scenes = 16
    short.write_text(long_script(scenes // 2), encoding="utf-8")
    twice.write_text(long_script(scenes), encoding="utf-8")
    one, two = bench.film(short, name="one"), bench.film(twice, "--fresh", name="two")
    length = two["duration_s"] / one["duration_s"]
    wall, peak = two["wall"] / one["wall"], two["peak_mb"] / one["peak_mb"]
    measured = f"{length:.2f}x the film: wall {wall:.2f}x, peak memory of the parent {peak:.2f}x"
    reached = wall <= 2.1 * length / 2 and peak <= 1.1
    yield Figure("film twice as long", "wall within 2.1x, memory within 1.1x", measured, reached)

    again = bench.film(twice, name="two")
    measured = (
        f"{again['wall']:.2f} s for {two['duration_s'] / 60:.1f} minutes, made: {again['made']}"
    )
    yield Figure(
        "second run, nothing changed", "under 3 s for a 10-minute film, made: 0", measured,
        again["wall"] < 3 and again["made"] == 0,
    )  # fmt: skip

    text = twice.read_text(encoding="utf-8")
    twice.write_text(
        text.replace("You will grow roots there.", "You will grow roots out there, girl.", 1),
        encoding="utf-8",
    )
    changed = bench.film(twice, name="two")
    share = changed["wall"] / two["wall"]
    measured = f"{changed['made']} of {changed['shots']} shots made; {changed['wall']:.1f} s, {share:.1%} of the full run, join and exports included"
    yield Figure(
        "one dialogue line changed", "at most 4 shots made; under 5 % of the full run plus the join", measured,
        changed["made"] <= 4 and share < 0.05, "the join and mix are part of the time given",
    )  # fmt: skip


def _kills(bench: Bench) -> Figure:
    env = environment(bench.home)
    command = [
        sys.executable,
        "-m",
        "reelwright",
        "film",
        str(ROOT / "examples" / "last-bus.fountain"),
    ]
    command += ["--json", "--jobs", "2", "--size", "640x360", "--out", str(bench.folder / "out")]
    chance = random.Random(7)
    remade, before, kills = 0, {}, 0
    while kills < 20:
        run = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            run.wait(chance.uniform(0.3, 6.0))  # the first two seconds are the start
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        kills += 1
        after = _products(bench.home)
        remade += sum(after.get(path, 0) != stamp for path, stamp in before.items())
        before = after
    report = bench.film(ROOT / "examples" / "last-bus.fountain", "--size", "640x360")
    broken = _broken(bench.home)
    measured = f"{kills} kills: {remade} finished products made again, {broken} files half-written; then {report['reused']} of {report['shots']} shots were found made"
    return Figure(
        "killed at random 20 times during one film",
        "no finished shot made again, no half-written file",
        measured,
        not remade and not broken,
    )


def _products(home: Path) -> dict[str, float]:
    """Every product's file and when its content was written."""
    cards = home.glob("store/products/*/*.json")
    found = {}
    for card in cards:
        file = card.parent / json.loads(card.read_bytes())["file"]
        found[str(file)] = file.stat().st_ino
    return found


def _broken(home: Path) -> int:
    wrong = 0
    for card in home.glob("store/products/*/*.json"):
        values = json.loads(card.read_bytes())
        wrong += (card.parent / values["file"]).stat().st_size != values["size"]
    return wrong


def start_up() -> Iterator[Figure]:
    """CPU seconds of asking for help, the best of five."""
    best = 9.0
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "reelwright", "--help"], check=True, stdout=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    yield Figure(
        "`reelwright --help`", "under 0.3 s CPU", f"{best:.2f} s (best of five)", best < 0.3
    )
