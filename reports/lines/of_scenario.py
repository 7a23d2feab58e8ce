"""The lines of a record that tell of one scenario: its steps, what crossed the wires, what was found in it, and its end."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.lines.line import ScenarioLine


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

    status: of the reply in HTTP; 0 or None for a request. not_judged: which layers of it the judge did not reach, and why.
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
    not_judged: str | None = None

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
class RecordedFinding(ScenarioLine):
    """A breach that the judge found, in a message or (message=None) in a conversation.

    owed_by: who owes the answer that is missing; None where the message itself is at fault.
    """

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
    owed_by: str | None = None

    @property
    def party(self) -> str:
        """Who has to mend it."""
        return self.owed_by or self.sender


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
