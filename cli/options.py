"""The options that more than one command has, and the many of `run`."""

from pathlib import Path
from typing import Annotated

from typer import Option

from harness.options import PHASES

Env = Annotated[Path | None, Option("--env", metavar="FILE", help="Environment file (TOML): which systems there are, and where.")]
Phases = Annotated[list[str] | None, Option("--phase", metavar="PHASE", help=f"Only this phase, once or more: {', '.join(PHASES)}.")]
Tags = Annotated[str, Option("--tags", metavar="EXPRESSION", help="Only scenarios whose tags fit: '@process:billing and @risk:high'.")]
ScenarioText = Annotated[str, Option("--scenario", metavar="TEXT", help="Only scenarios with this text in their name or id.")]
Seed = Annotated[
    int | None, Option("--seed", metavar="N", help="What ids and made-up data derive from: the same again, the same messages.")
]
Readings = Annotated[Path | None, Option("--readings", metavar="FILE", help="CSV of readings that feed the meters, instead of the sample.")]
Runs = Annotated[Path, Option("--runs", metavar="DIR", help="Folder for the records of runs, if not runs/.", show_default=False)]
Faults = Annotated[list[str] | None, Option("--fault", metavar="WIRE=FAULT", help="Let a wire misbehave, once or more.")]
Jobs = Annotated[int, Option("--jobs", "-n", metavar="N", help="Tell scenarios in so many processes side by side.")]
Attended = Annotated[bool, Option("--attended", help="Ask in this terminal for what only a person can do to a real system.")]
AttendedLimit = Annotated[float, Option("--attended-limit", metavar="SECONDS", min=1, help="How long a person is given for each of it.")]
ShowProgress = Annotated[bool, Option("--progress/--no-progress", help="Show how the run stands while it works.")]
