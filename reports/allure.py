"""Allure 2 results: one file per scenario with its Gherkin steps, the messages that have findings, and the truth table."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import md5
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Protocol

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import ATTACHMENT_PATTERN, Attachment, Label, Parameter, Status, StatusDetails, TestResult, TestStepResult
from allure_commons.types import LabelType
from allure_commons.types import Severity as Importance

from ami.identifiers import derived_id
from ami.outcomes import Outcome
from reports import tags
from reports.blame import PARTIES, explanation
from reports.lines import Message, RunStarted, StepFinished
from reports.run import Run
from reports.scenario import Scenario

STATUS = {
    Outcome.PASSED: Status.PASSED,
    Outcome.FAILED: Status.FAILED,
    Outcome.ERROR: Status.BROKEN,
    Outcome.NOT_TESTED: Status.SKIPPED,
    Outcome.INCONCLUSIVE: Status.UNKNOWN,
}
STEP_STATUS = {"passed": Status.PASSED, "failed": Status.FAILED, "skipped": Status.SKIPPED, "undefined": Status.BROKEN}
IMPORTANCE = {"high": Importance.CRITICAL, "medium": Importance.NORMAL, "low": Importance.MINOR}
TRUTH_COLUMNS = (
    "meter",
    "stage",
    "wire",
    "compared_wh",
    "lost_wh",
    "duplicated_wh",
    "shifted_wh",
    "altered_wh",
    "estimated_wh",
    "excused_wh",
)


class Results(Protocol):
    """The part of Allure's file logger that is used here."""

    def report_result(self, result: TestResult) -> None:
        """Write one result."""

    def report_attached_data(self, body: bytes, file_name: str) -> None:
        """Write one attachment."""


def write(run: Run, folder: Path, complaints: Sequence[str] = ()) -> None:
    """Fill `folder` anew with the results of `run`. complaints: they stand together as one broken result of the harness."""
    # Written with Allure's own models and logger, but not through its plugin manager: that one is global, and another
    # run of pytest in the same process may be listening.
    logger: Results = AllureFileLogger(folder, clean=True)  # type: ignore[no-untyped-call]  # allure_commons has no annotations
    for scenario in run.scenarios:
        logger.report_result(_result(run, scenario, logger))
    if complaints:
        logger.report_result(_not_whole(run, complaints))
    (folder / "categories.json").write_text(json.dumps(_categories(), indent=1), "utf-8")
    (folder / "environment.properties").write_text(_environment(run.started), "ascii")


def _result(run: Run, scenario: Scenario, logger: Results) -> TestResult:
    collected, finished = scenario.collected, scenario.finished
    began_at = scenario.began_at or run.started.at
    result = TestResult(
        uuid=derived_id("allure", run.started.run, collected.scenario),
        historyId=_digest(collected.scenario),
        testCaseId=_digest(collected.phase, collected.feature_file, collected.name),
        fullName=collected.scenario,
        titlePath=[collected.phase, *collected.feature_file.split("/")],
        name=collected.name,
        description=collected.description,
        status=STATUS[scenario.outcome],
        stage="finished" if finished is not None else "interrupted",
        start=_milliseconds(began_at),
        stop=_milliseconds(finished.at if finished is not None else began_at),
        labels=list(_labels(scenario)),
        parameters=[Parameter(name=key, value=value) for key, value in (collected.row or {}).items()],
        steps=[_step(step) for step in scenario.steps],
    )
    if scenario.outcome is not Outcome.PASSED:
        trace = "\n".join(f"{step.keyword} {step.text}\n{step.error}" for step in scenario.steps if step.error)
        result.statusDetails = StatusDetails(message=explanation(scenario) or "no reason is recorded", trace=trace or None)
    guilty = {finding.message for finding in scenario.findings}
    for message in scenario.messages:
        if message.message in guilty:
            result.attachments.append(_message(run, message, logger))
    if scenario.truths:
        table = _attach(logger, derived_id("allure", run.started.run, collected.scenario, "truth"), "csv", _truth(scenario))
        result.attachments.append(Attachment(name="Truth table", source=table, type="text/csv"))
    return result


def _not_whole(run: Run, complaints: Sequence[str]) -> TestResult:
    ended_at = _milliseconds(run.ended_at)
    return TestResult(
        uuid=derived_id("allure", run.started.run, "record"),
        historyId=_digest("record"),
        testCaseId=_digest("record"),
        fullName="the record of the run",
        name="The record of the run is whole",
        status=Status.BROKEN,
        statusDetails=StatusDetails(message="[harness] " + "\n".join(complaints)),
        stage="finished",
        start=ended_at,
        stop=ended_at,
    )


