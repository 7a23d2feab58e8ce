"""`metergate gate`: whether a run is good enough to go on, by a policy."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from rich.console import Console
from rich.text import Text
from typer import Argument, Option

from ami.outcomes import EXIT_CODES, Outcome, overall
from cli import past, run_folder
from cli.options import Runs
from cli.places import RUNS
from cli.progress import COLOURS
from reports import integrity
from reports.gate import policy as policies
from reports.gate.policy import Policy
from reports.gate.rules import answers
from reports.gate.waivers import waived
from reports.history.facts import Facts
from reports.history.store import History
from reports.run import Run, read

EXAMPLES = ("./metergate gate latest --policy gate.toml", "./metergate gate latest --policy gate.toml --baseline 20260301T120000Z-7")

Named = Annotated[str, Argument(metavar="RUN", help="Folder of the run, its name in --runs, or 'latest'.")]
PolicyFile = Annotated[Path, Option("--policy", metavar="FILE", help="What the run has to show (TOML).")]
Baseline = Annotated[
    str | None, Option("--baseline", metavar="RUN", help="The run that news are news beside; else the one before in the history.")
]


def command(policy: PolicyFile, run: Named = "latest", baseline: Baseline = None, history: past.Address = None, runs: Runs = RUNS) -> int:
    """Hold a run against a policy: each rule says passed, failed, inconclusive or error, with its figure.

    Waivers are in force until the end of the day (UTC) on which they expire; one that has expired or that nothing needs fails.

    Exit code: 0 every rule passed, 1 one failed, 2 one is inconclusive, 3 error or a record that is not whole, 64 bad usage.
    """
    asked = policies.load(policy)
    folder = run_folder.find(run, runs)
    told = read(folder / run_folder.RECORD)
    xml = folder / run_folder.PYTEST_XML
    complaints = integrity.complaints(told, xml if xml.is_file() else None)
    with_baseline = _baseline(told, asked, baseline, past.address_to_read(history, runs), runs)
    found = waived(answers(told, asked, complaints, with_baseline), asked.waivers, datetime.now(UTC).date())
    console = Console()
    width = max(len(answer.rule) for answer in found)
    for answer in found:
        line = Text(f"{answer.outcome:<12}", COLOURS[answer.outcome]).append(f"  {answer.rule:<{width}}  {answer.figure}", "default")
        console.print(line, highlight=False, soft_wrap=True)
    came_to = overall(answer.outcome for answer in found)
    counted = ", ".join(f"{number} {outcome}" for outcome in Outcome if (number := sum(each.outcome is outcome for each in found)))
    console.print(Text(f"gate: {came_to} ({counted})", f"bold {COLOURS[came_to]}"), soft_wrap=True)
    return EXIT_CODES[came_to]


def _baseline(told: Run, asked: Policy, named: str | None, address: str, runs: Path) -> Facts | None:
    """The run to compare with: the one that is named, or the last in the history before this one."""
    if not asked.needs_baseline:
        return None
    with History(address) as kept:
        if named is not None:
            return past.find(named, runs, kept)
        return next(iter(kept.runs(environment=told.started.name, most=1, before=told.started.at)), None)
