"""What a run came to."""

import pytest

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.run import Run, read
from reports.verdict import verdict
from tests.reports.telling import Telling


def run_of(telling: Telling, *outcomes: str) -> Run:
    """A run in which scenarios A, B, C … came to `outcomes`."""
    return read(told(telling, *outcomes).end().path)


def told(telling: Telling, *outcomes: str) -> Telling:
    """Its record, but for the end."""
    names = [chr(ord("A") + place) for place in range(len(outcomes))]
    telling.begin().collect(*({"name": name} for name in names))
    for name, outcome in zip(names, outcomes, strict=True):
        telling.start(name).step("Given a day").finish(outcome)
    return telling


@pytest.mark.parametrize(
    ("outcomes", "code", "headline"),
    [
        ("passed", 0, "The only scenario passed."),
        ("passed passed", 0, "All 2 scenarios passed."),
        ("passed failed passed", 1, "1 of 3 scenarios failed: B."),
        ("failed failed failed failed failed", 1, "5 of 5 scenarios failed: A; B; C; and 2 more."),
        (
            "passed error failed inconclusive",
            3,
            "1 of 4 scenarios could not be carried out (B), 1 failed (C) and 1 stayed inconclusive (D).",
        ),
        ("failed error", 3, "1 of 2 scenarios could not be carried out (B) and 1 failed (A)."),
        ("inconclusive passed", 2, "1 of 2 scenarios stayed inconclusive: A."),
        ("not-tested passed", 0, "1 scenario passed, 1 was not tested."),
        ("not-tested passed passed not-tested", 0, "2 scenarios passed, 2 were not tested."),
        ("not-tested", 2, "Nothing was tested."),
        ("", 2, "Nothing was tested."),
    ],
)
def test_verdict_in_a_sentence_and_a_number(telling: Telling, outcomes: str, code: int, headline: str) -> None:
    """The worst outcome decides; what was not tested counts only where nothing else stands beside it."""
    result = verdict(run_of(telling, *(outcome.replace("-", " ") for outcome in outcomes.split())))

    assert result.headline == headline
    assert result.exit_code == code


def test_any_complaint_makes_the_run_an_error(telling: Telling) -> None:
    """Figures that cannot be trusted are no pass."""
    result = verdict(run_of(telling, "passed"), ["a line is missing"])

    assert (result.outcome, result.exit_code) == (Outcome.ERROR, 3)
    assert result.headline == "The record of this run is not whole. The only scenario passed."
    assert result.complaints == ("a line is missing",)


def test_headline_says_how_the_run_ended(telling: Telling) -> None:
    """Before anything else."""
    crashed = read(told(telling, "passed", "passed").save().path)
    interrupted = read(telling.interrupt().path)

    assert verdict(crashed).headline == "The run broke off. All 2 scenarios passed."
    assert verdict(interrupted).headline == "The run was interrupted. All 2 scenarios passed."


def test_phases_are_counted_apart_and_together(whole_run: Run) -> None:
    """Outcomes, messages, and findings by severity; in the order in which the phases ran."""
    result = verdict(whole_run)

    assert [(phase.title, phase.scenarios, phase.messages) for phase in result.phases] == [
        ("sit", 7, 2),
        ("fat", 1, 1),
        ("penetration", 1, 2),
    ]
    assert result.total.outcomes == {
        Outcome.PASSED: 4,
        Outcome.FAILED: 1,
        Outcome.ERROR: 2,
        Outcome.INCONCLUSIVE: 1,
        Outcome.NOT_TESTED: 1,
    }
    assert result.total.findings == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.REMARK: 0}
