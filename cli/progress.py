"""What the user sees while a run works: one living line on a terminal, plain lines anywhere else."""

import time
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from ami.outcomes import Outcome
from cli.standing import Ended, Standing

COLOURS = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "red",
    Outcome.INCONCLUSIVE: "yellow",
    Outcome.NOT_TESTED: "cyan",
    Outcome.ERROR: "magenta",
}
STOPPING = "stopping: the run writes its last lines (Ctrl-C again: at once)"


class Display(Protocol):
    """Something that shows how a run stands; entered when it begins, left when it ends."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None: ...

    def show(self, standing: Standing) -> None:
        """Show the latest figures."""

    def ended(self, ended: Ended) -> None:
        """Tell of a scenario that ended."""

    def stopping(self) -> None:
        """Tell that Ctrl-C was heard."""


def display(console: Console, *, wanted: bool) -> Display:
    """The display that suits where `console` writes to."""
    if not wanted:
        return Silence()
    return LivingLine(console) if console.is_terminal else PlainLines(console)


def told(ended: Ended) -> Text:
    """A scenario that did not pass, in one line."""
    line = Text(ended.outcome, style=COLOURS.get(Outcome(ended.outcome), "")).append(f"  {ended.scenario}", style="default")
    return line.append(f": {ended.reason.splitlines()[0]}", style="default") if ended.reason.strip() else line


class Silence:
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, standing: Standing) -> None:
        """Nothing."""

    def ended(self, ended: Ended) -> None:
        """Nothing."""

    def stopping(self) -> None:
        """Nothing."""


class PlainLines:
    """A line per phase, and one per scenario that did not pass."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._phase = ""
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._console.print("collecting scenarios")
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, standing: Standing) -> None:
        """Say so when a phase begins."""
        if standing.phase != self._phase:
            self._phase = standing.phase
            elapsed = time.monotonic() - self._began
            scenarios = f"{standing.done} of {standing.total or '?'} scenarios done, {standing.broken} failed"
            line = f"{self._phase}: {scenarios}, {standing.messages} messages judged, {elapsed:.0f} s"
            self._console.print(line, highlight=False, soft_wrap=True)

    def ended(self, ended: Ended) -> None:
        """Say so when a scenario did not pass."""
        if ended.outcome != Outcome.PASSED:
            self._console.print(told(ended), highlight=False, soft_wrap=True)

    def stopping(self) -> None:
        """Say that it takes a moment."""
        self._console.print(STOPPING, highlight=False, soft_wrap=True)


class LivingLine:
    """A bar with figures, and under it the scenario at work; scenarios that did not pass scroll by above."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("[bold]{task.fields[phase]}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[figures]}"),
            TimeElapsedColumn(),
            console=console,
            expand=True,
        )
        self._task = self._bar.add_task("", total=None, phase="collecting", figures="")
        self._scenario = Text("", style="dim", overflow="ellipsis", no_wrap=True)
        self._live = Live(Group(self._bar, self._scenario), console=console, transient=True, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        self._live.__exit__(kind, error, trace)

    def show(self, standing: Standing) -> None:
        """Move the bar."""
        failed = f", [red]{standing.broken} failed[/]" if standing.broken else ""
        self._bar.update(
            self._task,
            total=standing.total,
            completed=standing.done,
            phase=standing.phase or "collecting",
            figures=f"{standing.messages} messages judged{failed}",
        )
        self._scenario.plain = f"  {standing.scenario}"

    def ended(self, ended: Ended) -> None:
        """Let a scenario that did not pass scroll by."""
        if ended.outcome != Outcome.PASSED:
            self._live.console.print(told(ended), highlight=False, soft_wrap=True)

    def stopping(self) -> None:
        """Say that it takes a moment."""
        self._live.console.print(STOPPING, highlight=False, soft_wrap=True)
