"""Cucumber Messages: the run as the official formatter and every other reader of Cucumber's stream takes it.

What our record knows and Cucumber does not stands in the last step of each scenario, a hook called `The wires and the truth`: its
status is the scenario's outcome, and its attachments are the messages with findings and what the truth says.
"""

import base64
import json
import platform
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from ami.outcomes import Outcome
from reports.blame import explanation
from reports.gherkin_sources import Envelope, Ids, Sources, sources
from reports.legible import legible
from reports.lines import Message, StepFinished
from reports.run import Run
from reports.scenario import Scenario
from reports.verdict import verdict

PROTOCOL = "34.2.1"
"""The version of @cucumber/messages whose schema is kept to."""

HOOK = "The wires and the truth"

STATUS = {
    Outcome.PASSED: "PASSED",
    Outcome.FAILED: "FAILED",
    Outcome.ERROR: "FAILED",
    Outcome.INCONCLUSIVE: "PENDING",
    Outcome.NOT_TESTED: "SKIPPED",
}
"""Cucumber has one word for a failure and an error of ours, and none for inconclusive; the hook's message says which it was."""

STEP_STATUS = {"passed": "PASSED", "failed": "FAILED", "skipped": "SKIPPED", "undefined": "UNDEFINED"}


def stream(run: Run, complaints: Sequence[str] = ()) -> Iterator[bytes]:
    """The lines of the whole stream. complaints: why the record is not whole; any of them makes the run no success."""
    for envelope in _envelopes(run, complaints):
        yield json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _envelopes(run: Run, complaints: Sequence[str]) -> Iterator[Envelope]:
    ids = Ids()
    started = run.started
    yield {
        "meta": {
            "protocolVersion": PROTOCOL,
            "implementation": {"name": started.product, "version": started.version},
            "runtime": {"name": "python", "version": started.versions.get("python", "")},
            "os": {"name": started.platform or "unknown"},
            "cpu": {"name": platform.machine() or "unknown"},
        }
    }
    told = sources(run, ids)
    yield from told.envelopes
    hook, test_run = ids.fresh(), ids.fresh()
    yield {"hook": {"id": hook, "name": HOOK, "type": "AFTER_TEST_CASE", "sourceReference": {"uri": "harness/story.py"}}}
    yield {"testRunStarted": {"id": test_run, "timestamp": _timestamp(started.at)}}
    cases = [_Case(scenario, told, hook, test_run, ids, started.at) for scenario in run.scenarios]
    for case in cases:
        yield case.planned()
    for case in cases:
        yield from case.told()
    came_to = verdict(run, complaints)
    finished: dict[str, Any] = {"success": came_to.outcome is Outcome.PASSED, "timestamp": _timestamp(run.ended_at)}
    if came_to.outcome is not Outcome.PASSED:
        finished["message"] = legible("\n".join((came_to.headline, *complaints)))
    yield {"testRunFinished": finished | {"testRunStartedId": test_run}}


