"""Two runs side by side."""

from dataclasses import replace

import pytest

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.history.comparison import compare, told
from reports.history.facts import flaky
from tests.reports.history.told import key
from tests.reports.history.told import told as run


def test_each_scenario_stands_where_its_two_outcomes_say() -> None:
    """Newly broken, mended, still broken, lost, on one side only."""
    earlier = run(1, A="passed", B="failed", C="error", D="passed", E="passed", F="not tested")
    later = run(2, A="error", B="passed", C="failed", D="not tested", F="failed", G="passed")

    found = compare(earlier, later)

    assert found.broken == ("sit/bill::A", "sit/bill::F")
    assert found.mended == ("sit/bill::B",)
    assert found.still_broken == ("sit/bill::C",)
    assert found.lost == ("sit/bill::D",)
    assert found.only_earlier == ("sit/bill::E",)
    assert found.only_later == ("sit/bill::G",)


@pytest.mark.parametrize(
    ("earlier", "later", "outcome"),
    [
        pytest.param(run(1, A="passed"), run(2, A="passed"), Outcome.PASSED, id="the same"),
        pytest.param(run(1, A="failed"), run(2, A="failed"), Outcome.PASSED, id="as bad as before"),
        pytest.param(run(1, A="failed"), run(2, A="passed"), Outcome.PASSED, id="mended"),
        pytest.param(run(1, A="passed"), run(2, A="failed"), Outcome.FAILED, id="broken"),
        pytest.param(run(1, A="passed"), run(2, A="passed", B="failed"), Outcome.FAILED, id="a new one that fails"),
        pytest.param(run(1, A="passed"), run(2, A="inconclusive"), Outcome.INCONCLUSIVE, id="no longer decided"),
        pytest.param(run(1, A="passed", B="passed"), run(2, A="passed"), Outcome.INCONCLUSIVE, id="no longer carried out"),
        pytest.param(run(1, A="passed"), run(2), Outcome.INCONCLUSIVE, id="nothing carried out"),
        pytest.param(run(1, A="failed"), run(2, (key(),), A="failed"), Outcome.FAILED, id="a new error"),
        pytest.param(run(1, A="passed"), run(2, (key(severity=Severity.REMARK),), A="passed"), Outcome.PASSED, id="a new remark"),
    ],
)
def test_worst_that_is_new_decides(earlier: object, later: object, outcome: Outcome) -> None:
    """What was bad before is no news."""
    assert compare(earlier, later).outcome is outcome  # type: ignore[arg-type]  # parametrize knows no types


def test_finding_of_a_scenario_that_was_not_carried_out_is_not_called_gone() -> None:
    """Nobody looked."""
    gone, unseen = key("MR-03"), key("MR-04", scenario="sit/bill::B")

    found = compare(run(1, (gone, unseen), A="failed", B="failed"), run(2, A="passed", B="not tested"))

    assert found.gone_findings == (gone,)


def test_lines_name_the_reason_the_flaky_and_the_figures() -> None:
    """All that somebody wants to know first."""
    earlier = run(1, (), {"accuracy": 0.9991}, A="passed")
    later = replace(run(2, (key(),), {"accuracy": 0.9912, "p95 (ms)": 12.0}, A="failed"), settings="seed 2")

    lines = told(compare(earlier, later), {"sit/bill::A": [Outcome.PASSED, Outcome.FAILED]})

    assert lines[0] == "run-1 (passed) → run-2 (failed)"
    assert lines[1] == "other settings: seed 1 → seed 2"
    assert "new failure             sit/bill::A (failed) [flaky: passed, failed]: it is broken" in lines
    assert "new finding             MR-03 error on hes->mdms in sit/bill::A: expected an offset" in lines
    assert "figure                  accuracy: 0.9991 → 0.9912" in lines
    assert "figure                  p95 (ms): none → 12" in lines


def test_scenario_is_flaky_where_nothing_else_has_changed() -> None:
    """The same commit, the same settings, another end; a changed tree says nothing."""
    same = [run(1, A="passed", B="passed"), run(2, A="failed", B="passed")]
    other_commit = [same[0], replace(same[1], commit="def")]
    changed_tree = [replace(each, commit="abc+") for each in same]

    assert flaky(same) == {"sit/bill::A": [Outcome.PASSED, Outcome.FAILED]}
    assert flaky(other_commit) == flaky(changed_tree) == {}
