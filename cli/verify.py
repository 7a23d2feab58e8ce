"""`metergate verify`: whether the record of a run still is what the run wrote."""

from typing import Annotated

import typer
from typer import Argument, Option

from ami.outcomes import EXIT_CODES
from cli import run_folder
from cli.options import Runs
from cli.places import RUNS, shown
from cli.run_folder import RECORD
from harness import seal
from reports import sealing

EXAMPLES = ("./metergate verify latest", "METERGATE_SEAL_KEY=… ./metergate verify runs/20260301T120000Z-7")

Named = Annotated[str, Argument(metavar="RUN", help="Folder of the run, its name in --runs, or 'latest'.")]
Noted = Annotated[str | None, Option("--seal", metavar="HEX", help="The last seal as the run told it: it then has to be the same.")]


def command(run: Named = "latest", noted: Noted = None, runs: Runs = RUNS) -> int:
    """Say whether a record is whole and unchanged, and if not, at which line that shows.

    Exit code: 0 it is, 1 a line was edited, cut, inserted or moved, 2 it cannot be told: the record has no end, for the run
    died or its end was cut off, or it is sealed with a key that is not set, 3 there is no readable record, 64 bad usage.
    """
    record = run_folder.find(run, runs) / RECORD
    found = sealing.verify(record, seal.key(), noted)
    typer.echo(f"{shown(record.resolve())}: {found.outcome}: {found.said}")
    if found.seal:
        typer.echo(f"seal of line {found.lines}: {found.seal}")
    return EXIT_CODES[found.outcome]
