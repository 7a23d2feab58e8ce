"""The rules of a gate."""

from pathlib import Path

import pytest

from ami.outcomes import Outcome
from reports.gate.policy import Acceptance, Coverage, Performance, Phase, Policy
from reports.gate.rules import Answer, answers
from reports.run import Run, read
from tests.reports.history.told import key
from tests.reports.history.told import told as earlier
from tests.reports.telling import Telling


def run_of(folder: Path, *outcomes: str, tags: tuple[str, ...] = (), finding: str = "", seconds: float = 0.75) -> Run:
    """A run of the phase sit with so many scenarios, each of one step and one message."""
    telling = Telling(folder).begin().collect(*({"name": f"S{number}", "tags": list(tags)} for number in range(len(outcomes))))
    for number, outcome in enumerate(outcomes):
        telling.start(f"S{number}").step("Given a day", "passed" if outcome == "passed" else "failed", None).message()
        if finding:
            telling.finding(severity=finding)
        telling.finish(outcome, None if outcome == "passed" else "because", seconds=seconds)
    return read(telling.end(1).path)


def asked(run: Run, policy: Policy, rule: str, **more: object) -> Answer:
    """The answer of one rule."""
    return next(answer for answer in answers(run, policy, **more) if answer.rule == rule)  # type: ignore[arg-type]  # keyword arguments


@pytest.mark.parametrize(
    ("outcomes", "phase", "outcome"),
    [
        pytest.param(("passed", "passed"), Phase(), "passed", id="all passed"),
        pytest.param(("passed", "failed"), Phase(), "failed", id="one failed"),
        pytest.param(("passed", "failed"), Phase(passed=0.5), "passed", id="as many as asked for"),
        pytest.param(("passed", "error"), Phase(), "error", id="an error says nothing about the systems"),
        pytest.param(("passed", "inconclusive"), Phase(), "inconclusive", id="one undecided"),
        pytest.param(("passed", "inconclusive"), Phase(may_be_inconclusive=True), "passed", id="one that may be undecided"),
        pytest.param(("failed", "inconclusive"), Phase(passed=0.9), "failed", id="cannot be reached any more"),
        pytest.param(("not tested", "not tested"), Phase(), "inconclusive", id="nothing tested"),
        pytest.param(("passed", "passed"), Phase(executed=3), "inconclusive", id="fewer than asked for"),
        pytest.param(("inconclusive",), Phase(passed=0.0, may_be_inconclusive=True), "inconclusive", id="nothing decided"),
    ],
)
def test_phase_is_as_good_as_its_share_of_passes(tmp_path: Path, outcomes: tuple[str, ...], phase: Phase, outcome: str) -> None:
    """What was not carried out is neither a pass nor a failure."""
    answer = asked(run_of(tmp_path, *outcomes), Policy(phases={"sit": phase}), "phase sit")

    assert answer.outcome == outcome, answer.figure


def test_phase_that_was_not_run_is_no_pass(tmp_path: Path) -> None:
    """A selection must not open the gate."""
    assert asked(run_of(tmp_path, "passed"), Policy(phases={"fat": Phase()}), "phase fat").outcome is Outcome.INCONCLUSIVE


def test_record_that_is_not_whole_is_an_error(tmp_path: Path) -> None:
    """Whatever it says of its scenarios."""
    assert asked(run_of(tmp_path, "passed"), Policy(), "record", complaints=["It has no end."]) == Answer(
        "record", Outcome.ERROR, "It has no end."
    )


@pytest.mark.parametrize(("fewest", "outcome"), [(0, "passed"), (2, "passed"), (3, "inconclusive")])
def test_minimum_of_scenarios_counts_those_that_were_carried_out(tmp_path: Path, fewest: int, outcome: str) -> None:
    """What was not tested does not count."""
    run = run_of(tmp_path, "passed", "failed", "not tested")

    assert asked(run, Policy(scenarios=fewest), "scenarios").outcome == outcome


def test_empty_policy_asks_for_one_scenario(tmp_path: Path) -> None:
    """A gate that asks for nothing does not open for nothing."""
    assert asked(run_of(tmp_path, "not tested"), Policy(scenarios=0), "scenarios").outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(("most", "outcome"), [(0, "failed"), (1, "failed"), (2, "passed")])
def test_findings_are_counted_by_severity(tmp_path: Path, most: int, outcome: str) -> None:
    """And the answer names their rules, so that they can be waived."""
    answer = asked(run_of(tmp_path, "passed", "failed", finding="warning"), Policy(findings={"warning": most}), "findings warning")

    assert (answer.outcome, answer.about) == (outcome, ("MR-03",))


