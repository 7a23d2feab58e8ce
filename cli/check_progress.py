"""How far `metergate check` is: a bar on a terminal while the work is long, nothing anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

LONG = 20
"""Files from which on a bar is shown."""


@contextmanager
def progress(console: Console, files: int, *, wanted: bool) -> Iterator[Callable[[int], None]]:
    """Hands out what is to be called with the number of files that were done since the last call."""
    if not wanted or not console.is_terminal or files < LONG:
        yield lambda _: None
        return
    columns = (TextColumn("judging"), BarColumn(bar_width=None), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task("", total=files)
        yield lambda done: bar.advance(task, done)
