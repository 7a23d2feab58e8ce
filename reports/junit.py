"""JUnit XML: a suite per feature, a test case per scenario, for every CI server that reads it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path

from lxml import etree

from ami.outcomes import Outcome
from reports.blame import explanation
from reports.legible import legible, seconds
from reports.lines import Message
from reports.run import Run
from reports.scenario import Scenario

_ELEMENT = {
    Outcome.FAILED: "failure",
    Outcome.ERROR: "error",
    Outcome.INCONCLUSIVE: "skipped",
    Outcome.NOT_TESTED: "skipped",
}
"""JUnit has no word for inconclusive: it is skipped there, and its message says which of the two it was."""


def worth_attaching(run: Run) -> Iterator[Message]:
    """The messages with findings of scenarios that did not pass."""
    for scenario in run.scenarios:
        if scenario.outcome is not Outcome.PASSED:
            guilty = {finding.message for finding in scenario.findings}
            yield from (message for message in scenario.messages if message.message in guilty)


def document(run: Run, complaints: Sequence[str] = (), attached: Mapping[int, Path] | None = None) -> bytes:
    """The whole file.

    complaints: each stands as an error in a suite of its own, so that no CI server calls the run good. attached: where
    messages stand as files, by their number; Jenkins and GitLab show those that a case names.
    """
    features: dict[str, list[Scenario]] = {}
    for scenario in run.scenarios:
        features.setdefault(scenario.collected.feature_file, []).append(scenario)
    root = etree.Element("testsuites", name=legible(f"{run.started.product} {run.started.run}"))
    for scenarios in features.values():
        _suite(root, run, scenarios, attached or {})
    if complaints:
        _complaints(root, run, complaints)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", f"{sum(scenario.seconds for scenario in run.scenarios):.3f}")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _suite(root: etree._Element, run: Run, scenarios: Sequence[Scenario], attached: Mapping[int, Path]) -> None:
    first = scenarios[0]
    suite = etree.SubElement(
        root,
        "testsuite",
        name=legible(first.collected.feature),
        tests=str(len(scenarios)),
        failures=_number(scenarios, "failure"),
        errors=_number(scenarios, "error"),
        skipped=_number(scenarios, "skipped"),
        time=f"{sum(scenario.seconds for scenario in scenarios):.3f}",
        timestamp=(first.began_at or run.started.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
    )
    started = run.started
    made_with = {"run": started.run, "seed": str(started.seed), "dialect": started.dialect, "commit": started.commit}
    _properties(suite, {"feature_file": first.collected.feature_file, "phase": first.collected.phase, **made_with})
    for scenario in scenarios:
        _case(suite, scenario, attached)


def _number(scenarios: Sequence[Scenario], element: str) -> str:
    return str(sum(_ELEMENT.get(scenario.outcome) == element for scenario in scenarios))


def _case(suite: etree._Element, scenario: Scenario, attached: Mapping[int, Path]) -> None:
    collected, finished = scenario.collected, scenario.finished
    values = ", ".join(f"{key}={value}" for key, value in (collected.row or {}).items())
    case = etree.SubElement(
        suite,
        "testcase",
        name=legible(f"{collected.name} [{values}]" if values else collected.name),
        classname=legible(".".join(collected.feature_file.removesuffix(".feature").split("/"))),
        file=legible(collected.feature_file),
        line=str(collected.line),
        time=f"{scenario.seconds:.3f}",
    )
    attribution = finished.attribution if finished is not None else None
    properties = {"scenario": collected.scenario, "outcome": scenario.outcome, "phase": collected.phase, "rule": collected.rule}
    if attribution is not None:
        for key in ("party", "system", "wire", "evidence"):
            properties[f"attribution.{key}"] = getattr(attribution, key)
    _properties(case, properties, collected.tags)
    element = _ELEMENT.get(scenario.outcome)
    if element is not None:
        why = explanation(scenario) or "no reason is recorded"
        told = f"{scenario.outcome}: {why}" if element == "skipped" else why
        _text(case, element, _evidence(scenario), message=legible(told), type=scenario.outcome)
    files = [attached[message.message] for message in scenario.messages if message.message in attached]
    _text(case, "system-out", "\n".join([*_steps(scenario), *(f"[[ATTACHMENT|{_path(file)}]]" for file in files)]))


def _path(file: Path) -> str:
    """A file as a CI server finds it: from the folder in which the job runs, if it is below that."""
    here = Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file.absolute())


def _properties(parent: etree._Element, values: dict[str, str | None], tags: Sequence[str] = ()) -> None:
    element = etree.SubElement(parent, "properties")
    pairs = [*((key, value) for key, value in values.items() if value is not None), *(("tag", tag) for tag in tags)]
    for key, value in pairs:
        etree.SubElement(element, "property", name=key, value=legible(value))


def _text(parent: etree._Element, tag: str, text: str, **attributes: str) -> None:
    # lxml escapes ]]> as text; a CDATA section could not hold it.
    etree.SubElement(parent, tag, attributes).text = legible(text)


def _steps(scenario: Scenario) -> list[str]:
    return [f"{step.outcome:>9}  {seconds(step.seconds):>8}  {step.keyword} {step.text}" for step in scenario.steps]


def _evidence(scenario: Scenario) -> str:
    lines = [f"{step.keyword} {step.text}: {step.error}" for step in scenario.steps if step.error]
    for finding in scenario.findings:
        where = f"{finding.path} (line {finding.line})" if finding.line else finding.path
        lines.append(f"{finding.wire} {finding.rule} {finding.severity} {where}: expected {finding.expected}; found {finding.found}")
    lines.extend(f"truth: {truth.text}" for truth in scenario.truths if not truth.ok)
    return "\n".join(lines)


def _complaints(root: etree._Element, run: Run, complaints: Sequence[str]) -> None:
    number = str(len(complaints))
    suite = etree.SubElement(root, "testsuite", name="The record of the run", tests=number, failures="0", errors=number, skipped="0")
    suite.set("time", "0.000")
    suite.set("timestamp", run.started.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    for order, complaint in enumerate(complaints, 1):
        case = etree.SubElement(suite, "testcase", name=f"is whole ({order})", classname="record", time="0.000")
        _text(case, "error", complaint, message=legible(complaint), type=Outcome.ERROR)