def test_findings_of_no_message_are_inconclusive(telling: Telling) -> None:
    """Nobody looked at anything."""
    run = read(telling.begin().collect({"name": "A"}).start("A").step("Given a day").finish().end(passed=1).path)

    assert asked(run, Policy(findings={"error": 0}), "findings error").outcome is Outcome.INCONCLUSIVE


def test_news_are_what_the_baseline_does_not_have(tmp_path: Path) -> None:
    """New failures and new findings, each with its name."""
    run = run_of(tmp_path, "failed", finding="error")
    policy = Policy(new_failures=0, new_findings={"error": 0})

    failures = asked(run, policy, "new failures", baseline=earlier(1, A="passed"))
    findings = asked(run, policy, "new findings error", baseline=earlier(1, (key(),), A="passed"))

    assert (failures.outcome, failures.about) == (Outcome.FAILED, ("sit/meter_to_bill::S0",))
    assert (findings.outcome, findings.about) == (Outcome.FAILED, ("MR-03",))


def test_news_without_a_baseline_are_inconclusive(tmp_path: Path) -> None:
    """The first run of all cannot be compared with anything."""
    assert asked(run_of(tmp_path, "passed"), Policy(new_failures=0), "baseline").outcome is Outcome.INCONCLUSIVE


def test_acceptance_without_reads_is_not_enough_data(tmp_path: Path) -> None:
    """All three figures."""
    found = [answer for answer in answers(run_of(tmp_path, "passed"), Policy(acceptance=Acceptance())) if "acceptance" in answer.rule]

    assert [answer.outcome for answer in found] == [Outcome.INCONCLUSIVE] * 3
    assert found[0].figure == "no reads were counted, 98.0% are asked for: not enough data"


@pytest.mark.parametrize(("number", "seconds", "outcome"), [(20, 0.5, "passed"), (20, 1.5, "failed"), (19, 0.5, "inconclusive")])
def test_slowest_scenarios_are_those_behind_95_percent(tmp_path: Path, number: int, seconds: float, outcome: str) -> None:
    """Which need twenty scenarios to be told."""
    run = run_of(tmp_path, *["passed"] * number, seconds=seconds)

    assert asked(run, Policy(performance=Performance(scenario_p95_s=1.0)), "performance scenario_p95_s").outcome == outcome


@pytest.mark.parametrize(
    ("performance", "outcome"),
    [
        (Performance(at_most={"p95": 12.5}), "passed"),
        (Performance(at_most={"p95": 12.4}), "failed"),
        (Performance(at_least={"p95": 12.5}), "passed"),
        (Performance(at_least={"p95": 12.6}), "failed"),
        (Performance(at_most={"rate": 1.0}), "inconclusive"),
        (Performance(at_least={"rate": 1.0}), "inconclusive"),
        (Performance(run_s=3600.0), "passed"),
        (Performance(run_s=0.001), "failed"),
    ],
)
def test_figures_of_scenarios_have_limits_by_name(telling: Telling, performance: Performance, outcome: str) -> None:
    """The worst of several counts; one that nobody measured is inconclusive."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day")
    for value in (12.5, 12.5):
        telling.line("figure", scenario="sit/meter_to_bill::A", name="p95", value=value, unit="ms", limit=None)
    run = read(telling.finish().end(passed=1).path)

    [answer] = [each for each in answers(run, Policy(performance=performance)) if each.rule.startswith("performance")]
    assert answer.outcome == outcome, answer.figure


@pytest.mark.parametrize(
    ("outcome_of_scenario", "coverage", "outcome"),
    [
        ("passed", Coverage(requirements=("MR-03",)), "passed"),
        ("failed", Coverage(requirements=("MR-03",)), "passed"),
        ("inconclusive", Coverage(requirements=("MR-03",)), "inconclusive"),
        ("passed", Coverage(requirements=("MR-03", "MR-04")), "inconclusive"),
        ("passed", Coverage(requirements=("MR-03", "MR-04"), least=0.5), "passed"),
        ("passed", Coverage(), "inconclusive"),
    ],
)
def test_requirement_is_covered_where_a_scenario_was_decided(
    tmp_path: Path, outcome_of_scenario: str, coverage: Coverage, outcome: str
) -> None:
    """That it failed is for the phase to say."""
    run = run_of(tmp_path, outcome_of_scenario, tags=("covers:MR-03",))

    answer = asked(run, Policy(coverage=coverage), "coverage")
    assert answer.outcome == outcome, answer.figure
