"""`metergate history`: the runs before this one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated

import typer
from typer import Option

from ami.findings import Severity
from ami.outcomes import EXIT_CODES, Outcome
from cli import past
from cli.options import Runs
from cli.places import RUNS
from reports.history.comparison import compare
from reports.history.facts import Facts, flaky
from reports.history.store import MOST, History

EXAMPLES = ("./metergate history", "./metergate history --environment 'acceptance lab' --most 10")

Environment = Annotated[str | None, Option("--environment", metavar="NAME", help="Only runs in the environment of this name.")]
Most = Annotated[int, Option("--most", metavar="N", min=1, help="How many runs, the latest ones.")]

HEADER = ("run", "commit", "outcome", "passed", "broken", "messages", "errors found", "newly broken", "mended")


def command(environment: Environment = None, most: Most = MOST, history: past.Address = None, runs: Runs = RUNS) -> int:
    """List the runs that are kept, the latest last, with what each has newly broken or mended, and which scenarios are flaky.

    Exit code: that of the last run; 2 where none is kept.
    """
    with History(past.address_to_read(history, runs)) as kept:
        told = kept.runs(environment=environment, most=most)
    if not told:
        typer.echo("No run is kept: ./metergate run keeps each.")
        return EXIT_CODES[Outcome.NOT_TESTED]
    for line in lines(told):
        typer.echo(line)
    for scenario, outcomes in flaky(told).items():
        typer.echo(f"flaky: {scenario}: {', '.join(outcomes)}")
    return EXIT_CODES[told[-1].outcome]


def lines(told: Sequence[Facts]) -> Iterator[str]:
    """A line for each run under a header, in columns."""
    changes = [None, *(compare(earlier, later) for earlier, later in pairwise(told))]
    rows = [HEADER]
    for each, change in zip(told, changes, strict=True):
        ends = list(each.outcomes.values())
        broken = sum(outcome in (Outcome.FAILED, Outcome.ERROR) for outcome in ends)
        errors = sum(times for key, times in each.findings.items() if key.severity is Severity.ERROR)
        moved = (str(len(change.broken)), str(len(change.mended))) if change else ("", "")
        passed = f"{ends.count(Outcome.PASSED)} of {len(ends)}"
        rows.append((each.run, each.commit or "", each.outcome, passed, str(broken), f"{each.messages:,}", str(errors), *moved))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
