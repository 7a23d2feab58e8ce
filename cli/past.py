"""Where the history of runs is, for the commands that look back."""

import os
from pathlib import Path
from typing import Annotated, Final

from typer import Option

from ami.errors import ConfigurationError
from cli import run_folder
from reports import integrity
from reports.history.facts import Facts, facts
from reports.history.store import History
from reports.run import read
from reports.verdict import verdict

VARIABLE: Final = "METERGATE_HISTORY"

Address = Annotated[
    str | None,
    Option(
        "--history",
        metavar="URL",
        help=f"sqlite:///FILE or postgresql://…; else {VARIABLE}, else history.sqlite in --runs.",
        show_default=False,
    ),
]


def address(given: str | None, runs: Path) -> str:
    """Where the history is: as the user says, as the environment says, or beside the runs."""
    return given or os.environ.get(VARIABLE) or f"sqlite:///{_beside(runs)}"


def address_to_read(given: str | None, runs: Path) -> str:
    """The same for who only looks back: where nothing was ever kept, an empty history that leaves no file."""
    return given or os.environ.get(VARIABLE) or f"sqlite:///{_beside(runs) if _beside(runs).exists() else ':memory:'}"


def _beside(runs: Path) -> Path:
    return (runs / "history.sqlite").resolve()


def of_folder(folder: Path) -> Facts:
    """What there is to look back on in the folder of a run."""
    told = read(folder / run_folder.RECORD)
    xml = folder / run_folder.PYTEST_XML
    return facts(told, verdict(told, integrity.complaints(told, xml if xml.is_file() else None)).outcome)


def find(named: str, runs: Path, history: History) -> Facts:
    """The run that the user named: a folder, a name in `runs`, `latest`, or a name in the history. Raises ConfigurationError."""
    try:
        return of_folder(run_folder.find(named, runs))
    except ConfigurationError:
        kept = history.run(named)
        if kept is None:
            raise
        return kept
