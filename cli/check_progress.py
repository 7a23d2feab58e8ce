"""How far `metergate check` is: a bar on a terminal while the work is long, nothing anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

LONG = 20
"""Files from which on a bar is shown."""

REFRESHED_EVERY = 50
"""Files after which the bar moves on."""


@contextmanager
def progress(console: Console, files: int, *, wanted: bool) -> Iterator[Callable[[int], None]]:
    """Hands out what is to be called with the number of files that were done since the last call."""
    if not wanted or not console.is_terminal or files < LONG:
        yield lambda _: None
        return
    columns = (TextColumn("judging"), BarColumn(bar_width=None), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    # Without a thread of its own: the processes that judge are forked while the bar is shown.
    with Progress(*columns, console=console, transient=True, expand=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=files)

        def advance(done: int) -> None:
            bar.advance(task, done)
            if bar.tasks[0].completed % REFRESHED_EVERY < done:
                bar.refresh()

        yield advance
