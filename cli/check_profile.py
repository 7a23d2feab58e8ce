"""The profile of a `check`: severities changed, and what is told of that."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from typer import Option

from conformance import profile
from conformance.checking import Checked, Located
from conformance.profile import Profile

ProfileFile = Annotated[
    Path | None,
    Option("--profile", metavar="FILE", help="Profile (TOML): rules whose severity is changed, by whom, why and until when."),
]


@dataclass(slots=True)
class InUse:
    """A profile while it is applied; without a file, nothing is changed."""

    profile: Profile
    fired: Counter[str] = field(default_factory=Counter)

    def applied(self, checked: Iterable[Checked]) -> list[Checked]:
        """What was checked, as the profile wants it."""
        return [each._replace(findings=tuple(self._located(each.findings))) for each in checked]

    def told(self) -> list[str]:
        """What a reader has to know of the profile."""
        return list(self.profile.told_of_use(self.fired))

    def _located(self, findings: Iterable[Located]) -> Iterable[Located]:
        for located in findings:
            if located.finding.rule_id in self.profile.holding:
                self.fired[located.finding.rule_id] += 1
            finding = self.profile.applied(located.finding)
            if finding is not None:
                yield located._replace(finding=finding)


def in_use(file: Path | None) -> InUse:
    """The profile in a file, as it holds today. Raises ConfigurationError."""
    return InUse(profile.load(file, datetime.now(UTC).date()) if file is not None else profile.UNCHANGED)
