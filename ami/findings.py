"""A finding: what a message on the wire should have been and was not. A value, collected, never raised."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: an error fails the scenario, a warning and a remark do not."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"


class Where(NamedTuple):
    """A place in a message: the path from the root by local names, and the line, counted from 1 (0: the whole message)."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path} (line {self.line})" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule; its text is the whole line of a report."""

    rule_id: str
    severity: Severity
    where: Where
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule_id} {self.where}: expected {self.expected}; found {self.found}"
