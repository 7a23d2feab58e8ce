"""One scenario from its first moment to its verdict: what crossed the wires is judged and held against the truth."""

import base64
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from ami.errors import InconclusiveError
from ami.findings import Finding, Severity
from ami.names import HES
from ami.ports import Json
from conformance import layers
from conformance.capture import Capture
from conformance.catalogue import OWED
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.profile import OFF, Profile
from harness import attribution, day_reads, ledger
from harness.attribution import Attribution, FoundOnWire
from harness.curves import curves
from harness.judging import WireJudge
from harness.landscape import Landscape
from harness.measured import measured
from harness.record import Record
from harness.truth import Comparison, Difference, Verdict
from harness.wiretap import Captured


class NonConformingError(AssertionError):
    """All steps passed, and the scenario fails all the same: for what went over its wires, or for what the truth says."""


@dataclass(slots=True)
class Story:
    """A scenario under way. After `end`, `findings` and `comparisons` hold what was found.

    months: how many the story lasts; none: days.
    expected_rules: what the head-end's deliveries must break because the scenario broke a meter; a remark, then.
    """

    landscape: Landscape
    judge: Judge | WireJudge
    record: Record | None
    scenario: str
    findings: list[FoundOnWire] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    expected_rules: set[str] = field(default_factory=set)
    months: int = 0
    messages: int = 0
    is_begun: bool = False
    ended: bool = False
    _captured: list[Captured] = field(default_factory=list)
    _judged: list[Judgement] = field(default_factory=list)
    _fired: Counter[str] = field(default_factory=Counter)

    def begin(self, at: datetime) -> None:
        """Start the landscape anew at `at`."""
        self.landscape.begin(self.scenario, at)
        self.is_begun = True
        self._write("scenario_started", virtual_at=_moment(at))

    def observe(self) -> list[tuple[Captured, Judgement]]:
        """Judge what has crossed the wires since the last look, and return all of the scenario so far."""
        for captured in self.landscape.take():
            judgement = self.judge.message(_capture(captured))
            self._captured.append(captured)
            self._judged.append(judgement)
            self.messages += 1
            self._write("message", **_described(captured, judgement))
            self._find(judgement.findings, captured)
        return list(zip(self._captured, self._judged, strict=True))

    def first(self, verb: str, noun: str) -> Captured:
        """The first message with a verb and a noun. Raises InconclusiveError where none has crossed a wire."""
        for captured, judgement in self.observe():
            if judgement.header is not None and (judgement.header.verb, judgement.header.noun) == (verb, noun):
                return captured
        raise InconclusiveError(f"no message {verb} {noun} has crossed a wire")

    def end(self) -> None:
        """Let everything arrive, judge it, and hold it against the truth."""
        if self.ended or not self.is_begun:
            return
        self.ended = True
        self.landscape.settle()
        self.observe()
        for index, finding in self.judge.conversation(self._judged):
            self._find([finding], self._captured[index])
        self._write_overrides()
        self.comparisons.extend(ledger.comparisons(self.landscape, self._pairs()))
        truth = measured(self.landscape) if self.comparisons and self.record is not None else {}
        reads = day_reads.day_reads(self.landscape, self._pairs(), truth) if truth else []
        self.landscape.take()
        for comparison in self.comparisons:
            self._write("truth", **_compared(comparison))
        for curve in curves(truth, self.comparisons):
            self._write("measured", **curve)
        for read in reads:
            self._write("day_read", **asdict(read))

    def figure(self, name: str, value: float, unit: str, limit: str | None = None) -> None:
        """Write down a figure that the scenario measured. unit: as in ms or %; limit: what was asked of it, in words."""
        self._write("figure", name=name, value=value, unit=unit, limit=limit)

    def _write_overrides(self) -> None:
        for rule, override in self.profile.holding.items():
            if self._fired[rule]:
                severity = override.severity.value if override.severity is not None else OFF
                told = {"severity": severity, "owner": override.owner, "reason": override.reason, "expires": override.expires.isoformat()}
                self._write("override", rule=rule, **told, fired=self._fired[rule])

    def complaint(self) -> str | None:
        """Why the scenario fails although its steps passed, in one sentence; None where nothing is wrong."""
        errors = [found for found in self.findings if found.finding.severity is Severity.ERROR]
        if errors:
            more = f" (and {len(errors) - 1} more findings)" if len(errors) > 1 else ""
            return f"a message on {errors[0].wire} does not conform: {errors[0].finding}{more}"
        broken = min(filter(lambda comparison: not comparison.ok, self.comparisons), key=attribution.place, default=None)
        return f"the truth does not hold: {broken.text}" if broken else None

    def attribution(self) -> Attribution | None:
        """Whose fault a failure of this scenario is."""
        return attribution.of_failure(self.findings, self.comparisons, self.landscape.last_asked)

    def counted(self) -> dict[str, int]:
        """The findings by severity."""
        counts = Counter(found.finding.severity for found in self.findings)
        return {severity.value: counts[severity] for severity in Severity}

    def _pairs(self) -> list[tuple[Captured, Judgement]]:
        return list(zip(self._captured, self._judged, strict=True))

    def _find(self, findings: list[Finding] | tuple[Finding, ...], captured: Captured) -> None:
        # A message that the tester broke on purpose is the question, not the answer: it is no finding about anybody.
        if captured.is_deliberate:
            return
        for heard in findings:
            is_expected = heard.rule_id in self.expected_rules and captured.sender == HES
            weighed = self.profile.applied(heard)
            if heard.rule_id in self.profile.holding:
                self._fired[heard.rule_id] += 1
            if weighed is None:
                continue
            finding = replace(weighed, severity=Severity.REMARK) if is_expected else weighed
            owed_by = captured.wire.target if finding.rule_id in OWED and captured.leg == "request" else None
            self.findings.append(FoundOnWire(finding, captured.number, captured.wire, captured.sender, owed_by))
            self._write(
                "finding",
                message=captured.number,
                wire=str(captured.wire),
                sender=captured.sender,
                owed_by=owed_by,
                rule=finding.rule_id,
                severity=finding.severity.value,
                path=finding.where.path,
                line=finding.where.line,
                expected=finding.expected,
                found=finding.found,
            )

    def _write(self, kind: str, **fields: Json) -> None:
        if self.record is not None:
            self.record.write(kind, scenario=self.scenario, **fields)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _capture(captured: Captured) -> Capture:
    return Capture(
        body=captured.body,
        at=captured.at,
        wire=captured.wire,
        leg=captured.leg,
        exchange=captured.exchange,
        soap_action=captured.soap_action,
        number=captured.number,
        headers=captured.headers,
        status=captured.status or None,
    )


