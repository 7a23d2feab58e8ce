"""The lines of a record that concern the run as a whole: what was run, against whom, what was collected, and its end."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from reports.lines.line import Line


@dataclass(frozen=True, slots=True)
class System:
    """Who played one part of the landscape: a stand-in, or the real system at `address`."""

    address: str | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class RunStarted(Line):
    """The first line: what was run, with what, and against whom.

    sealed: how the lines are sealed. masked: what was masked before it was written, by kind of value: mask, hash or keep.
    jobs: how many processes told scenarios side by side. schemas: those of a folder that took the place of ours, each with its file.
    """

    type: Literal["run_started"]
    run: str
    product: str
    version: str
    seed: str | int
    dialect: str
    clock: str
    environment: dict[str, System]
    versions: dict[str, str]
    commit: str | None
    arguments: tuple[str, ...]
    name: str | None = None
    platform: str | None = None
    sealed: Literal["plain", "keyed"] | None = None
    masked: dict[str, str] = field(default_factory=dict)
    jobs: PositiveInt = 1
    schemas: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingsRead(Line):
    """The file of readings that fed the meters: how many of its rows could be used, and a remark on each that could not."""

    type: Literal["readings_read"]
    file: str
    profiles: tuple[str, ...]
    rows: NonNegativeInt
    kept: NonNegativeInt
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioCollected(Line):
    """A scenario that the run set out to execute. row: the values of its outline row; description: of its feature."""

    type: Literal["scenario_collected"]
    scenario: str
    phase: str
    feature: str
    feature_file: str
    line: NonNegativeInt
    rule: str | None
    name: str
    tags: tuple[str, ...]
    row: dict[str, str] | None
    description: str


@dataclass(frozen=True, slots=True)
class FeatureRead(Line):
    """A feature file as it was when the run read it."""

    type: Literal["feature_read"]
    feature_file: str
    text: str


@dataclass(frozen=True, slots=True)
class CollectionFinished(Line):
    """How many scenarios the run set out to execute."""

    type: Literal["collection_finished"]
    scenarios: NonNegativeInt


@dataclass(frozen=True, slots=True)
class RunFinished(Line):
    """The last line. counted: how many tests of each outcome pytest counted itself."""

    type: Literal["run_finished"]
    interrupted: bool
    exit_code: int
    counted: dict[str, NonNegativeInt]
