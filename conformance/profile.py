"""A profile: rules whose severity a utility has changed, each with an owner, a reason and a day on which that ends."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from ami import toml_file
from ami.errors import ConfigurationError
from ami.findings import Finding, Severity
from conformance.catalogue import EVERYTHING

OFF: Final = "off"
SEVERITIES: Final = (*(severity.value for severity in Severity), OFF)
_FIELDS: Final = ("rule", "severity", "owner", "reason", "expires")
_OWN_SEVERITY: Final = {asked.id: asked.severity for asked in EVERYTHING}


@dataclass(frozen=True, slots=True)
class Override:
    """One change. severity: what the rule weighs from now on, None where it is switched off. expires: the last day on which it holds."""

    rule: str
    severity: Severity | None
    owner: str
    reason: str
    expires: date

    def __str__(self) -> str:
        now = self.severity.value if self.severity is not None else OFF
        return f"{now} until {self.expires} by {self.owner}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Profile:
    """All changes of a file. holding: rule -> the override that holds today; told: what is wrong with the others."""

    holding: dict[str, Override] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def applied(self, finding: Finding) -> Finding | None:
        """A finding as the profile wants it, with who wanted that; None where its rule is switched off."""
        override = self.holding.get(finding.rule_id)
        if override is None:
            return finding
        if override.severity is None:
            return None
        return replace(finding, severity=override.severity, found=f"{finding.found} [{finding.severity.value} made {override}]")

    def told_of_use(self, fired: Counter[str]) -> Iterator[str]:
        """What a reader has to know: what was changed how often, what no longer changes anything, and what does not hold.

        fired: rule -> how many findings its override changed.
        """
        for rule, override in self.holding.items():
            if fired[rule]:
                yield f"profile: {rule} {override} ({fired[rule]} {'finding' if fired[rule] == 1 else 'findings'})"
            else:
                yield f"profile: {rule} matches nothing any more: if that is as it should be, take it out of the profile ({override})"
        yield from (f"profile: {line}" for line in self.told)


UNCHANGED: Final = Profile()
"""Every rule weighs what it says itself."""


def load(file: Path, today: date) -> Profile:
    """The profile in a file. Raises ConfigurationError with one line that says what to mend.

    An override that has expired, or whose rule there is not, does not hold, and `Profile.told` says so.
    """
    holding: dict[str, Override] = {}
    told = []
    for override in _overrides(file):
        if override.rule not in _OWN_SEVERITY:
            told.append(f"there is no rule {override.rule}: take the override out of the profile ({override})")
        elif override.expires < today:
            told.append(f"{override.rule} expired on {override.expires} and does not hold: renew it or take it out ({override})")
        elif override.severity is _OWN_SEVERITY[override.rule]:
            told.append(f"{override.rule} is of severity {override.severity} anyway: take the override out of the profile ({override})")
        elif override.rule in holding:
            raise ConfigurationError(f"{file}: {override.rule} is changed twice; leave one of the two")
        else:
            holding[override.rule] = override
    return Profile(holding, tuple(told))


def _overrides(file: Path) -> Iterator[Override]:
    table = toml_file.read(file, "a profile")
    listed = table.pop("override", None)
    if table or not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise ConfigurationError(f"{file}: expected nothing but [[override]] tables, each with {', '.join(_FIELDS)}")
    for number, entry in enumerate(listed, 1):
        yield _override(f"{file}: override {number}", entry)


def _override(place: str, entry: dict[str, Any]) -> Override:
    wrong = [name for name in _FIELDS if name not in entry] + [name for name in entry if name not in _FIELDS]
    if wrong:
        raise ConfigurationError(f"{place}: {wrong[0]}: expected exactly {', '.join(_FIELDS)}")
    for name in ("rule", "owner", "reason"):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise ConfigurationError(f"{place}: {name}: expected a text")
    if entry["severity"] not in SEVERITIES:
        raise ConfigurationError(f"{place}: severity: expected one of {', '.join(SEVERITIES)}")
    if type(entry["expires"]) is not date:
        raise ConfigurationError(f"{place}: expires: expected a day, such as 2026-12-31")
    severity = None if entry["severity"] == OFF else Severity(entry["severity"])
    return Override(entry["rule"].strip().upper(), severity, entry["owner"].strip(), entry["reason"].strip(), entry["expires"])
