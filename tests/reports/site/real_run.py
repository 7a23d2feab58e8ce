"""A real run to look at: some scenarios of several phases over a wire that loses readings, and the same of the week before, sound."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from reports.run import Run, read
from reports.site.page import site, write
from reports.site.past import PastRun, as_past

HOUSE = Path(__file__).parents[3]
CHOSEN = "@smoke or (@process:billing and @uat)"
FAULT = "hes->mdms=drop-interval"
TIMEOUT_S = 240


@dataclass(frozen=True)
class RealRun:
    """A run whose site stands in `folder`."""

    folder: Path
    run: Run


def make(folder: Path) -> RealRun:
    """Run twice, without and with the fault, and write the site of the second."""
    before = as_past(read(_run(folder / "before", expected=0) / "record.ndjson"))
    told = read(_run(folder / "now", "--fault", FAULT, expected=1) / "record.ndjson")
    write(site(told, past=[_a_week_earlier(before)]), folder)
    return RealRun(folder, told)


def _a_week_earlier(past: PastRun) -> PastRun:
    """The same run, as if it had been last week: a test cannot wait for one."""
    return replace(past, at=past.at - timedelta(days=7))


def _run(runs: Path, *options: str, expected: int) -> Path:
    command = [sys.executable, "-m", "cli", "run", "--no-progress", "--runs", str(runs), "--tags", CHOSEN, *options]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode != expected:
        raise RuntimeError(f"metergate run ended with {done.returncode} instead of {expected}:\n{done.stdout}{done.stderr}")
    return next(path for path in runs.iterdir() if path.is_dir())
