"""What every line of a record has, and every line of a scenario."""

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import AwareDatetime, ConfigDict, PositiveInt


@dataclass(frozen=True, slots=True)
class Line:
    """What every line has: its number in the file, from 1, the real moment it was written, and the seal of all up to it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    number: PositiveInt
    at: AwareDatetime
    seal: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class ScenarioLine(Line):
    """A line that belongs to the scenario that it names."""

    scenario: str
