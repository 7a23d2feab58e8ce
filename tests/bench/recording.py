"""Recording and reporting: a run with its record, its history and every usual form, beside the same run without them.

Both are measured in seconds of the processor, so that a busy machine disturbs neither.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROUNDS = 3
MOST = 1.3
PHASES = ("fat", "sit")

REPORT = """
import sys
from pathlib import Path
from cli.past import of_folder
from reports import forms
from reports.history.store import History

folder = Path(sys.argv[1])
with History(f"sqlite:///{folder / 'history.sqlite'}") as history:
    history.keep(of_folder(folder))
    forms.write(folder)
"""


def told(folder: Path, *more: str) -> float:
    """The seconds that the scenarios of PHASES take."""
    chosen = [f"--ami-phase={phase}" for phase in PHASES]
    quiet = ("-q", "--assert=plain", "-p", "no:cacheprovider", f"--junitxml={folder / 'pytest.xml'}")
    return taken([sys.executable, "-m", "pytest", "features", "--ami-run", str(folder), "--ami-seed=1", *chosen, *quiet, *more])


def taken(command: list[str]) -> float:
    """The seconds of the processor that a command takes, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    ended = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=600, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command[:4])} … ended with exit code {ended.returncode}:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> int:
    """Measure both in turn; 1 where the ratio is above MOST."""
    recorded, bare, reported = [], [], []
    with tempfile.TemporaryDirectory(prefix="metergate-bench-") as folder:
        for number in range(ROUNDS):
            place = Path(folder)
            bare.append(told(place / f"bare-{number}", "-p", "tests.bench._unrecorded"))
            recorded.append(told(place / f"recorded-{number}"))
            reported.append(taken([sys.executable, "-c", REPORT, str(place / f"recorded-{number}")]))
        size = (Path(folder) / "recorded-0" / "record.ndjson").stat().st_size
    without, running, reporting = map(statistics.median, (bare, recorded, reported))
    ratio = (running + reporting) / without
    print(f"without a record {without:.2f} s, with it {running:.2f} s, its reports {reporting:.2f} s; the record has {size / 1e6:.1f} MB")
    print(f"recording and reporting: {ratio:.2f} times a run without them, at most {MOST} asked for")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
