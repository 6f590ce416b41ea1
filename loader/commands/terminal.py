"""What a command prints on standard error: messages as they are, without markup or line breaks, and bars."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


def standard_error() -> Console:
    """Return the console of standard error."""
    return Console(stderr=True)


def print_message(line: str, style: str = "") -> None:
    """Print one line."""
    Console(stderr=True).print(line, style=style, highlight=False, markup=False, soft_wrap=True)


class Bars(Progress):
    """Shows a bar for each task, on a terminal only."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        super().__init__(*columns, console=console, disable=not console.is_terminal)

    def advance_to(self, name: str, done: int, total: int) -> None:
        """Move the bar of a task, or begin it at `done`: what was done before does not count for the rate."""
        for task in self.tasks:
            if task.description == name:
                self.update(task.id, completed=done)
                return
        self.add_task(name, total=total, completed=done)


class _Rate(ProgressColumn):
    """Shows how many steps a second are done."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s")
