"""The readings that feed the meters: a file of the user's, or the household that comes with the product."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ami import names
from ami.errors import ConfigurationError
from ami.ports import Json
from harness.landscape import Landscape
from simulators.profiles import Profile, readings_csv
from simulators.profiles.readings_csv import ReadingsFile

SAMPLE = "half_hourly_household.csv"


@dataclass(frozen=True, slots=True)
class Feed:
    """What the meters are fed with: the names of the profiles, and the interval that they were read at, in minutes."""

    profiles: tuple[str, ...]
    interval_minutes: int


def read(path: Path | None) -> ReadingsFile:
    """The readings in a file, or in the sample. Raises ConfigurationError with one line where there are none."""
    if path is None:
        return readings_csv.parse((files("simulators.profiles") / SAMPLE).read_text("utf-8").splitlines(), "household")
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return readings_csv.parse(lines, path.stem)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); name a CSV file of readings") from None
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error}") from None


def feed(landscape: Landscape, path: Path | None) -> tuple[Feed, ReadingsFile]:
    """Give the meters of the landscape their readings; a head-end that runs elsewhere has meters of its own."""
    readings = read(path)
    if landscape.is_controlled(names.HES, "load_profiles"):
        landscape.control(names.HES, "load_profiles", profiles=[_sent(profile) for profile in readings.profiles])
    return Feed(tuple(profile.name for profile in readings.profiles), readings.profiles[0].interval_minutes), readings


def _sent(profile: Profile) -> Json:
    return {
        "name": profile.name,
        "interval_minutes": profile.interval_minutes,
        "first_start": profile.first_start.isoformat(),
        "wh": list(profile.wh),
    }
