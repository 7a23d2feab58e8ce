"""Rules that the run's profile weighs otherwise than the catalogue: what did not fail because somebody decided so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.lines import Overridden
from reports.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Override:
    """One rule and its weight by the profile. fired: how many findings that was about, in all scenarios."""

    rule: str
    severity: str
    owner: str
    reason: str
    expires: date
    fired: int

    @property
    def text(self) -> str:
        """The whole of it in a sentence."""
        weighed = "was not asked" if self.severity == "off" else f"counted as {self.severity}"
        findings = f"{self.fired} finding{'' if self.fired == 1 else 's'}"
        return f"Rule {self.rule} {weighed} by decision of {self.owner} until {self.expires} ({findings}): {self.reason}"


def overrides(scenarios: Iterable[Scenario]) -> list[Override]:
    """Every override that changed anything, by rule."""
    of_rule: dict[tuple[str, str], list[Overridden]] = {}
    for scenario in scenarios:
        for line in scenario.overrides:
            of_rule.setdefault((line.rule, line.severity), []).append(line)
    return [_together(told) for _, told in sorted(of_rule.items())]


def _together(told: Sequence[Overridden]) -> Override:
    first = told[0]
    return Override(first.rule, first.severity, first.owner, first.reason, first.expires, sum(each.fired for each in told))
