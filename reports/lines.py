"""The lines of a record, one value per type: what a run wrote down while it happened."""

from base64 import b64decode
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, ConfigDict, Field, NonNegativeInt, PositiveInt, TypeAdapter

from ami.findings import Severity
from ami.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Line:
    """What every line has: its number in the file, from 1, the real moment it was written, and the seal of all up to it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    number: PositiveInt
    at: AwareDatetime
    seal: str | None = field(default=None, kw_only=True)


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
class ScenarioLine(Line):
    """A line that belongs to the scenario that it names."""

    scenario: str


@dataclass(frozen=True, slots=True)
class ScenarioStarted(ScenarioLine):
    """The moment on the landscape's clock when a scenario began."""

    type: Literal["scenario_started"]
    virtual_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class StepFinished(ScenarioLine):
    """One sentence of a scenario and what became of it. table: the rows that stand under it, the header first."""

    type: Literal["step_finished"]
    keyword: str
    text: str
    line: NonNegativeInt
    outcome: Literal["passed", "failed", "skipped", "undefined"]
    seconds: float
    error: str | None
    table: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Message(ScenarioLine):
    """What crossed a wire. A request and its reply share `exchange`; names that could not be read are None.

    status: of the reply in HTTP; 0 or None for a request.
    """

    type: Literal["message"]
    message: PositiveInt
    exchange: PositiveInt
    wire: str
    leg: Literal["request", "reply"]
    sender: str
    virtual_at: AwareDatetime
    status: int | None
    verb: str | None
    noun: str | None
    message_id: str | None
    correlation_id: str | None
    soap_action: str | None
    body: str | None = None
    body_base64: str | None = None

    def __post_init__(self) -> None:
        """Refuse a message with two bodies, with none, or with one that is not base64."""
        if (self.body is None) == (self.body_base64 is None):
            raise ValueError("a message has either body or body_base64")
        b64decode(self.body_base64 or "", validate=True)

    @property
    def content(self) -> bytes:
        """The bytes that crossed the wire."""
        return self.body.encode() if self.body is not None else b64decode(self.body_base64 or "")

    @property
    def title(self) -> str:
        """Verb and noun, as far as they could be read."""
        return " ".join(filter(None, (self.verb, self.noun))) or "unreadable"


@dataclass(frozen=True, slots=True)
class Overridden(ScenarioLine):
    """A rule whose severity the run's profile changed, and how many findings of the scenario that was about."""

    type: Literal["override"]
    rule: str
    severity: Literal["error", "warning", "remark", "off"]
    owner: str
    reason: str
    expires: date
    fired: PositiveInt


@dataclass(frozen=True, slots=True)
class RecordedFinding(ScenarioLine):
    """A breach that the judge found, in a message or (message=None) in a conversation."""

    type: Literal["finding"]
    message: PositiveInt | None
    wire: str
    sender: str
    rule: str
    severity: Severity
    path: str
    line: NonNegativeInt
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class DifferingInterval:
    """One interval where what was found is not what was measured. found_wh: None where nothing was found."""

    end: AwareDatetime
    measured_wh: int | None
    found_wh: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Truth(ScenarioLine):
    """What one meter measured against what one station on the way to the bill holds. what: intervals, or registers at a moment."""

    type: Literal["truth"]
    meter: str
    stage: Literal["head_end", "wire", "mdms", "bill"]
    wire: str | None
    compared_wh: int
    lost_wh: int
    duplicated_wh: int
    shifted_wh: int
    altered_wh: int
    estimated_wh: int
    excused_wh: int
    intervals: tuple[DifferingInterval, ...]
    ok: bool
    text: str
    what: Literal["intervals", "registers"] = "intervals"


@dataclass(frozen=True, slots=True)
class MeasuredCurve(ScenarioLine):
    """What one meter measured of energy taken, interval by interval. first_end: when the first of `wh` ended."""

    type: Literal["measured"]
    meter: str
    first_end: AwareDatetime
    minutes: PositiveInt
    wh: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayRead(ScenarioLine):
    """How the readings of one day reached the MDMS, all simulated meters of a scenario together.

    A scenario that told the head-end or a meter to misbehave has none. due: the intervals that the head-end had to deliver.
    in_day, in_three_days: those that came within 24 and 72 hours of the end of their day; the ones that had not come when the
    story ended, before that time was up, are open. compared: those that came as measured values; accurate: unaltered.
    """

    type: Literal["day_read"]
    day: date
    meters: NonNegativeInt
    due: NonNegativeInt
    in_day: NonNegativeInt
    open_in_day: NonNegativeInt
    in_three_days: NonNegativeInt
    open_in_three_days: NonNegativeInt
    compared: NonNegativeInt
    accurate: NonNegativeInt


@dataclass(frozen=True, slots=True)
class Attended(ScenarioLine):
    """What a person was asked to do to a real system, who answered and when.

    by: empty for nobody. refusal: why it was not done.
    """

    type: Literal["attended"]
    system: str
    command: str
    text: str
    by: str
    asked_at: AwareDatetime
    answered_at: AwareDatetime
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Figure(ScenarioLine):
    """A figure that a scenario measured, such as a latency or a rate. unit: as in ms, %, 1/s; limit: what was asked of it, in words."""

    type: Literal["figure"]
    name: str
    value: float
    unit: str
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose fault it was, and what shows it."""

    party: Literal["system under test", "environment", "configuration", "harness"]
    system: str | None
    wire: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class ScenarioFinished(ScenarioLine):
    """What a scenario came to."""

    type: Literal["scenario_finished"]
    outcome: Outcome
    reason: str | None
    attribution: Attribution | None
    seconds: float
    messages: NonNegativeInt
    findings: dict[Severity, NonNegativeInt]
    steps: NonNegativeInt | None = None


@dataclass(frozen=True, slots=True)
class RunFinished(Line):
    """The last line. counted: how many tests of each outcome pytest counted itself."""

    type: Literal["run_finished"]
    interrupted: bool
    exit_code: int
    counted: dict[str, NonNegativeInt]


AnyLine = (
    RunStarted
    | ReadingsRead
    | ScenarioCollected
    | FeatureRead
    | CollectionFinished
    | ScenarioStarted
    | StepFinished
    | Message
    | RecordedFinding
    | Overridden
    | Truth
    | MeasuredCurve
    | DayRead
    | Figure
    | Attended
    | ScenarioFinished
    | RunFinished
)

LINE: TypeAdapter[AnyLine] = TypeAdapter(Annotated[AnyLine, Field(discriminator="type")])
"""Makes a value of one line's JSON. Raises pydantic.ValidationError."""


def schema() -> dict[str, object]:
    """The JSON schema of a line, as docs/record.schema.json publishes it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of a record of MeterGate", **LINE.json_schema()}
