"""`metergate compare`: two runs side by side."""

from typing import Annotated

import typer
from typer import Argument

from ami.outcomes import EXIT_CODES
from cli import past
from cli.options import Runs
from cli.places import RUNS
from reports.history.comparison import compare, told
from reports.history.facts import flaky
from reports.history.store import History

EXAMPLES = ("./metergate compare 20260301T120000Z-7 latest",)

Earlier = Annotated[str, Argument(metavar="A", help="The earlier run: its folder, its name in --runs or in the history.")]
Later = Annotated[str, Argument(metavar="B", help="The later run, named alike, or 'latest'.")]


def command(earlier: Earlier, later: Later = "latest", history: past.Address = None, runs: Runs = RUNS) -> int:
    """Say what is newly broken, mended or flaky between two runs, which findings are new or gone, and how figures moved.

    A finding is the same in both where scenario, rule, wire, place and what was expected are.

    Exit code: 0 nothing is worse, 1 a scenario is newly broken or a finding of severity error is new, 2 scenarios that passed
    are no longer carried out or can no longer be decided, 3 error, 64 bad usage.
    """
    with History(past.address_to_read(history, runs)) as kept:
        first, second = past.find(earlier, runs, kept), past.find(later, runs, kept)
        known = flaky([*(each for each in kept.runs() if each.run not in (first.run, second.run)), first, second])
    found = compare(first, second)
    for line in told(found, known):
        typer.echo(line)
    return EXIT_CODES[found.outcome]
