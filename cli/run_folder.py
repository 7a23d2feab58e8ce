"""The folder of one run, under a name that sorts by time and tells the seed."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from ami.errors import ConfigurationError

RECORD = "record.ndjson"
PYTEST_LOG = "pytest.log"
PYTEST_XML = "pytest.xml"


def make(runs: Path, seed: int) -> Path:
    """A new, empty folder in `runs`. Raises ConfigurationError where none can be made."""
    stem = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{seed}"
    for number in count(1):
        folder = runs / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if runs.is_dir():
                continue  # another run of this second has that name
            raise ConfigurationError(f"{runs} is no folder: name one with --runs") from None
        except OSError as error:
            raise ConfigurationError(f"{runs}: no run can be recorded there ({error.strerror}): name a folder with --runs") from None
        return folder
    raise AssertionError("numbers do not end")


def find(named: str, runs: Path) -> Path:
    """The folder of the run that the user named: a path, a name in `runs`, or `latest`. Raises ConfigurationError."""
    if named == "latest":
        recorded = sorted(path.parent for path in runs.glob(f"*/{RECORD}"))
        if not recorded:
            raise ConfigurationError(f"there is no run in {runs} yet: make one with ./metergate run")
        return recorded[-1]
    for folder in (Path(named), runs / named):
        if (folder / RECORD).is_file():
            return folder
    raise ConfigurationError(f"{named} is no run: there is no {RECORD} in it")