def _described(captured: Captured, judgement: Judgement) -> dict[str, Json]:
    header, not_judged = judgement.header, layers.told(layers.reached(judgement, is_conversation=True))
    try:
        body = {"body": captured.body.decode("utf-8")}
    except UnicodeDecodeError:
        body = {"body_base64": base64.b64encode(captured.body).decode("ascii")}
    return {
        "message": captured.number,
        "exchange": captured.exchange,
        "wire": str(captured.wire),
        "leg": captured.leg,
        "sender": captured.sender,
        "virtual_at": _moment(captured.at),
        "status": captured.status,
        "verb": header.verb if header else None,
        "noun": header.noun if header else None,
        "message_id": header.message_id if header else None,
        "correlation_id": header.correlation_id if header else None,
        "soap_action": captured.soap_action,
        **body,
        **({"not_judged": not_judged} if not_judged else {}),
    }


def _compared(comparison: Comparison) -> dict[str, Json]:
    sums = {f"{verdict.value}_wh": comparison.wh(verdict) for verdict in Verdict}
    return {
        "meter": comparison.meter,
        "stage": comparison.stage,
        "wire": comparison.wire,
        "what": comparison.what,
        "compared_wh": comparison.compared_wh,
        **sums,
        "intervals": [_differing(difference) for difference in comparison.differences[:500]],
        "ok": comparison.ok,
        "text": comparison.text,
    }


def _differing(difference: Difference) -> dict[str, Json]:
    return {
        "end": _moment(difference.end),
        "measured_wh": difference.measured_wh,
        "found_wh": difference.found_wh,
        "verdict": difference.verdict.value,
    }
