"""All findings of a run in numbers: by the rule that was broken, and by the system that broke it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ami.findings import Severity
from reports.lines import RecordedFinding
from reports.rule_words import Words, words
from reports.site.scenes import Scene


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule that was broken. parties: how often by whom; scenes: where; example: the first finding, and the scene it is in."""

    first: RecordedFinding
    words: Words
    number: int
    parties: dict[str, int]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Breaker:
    """One system that broke rules. severities: how many findings of each; rules: how often it broke which."""

    system: str
    severities: dict[Severity, int]
    rules: dict[str, int]
    wires: dict[str, int]


Told = tuple[RecordedFinding, Scene]


def by_rule(scenes: Iterable[Scene]) -> list[BrokenRule]:
    """Each rule that was broken, the gravest and most frequent first."""
    of_rule: dict[tuple[str, Severity], list[Told]] = {}
    for scene in scenes:
        for finding in scene.scenario.findings:
            of_rule.setdefault((finding.rule, finding.severity), []).append((finding, scene))
    return sorted((_rule(told) for told in of_rule.values()), key=lambda each: (list(Severity).index(each.first.severity), -each.number))


def _rule(told: Sequence[Told]) -> BrokenRule:
    first, _ = told[0]
    parties = dict(Counter(finding.party for finding, _ in told).most_common())
    scenes = tuple({scene.anchor: scene for _, scene in told}.values())
    return BrokenRule(first, words(first.rule), len(told), parties, scenes)


def by_system(scenes: Iterable[Scene]) -> list[Breaker]:
    """Each system that broke a rule, the one with most errors first."""
    of_system: dict[str, list[RecordedFinding]] = {}
    for scene in scenes:
        for finding in scene.scenario.findings:
            of_system.setdefault(finding.party, []).append(finding)
    breakers = [_breaker(system, found) for system, found in of_system.items()]
    return sorted(breakers, key=lambda each: [-each.severities[severity] for severity in Severity])


def _breaker(system: str, found: Sequence[RecordedFinding]) -> Breaker:
    severities = Counter(finding.severity for finding in found)
    return Breaker(
        system,
        {severity: severities[severity] for severity in Severity},
        dict(Counter(finding.rule for finding in found).most_common()),
        dict(Counter(finding.wire for finding in found).most_common()),
    )