def _labels(scenario: Scenario) -> Iterable[Label]:
    collected = scenario.collected
    attribution = scenario.finished.attribution if scenario.finished is not None else None
    pairs = [
        (LabelType.EPIC, collected.phase),
        (LabelType.FEATURE, collected.feature),
        (LabelType.STORY, collected.rule),
        (LabelType.PARENT_SUITE, collected.phase),
        (LabelType.SUITE, collected.feature),
        (LabelType.SUB_SUITE, collected.rule),
        (LabelType.FRAMEWORK, "pytest-bdd"),
        (LabelType.LANGUAGE, "python"),
        *((LabelType.TAG, tag) for tag in collected.tags),
        *(("process", value) for value in tags.values(collected.tags, tags.PROCESS)),
        *(("system", value) for value in tags.values(collected.tags, tags.SYSTEM)),
        *((("fault", attribution.party), ("blamed", attribution.system)) if attribution is not None else ()),
        *((LabelType.SEVERITY, IMPORTANCE.get(risk, Importance.NORMAL).value) for risk in tags.values(collected.tags, tags.RISK)),
    ]
    return [Label(name=name, value=value) for name, value in pairs if value]


def _step(step: StepFinished) -> TestStepResult:
    stop = _milliseconds(step.at)
    return TestStepResult(
        name=f"{step.keyword} {step.text}",
        status=STEP_STATUS[step.outcome],
        statusDetails=StatusDetails(message=step.error) if step.error else None,
        stage="finished",
        start=stop - round(step.seconds * 1000),
        stop=stop,
    )


def _message(run: Run, message: Message, logger: Results) -> Attachment:
    is_xml = message.body is not None and message.body.lstrip("\ufeff \t\r\n").startswith("<")
    extension, kind = ("xml", "application/xml") if is_xml else ("txt", "text/plain")
    if message.body is None:
        extension, kind = "bin", "application/octet-stream"
    source = _attach(logger, derived_id("allure", run.started.run, message.scenario, str(message.message)), extension, message.content)
    return Attachment(name=f"Message {message.message}: {message.wire} {message.title} ({message.leg})", source=source, type=kind)


def _attach(logger: Results, prefix: str, extension: str, body: bytes) -> str:
    name = ATTACHMENT_PATTERN.format(prefix=prefix, ext=extension)
    logger.report_attached_data(body, name)
    return name


def _truth(scenario: Scenario) -> bytes:
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow([*TRUTH_COLUMNS, "ok", "text"])
    for truth in scenario.truths:
        writer.writerow([*(getattr(truth, column) for column in TRUTH_COLUMNS), "yes" if truth.ok else "no", truth.text])
    return table.getvalue().encode()


def _categories() -> list[dict[str, str | list[str]]]:
    """One category per party at fault, found by the start of the message, and one for what nobody is blamed for."""
    every = [Status.FAILED, Status.BROKEN, Status.UNKNOWN]
    blamed: list[dict[str, str | list[str]]] = [
        {"name": f"Fault of {words}", "matchedStatuses": every, "messageRegex": rf"(?s)\[{party}\].*"} for party, words in PARTIES.items()
    ]
    return [
        *blamed,
        {"name": "Inconclusive", "matchedStatuses": [Status.UNKNOWN]},
        {"name": "Not tested", "matchedStatuses": [Status.SKIPPED]},
    ]


def _environment(started: RunStarted) -> str:
    systems = {system: "simulated" if played.simulated else f"real, {played.address}" for system, played in started.environment.items()}
    values = {
        "product": f"{started.product} {started.version}",
        "commit": started.commit or "unknown",
        "run": started.run,
        "seed": str(started.seed),
        "dialect": started.dialect,
        "clock": started.clock,
    }
    named = chain(values.items(), ((f"system.{key}", value) for key, value in systems.items()))
    return "".join(f"{_property(key)}={_property(value)}\n" for key, value in chain(named, started.versions.items()))


def _property(text: str) -> str:
    r"""Text as a Java properties file holds it: ASCII, with \uXXXX for the rest and no separator left bare."""
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2))
    return "".join(_unit(code) for code in codes)


def _unit(code: int) -> str:
    letter = chr(code)
    if not 0x20 <= code < 0x7F:
        return f"\\u{code:04x}"
    return f"\\{letter}" if letter in "\\=:#! " else letter


def _digest(*parts: str) -> str:
    return md5("\n".join(parts).encode(), usedforsecurity=False).hexdigest()


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
