"""The scenarios as the page tells them: by phase, feature and rule, each with what a reader asks of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from ami.outcomes import WORST_FIRST, Outcome
from ami.ports import Json
from reports import phases
from reports.blame import who
from reports.lines import RecordedFinding
from reports.scenario import Scenario
from reports.site import findings_table, truth_table
from reports.site.findings_table import Alike, Readable
from reports.site.parcels import Parcels
from reports.site.truth_table import Meter
from reports.verdict import Summary, summary

MOST_FAULTS = 20
"""How many findings are told beside one message; the list of findings has the others."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One scenario. anchor: its id within the page; blame: who, in words; unlisted: remarkable meters left out."""

    anchor: str
    scenario: Scenario
    outcome: Outcome
    blame: str | None
    evidence: str | None
    findings: tuple[Alike, ...]
    meters: tuple[Meter, ...]
    unlisted_meters: int

    @property
    def reason(self) -> str | None:
        """Why it did not pass; an assertion that says nothing speaks by its sentence."""
        reason = self.scenario.reason
        if reason == AssertionError.__name__:
            failed = next((step for step in self.scenario.steps if step.outcome == "failed"), None)
            return reason if failed is None else f"it does not hold: {failed.keyword.strip()} {failed.text}"
        return reason


@dataclass(frozen=True, slots=True)
class RuleScenes:
    """The scenarios under one business rule; title: None for those under none."""

    title: str | None
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class FeatureScenes:
    """A feature with its rules."""

    anchor: str
    title: str
    file: str
    description: str
    worst: Outcome
    rules: tuple[RuleScenes, ...]


@dataclass(frozen=True, slots=True)
class PhaseScenes:
    """A phase with its features."""

    anchor: str
    title: str
    summary: Summary
    features: tuple[FeatureScenes, ...]


class Stage:
    """Turns scenarios into scenes and puts away what is only opened when asked.

    messages: the messages' rows; traffic: what is known of each message, by scene, for the page's script.
    """

    def __init__(self) -> None:
        self.messages = Parcels("messages")
        self.traffic: dict[str, list[Json]] = {}
        self._numbers = count(1)

    def scene(self, scenario: Scenario) -> Scene:
        """The scene of one scenario."""
        anchor = f"s{next(self._numbers)}"
        readable = {message.message: Readable(message) for message in scenario.messages}
        faults: dict[int, list[RecordedFinding]] = {}
        for finding in sorted(scenario.findings, key=lambda each: findings_table.WEIGHT[each.severity]):
            if finding.message is not None:
                faults.setdefault(finding.message, []).append(finding)
        self.traffic[anchor] = [self._traffic(readable[each.message], faults.get(each.message, [])) for each in scenario.messages]
        meters, unlisted = truth_table.meters(scenario.truths, self.messages)
        attribution = scenario.finished.attribution if scenario.finished is not None else None
        return Scene(
            anchor=anchor,
            scenario=scenario,
            outcome=scenario.outcome,
            blame=who(attribution) if attribution is not None else None,
            evidence=_further(attribution.evidence, scenario.reason or "") if attribution is not None else None,
            findings=findings_table.alike(scenario.findings, readable),
            meters=meters,
            unlisted_meters=unlisted,
        )

    def _traffic(self, readable: Readable, faults: Sequence[RecordedFinding]) -> Json:
        """One message as the script reads it; the order is that of its numbers in scripts/sequence.js. faults: the gravest first."""
        message = readable.message
        rows = readable.rows
        parts = [row.part for row in rows]
        spots = {spot for finding in faults for spot in readable.spots(finding)}
        place = self.messages.put(
            {
                "line": [row.line for row in rows],
                "part": parts if any(parts) else [],
                "depth": [row.depth for row in rows] if any(parts) else [],
                "text": [row.text for row in rows],
                "leftOut": readable.left_out,
                "bytes": readable.bytes_in_base64,
            }
        )
        return [
            message.message,
            message.exchange,
            f"{message.virtual_at:%Y-%m-%d %H:%M:%S}",
            message.wire,
            message.leg,
            message.status or None,
            message.title,
            [message.message_id, message.correlation_id, message.soap_action],
            message.sender,
            place,
            sorted(spots),
            [[finding.severity, finding.rule, finding.expected, finding.found, finding.path] for finding in faults[:MOST_FAULTS]],
            message.not_judged,
        ]


def _further(evidence: str, reason: str) -> str | None:
    """The evidence, unless the reason tells the same already."""
    _, _, told = evidence.partition(": ")
    return None if evidence in reason or (told and told in reason) else evidence


def phase_scenes(scenarios: Sequence[Scenario], stage: Stage) -> Iterator[PhaseScenes]:
    """All scenes, phase by phase in the order of a project."""
    numbers = count(1)
    for phase in sorted({scenario.collected.phase for scenario in scenarios}, key=lambda phase: (phases.rank(phase), phase)):
        chosen = [scenario for scenario in scenarios if scenario.collected.phase == phase]
        files = dict.fromkeys(scenario.collected.feature_file for scenario in chosen)
        features = tuple(
            _feature(f"f{next(numbers)}", [each for each in chosen if each.collected.feature_file == file], stage) for file in files
        )
        yield PhaseScenes(f"phase-{next(numbers)}", phases.title(phase), summary(phase, chosen), features)


def _feature(anchor: str, scenarios: Sequence[Scenario], stage: Stage) -> FeatureScenes:
    first = scenarios[0].collected
    rules = dict.fromkeys(scenario.collected.rule for scenario in scenarios)
    seen = {scenario.outcome for scenario in scenarios}
    return FeatureScenes(
        anchor=anchor,
        title=first.feature,
        file=first.feature_file,
        description=first.description.strip(),
        worst=next(outcome for outcome in WORST_FIRST if outcome in seen),
        rules=tuple(
            RuleScenes(rule, tuple(stage.scene(scenario) for scenario in scenarios if scenario.collected.rule == rule)) for rule in rules
        ),
    )
