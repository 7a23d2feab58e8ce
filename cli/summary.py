"""What a run came to, on the screen: a table per phase, who is to blame for what failed, and where the report is."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ami.findings import Severity
from ami.outcomes import Outcome
from cli.progress import COLOURS
from reports.blame import who
from reports.run import Run
from reports.scenario import Scenario
from reports.verdict import Summary, Verdict

COLUMNS = (Outcome.PASSED, Outcome.FAILED, Outcome.INCONCLUSIVE, Outcome.NOT_TESTED, Outcome.ERROR)
MOST = 20
"""How many scenarios are named one by one; the report has all of them."""


def show(console: Console, run: Run, verdict: Verdict) -> None:
    """Print the whole summary."""
    console.print(table(verdict))
    broken = [scenario for scenario in run.scenarios if scenario.outcome in (Outcome.FAILED, Outcome.ERROR, Outcome.INCONCLUSIVE)]
    for scenario in broken[:MOST]:
        for line in accusation(scenario):
            console.print(line, highlight=False, soft_wrap=True)
    if len(broken) > MOST:
        console.print(f"and {len(broken) - MOST} more, in the report")
    untested: dict[str, int] = {}
    for scenario in run.scenarios:
        if scenario.outcome is Outcome.NOT_TESTED:
            untested[scenario.reason or "no reason"] = untested.get(scenario.reason or "no reason", 0) + 1
    for reason, number in untested.items():
        console.print(Text("not tested", style=COLOURS[Outcome.NOT_TESTED]).append(f"  {number}: {reason}", "default"), soft_wrap=True)
    for complaint in verdict.complaints:
        console.print(Text("error", style=COLOURS[Outcome.ERROR]).append(f"  {complaint}", "default"), highlight=False, soft_wrap=True)
    console.print(Text(verdict.headline, style=f"bold {COLOURS[verdict.outcome]}"), soft_wrap=True)


def table(verdict: Verdict) -> Table:
    """A row per phase and one for all."""
    made = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    made.add_column("phase", no_wrap=True)
    for outcome in COLUMNS:
        made.add_column(outcome.value.replace(" ", "\n"), justify="right", no_wrap=True)
    made.add_column("messages", justify="right", no_wrap=True)
    made.add_column("findings")
    for phase in verdict.phases:
        made.add_row(phase.title, *_figures(phase))
    made.add_section()
    made.add_row("all", *_figures(verdict.total), style="bold")
    return made


def _figures(summary: Summary) -> Sequence[Text]:
    outcomes = [_figure(summary.outcomes.get(outcome, 0), COLOURS[outcome]) for outcome in COLUMNS]
    findings = [
        Text(f"{number:,} {severity}{'' if number == 1 else 's'}", "red" if severity is Severity.ERROR else "")
        for severity, number in summary.findings.items()
        if number
    ]
    return [*outcomes, Text(f"{summary.messages:,}"), Text(", ").join(findings)]


def _figure(number: int, colour: str) -> Text:
    return Text(f"{number:,}", style=colour) if number else Text("-", style="dim")


def accusation(scenario: Scenario) -> list[Text]:
    """Which scenario it was, and in a second line whose fault it is and why."""
    named = Text(scenario.outcome.value, style=COLOURS[scenario.outcome]).append(f"  {scenario.collected.scenario}", "default")
    attribution = scenario.finished.attribution if scenario.finished is not None else None
    reason = (scenario.reason or "").strip().split("\n")[0]
    if attribution is None:
        return [named, Text(f"    {reason}")] if reason else [named]
    blame = f"    {who(attribution)}: {reason}" if reason else f"    {who(attribution)}"
    return [named, Text(blame)]
