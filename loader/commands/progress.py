"""What a command tells on standard error, as it stands: no markup, no line breaks of its own."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


def tell(line: str) -> None:
    """One line."""
    Console(stderr=True).print(line, highlight=False, markup=False, soft_wrap=True)


class Bars(Progress):
    """A bar for each thing that is done, on a terminal only."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        super().__init__(*columns, console=console, disable=not console.is_terminal)

    def told(self, what: str, done: int, total: int) -> None:
        """Moves the bar of `what`, or begins it there: what was done before does not count for the rate."""
        for task in self.tasks:
            if task.description == what:
                self.update(task.id, completed=done)
                return
        self.add_task(what, total=total, completed=done)


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s")
