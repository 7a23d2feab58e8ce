"""The policy of a gate, a file in TOML: what a run has to show, and what is waived, by whom, why and until when."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ami import toml_file
from ami.errors import ConfigurationError

Share = Annotated[float, Field(ge=0, le=1)]
Number = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A table of the file; a setting that there is not is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Phase(Part):
    """What a phase has to come to. passed: the least share of its scenarios; executed: the fewest that were carried out."""

    passed: Share = 1.0
    executed: Number = 1
    may_be_inconclusive: bool = False


class Acceptance(Part):
    """The acceptance figures that are asked for, as shares of 1; the figures of public contracts where none is named."""

    reads_daily: Share = 0.980
    reads_in_three_days: Share = 0.985
    accuracy: Share = 0.999
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95


class Performance(Part):
    """The longest that the slowest 5 % of scenarios may begin at, the whole run may take, and limits of figures by name."""

    scenario_p95_s: Annotated[float, Field(gt=0)] | None = None
    run_s: Annotated[float, Field(gt=0)] | None = None
    at_most: dict[str, float] = Field(default_factory=dict)
    at_least: dict[str, float] = Field(default_factory=dict)


class Coverage(Part):
    """Requirements that scenarios have to cover by `@covers:ID`, and to have shown: in a scenario that was decided."""

    requirements: tuple[Text, ...] = ()
    least: Share = 1.0


class Waiver(Part):
    """What is let through. rule: of the gate, or an id of a scenario or of a finding's rule; owner: who answers for it."""

    waives: Text
    owner: Text
    reason: Text
    expires: date


class Policy(Part):
    """The whole file. phases: by name. findings: how many of each severity are let through. scenarios: the fewest executed.

    new_findings: how many that the baseline does not have.
    """

    phases: dict[str, Phase] = Field(default_factory=dict)
    findings: dict[Literal["error", "warning", "remark"], Number] = Field(default_factory=dict)
    new_findings: dict[Literal["error", "warning", "remark"], Number] = Field(default_factory=dict)
    new_failures: Number | None = None
    scenarios: Number = 1
    acceptance: Acceptance | None = None
    performance: Performance | None = None
    coverage: Coverage | None = None
    waivers: tuple[Waiver, ...] = ()

    @property
    def needs_baseline(self) -> bool:
        """Whether a rule compares with an earlier run."""
        return bool(self.new_findings) or self.new_failures is not None


def load(path: Path) -> Policy:
    """The policy in a file. Raises ConfigurationError with one line that says what to mend."""
    table = toml_file.read(path, "a policy")
    try:
        return Policy.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part != "[key]") or "the file"
        said = "is no setting that there is" if first["type"] == "extra_forbidden" else first["msg"]
        raise ConfigurationError(f"{path}: {place}: {said}") from None
