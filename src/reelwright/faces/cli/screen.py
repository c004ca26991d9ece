"""What a person sees while work goes on: a bar a stage on standard error, warnings above it."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class _Speed(ProgressColumn):
    """Steps a second, or seconds a step when it is slow."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each", style="dim")


class Screen:
    """Shows progress in a terminal; in a pipe only warnings are written. A context manager."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr)
        self._bars = Progress(
            TextColumn("[bold]{task.description:<10}"),
            BarColumn(bar_width=28),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            _Speed(),
            TimeRemainingColumn(compact=True),
            TextColumn("[dim]{task.fields[note]}"),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def begin(self, stage: str, total: float) -> None:
        """A new bar, or the old one of that name from the start."""
        if stage in self._tasks:
            self._bars.reset(self._tasks[stage], total=total, note="")
        else:
            self._tasks[stage] = self._bars.add_task(stage, total=total, note="")

    def advance(self, stage: str, by: float = 1.0, note: str = "") -> None:
        """The bar goes on."""
        self._bars.update(self._tasks[stage], advance=by, note=note)

    def warn(self, message: str) -> None:
        """One line that stays."""
        self._console.print(
            f"warning: {message}", style="yellow", markup=False, highlight=False, soft_wrap=True
        )