class _Case:
    """One scenario: its plan, which stands in front of the run, and what became of it."""

    def __init__(self, scenario: Scenario, told: Sources, hook: str, test_run: str, ids: Ids, run_at: datetime) -> None:
        self._scenario = scenario
        self._pickle = told.pickles[scenario.collected.scenario]
        self._hook, self._test_run = hook, test_run
        self._id, self._started, self._last = ids.fresh(), ids.fresh(), ids.fresh()
        self._steps = [ids.fresh() for _ in self._pickle["steps"]]
        self._at = scenario.began_at or run_at

    def planned(self) -> Envelope:
        """Its steps, and the hook after them."""
        steps = zip(self._steps, self._pickle["steps"], strict=True)
        every: list[Any] = [{"id": step, "pickleStepId": pickled["id"], "stepDefinitionIds": []} for step, pickled in steps]
        every.append({"id": self._last, "hookId": self._hook})
        return {"testCase": {"id": self._id, "pickleId": self._pickle["id"], "testSteps": every, "testRunStartedId": self._test_run}}

    def told(self) -> Iterator[Envelope]:
        """What became of it, step by step."""
        yield {"testCaseStarted": {"id": self._started, "testCaseId": self._id, "attempt": 0, "timestamp": _timestamp(self._at)}}
        ended_at = self._at
        for place, step in enumerate(self._steps):
            recorded = self._scenario.steps[place] if place < len(self._scenario.steps) else None
            ended_at = recorded.at if recorded is not None else ended_at
            yield from self._step(step, recorded, ended_at)
        finished = self._scenario.finished
        ended_at = finished.at if finished is not None else ended_at
        yield {"testStepStarted": self._of(self._last, ended_at)}
        yield from self._attachments(ended_at)
        result = _result(STATUS[self._scenario.outcome], 0.0, self._why())
        yield {"testStepFinished": self._of(self._last, ended_at) | {"testStepResult": result}}
        yield {"testCaseFinished": {"testCaseStartedId": self._started, "timestamp": _timestamp(ended_at), "willBeRetried": False}}

    def _step(self, step: str, recorded: StepFinished | None, ended_at: datetime) -> Iterator[Envelope]:
        seconds = recorded.seconds if recorded is not None else 0.0
        status = STEP_STATUS[recorded.outcome] if recorded is not None else "SKIPPED"
        yield {"testStepStarted": self._of(step, ended_at - timedelta(seconds=seconds))}
        result = _result(status, seconds, recorded.error if recorded is not None else None)
        yield {"testStepFinished": self._of(step, ended_at) | {"testStepResult": result}}

    def _of(self, step: str, at: datetime) -> dict[str, Any]:
        return {"testCaseStartedId": self._started, "testStepId": step, "timestamp": _timestamp(at)}

    def _why(self) -> str | None:
        if self._scenario.outcome is Outcome.PASSED:
            return None
        return f"{self._scenario.outcome}: {explanation(self._scenario) or 'no reason is recorded'}"

    def _attachments(self, at: datetime) -> Iterator[Envelope]:
        findings: dict[int | None, list[str]] = {}
        for finding in self._scenario.findings:
            where = f"{finding.rule} {finding.severity} {finding.path} (line {finding.line})"
            findings.setdefault(finding.message, []).append(f"{where}: expected {finding.expected}; found {finding.found}")
        for lines in findings.values():
            yield self._attached(at, "text/plain", legible("\n".join(lines)).encode(), "findings.txt")
        for message in self._scenario.messages:
            if message.message in findings:
                yield self._attached(at, _media_type(message), message.content, f"message_{message.message}.xml")
        if self._scenario.truths:
            yield self._attached(at, "text/plain", "\n".join(truth.text for truth in self._scenario.truths).encode(), "truth.txt")

    def _attached(self, at: datetime, media_type: str, content: bytes, name: str) -> Envelope:
        attached: dict[str, Any] = {"mediaType": media_type, "fileName": name, **self._of(self._last, at)}
        try:
            return {"attachment": attached | {"body": content.decode(), "contentEncoding": "IDENTITY"}}
        except UnicodeDecodeError:
            return {"attachment": attached | {"body": base64.b64encode(content).decode(), "contentEncoding": "BASE64"}}


def _media_type(message: Message) -> str:
    return "text/xml" if message.body is not None else "application/octet-stream"


def _result(status: str, seconds: float, error: str | None) -> dict[str, Any]:
    whole, rest = divmod(round(seconds * 1_000_000_000), 1_000_000_000)
    result: dict[str, Any] = {"status": status, "duration": {"seconds": whole, "nanos": rest}}
    return result | ({"message": legible(error)} if error else {})


def _timestamp(at: datetime) -> dict[str, int]:
    return {"seconds": int(at.timestamp()), "nanos": at.microsecond * 1000}
