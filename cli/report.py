"""`metergate report`: the report of an earlier run, built again from its record."""

from typing import Annotated

from rich.console import Console
from typer import Argument, Option

from cli import past, run_folder, summary
from cli.options import Runs
from cli.places import RUNS, shown
from cli.run_folder import PYTEST_XML, RECORD
from reports import forms, integrity
from reports.history.store import History
from reports.run import read
from reports.verdict import verdict

EXAMPLES = ("./metergate report latest", "./metergate report 20260301T120000Z-7 --form junit")

Named = Annotated[str, Argument(metavar="RUN", help="Folder of the run, its name in --runs, or 'latest'.")]
Forms = Annotated[list[str] | None, Option("--form", metavar="FORM", help=f"Only this form, once or more: {', '.join(forms.ALL)}.")]


def command(run: Named = "latest", form: Forms = None, history: past.Address = None, runs: Runs = RUNS) -> int:
    """Build the report of an earlier run again from its record, and say what the run came to."""
    folder = run_folder.find(run, runs)
    told = read(folder / RECORD)
    with History(past.address_to_read(history, folder.parent)) as kept:
        earlier = [each.as_past() for each in kept.runs(environment=told.started.name, before=told.started.at)]
    written = forms.write(folder, form or forms.USUAL, past=earlier)
    xml = folder / PYTEST_XML
    came_to = verdict(told, integrity.complaints(told, xml if xml.is_file() else None))
    console = Console()
    summary.show(console, told, came_to)
    for path in written:
        console.print(f"Report: {shown(path.resolve())}", highlight=False, soft_wrap=True)
    return came_to.exit_code
