"""Earlier runs beside this one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from reports.run import Run, read
from reports.site.past import MOST_RUNS, as_past, past_json
from tests.reports.telling import Telling


def run_of(folder: Path, days_ago: int, **outcomes: str) -> Run:
    """A run of so many days ago with these outcomes."""
    telling = Telling(folder).begin(run=f"run-{days_ago}").collect(*({"name": name, "scenario": name} for name in outcomes))
    for name, outcome in outcomes.items():
        telling.start(name).step("Given a day").message().finding(severity="remark").finish(outcome, None if outcome == "passed" else "no")
    for line in telling.lines:
        line["at"] = line["at"].replace("-05-04T", f"-05-{28 - days_ago:02}T")
    return read(telling.save().path)


def test_scenarios_have_a_letter_in_each_run(tmp_path: Path) -> None:
    """A dash where there was none; the oldest run first."""
    now = run_of(tmp_path / "a", 0, A="failed", B="passed")
    before = run_of(tmp_path / "b", 3, B="not tested", C="error")
    told = past_json(now, [as_past(before)])

    assert told["scenarios"] == ["A", "B", "C"]
    assert [(run["run"], run["outcomes"]) for run in told["runs"]] == [("run-3", "-NE"), ("run-0", "FP-")]
    assert told["runs"][1]["findings"] == [["MR-03", "hes->mdms", "remark", 2]]


def test_neither_itself_nor_a_later_run_is_its_past(tmp_path: Path) -> None:
    """As when the report of an old run is made again."""
    now = run_of(tmp_path / "a", 5, A="passed")
    later = run_of(tmp_path / "b", 1, A="failed")

    assert [run["run"] for run in past_json(now, [as_past(now), as_past(later)])["runs"]] == ["run-5"]


def test_latest_runs_are_kept(tmp_path: Path) -> None:
    """A page is no archive."""
    now = as_past(run_of(tmp_path / "a", 0, A="passed"))
    past = [replace(now, run=f"r{number}", at=now.at - timedelta(hours=number)) for number in range(1, MOST_RUNS + 5)]

    runs = past_json(run_of(tmp_path / "b", 0, A="passed"), past)["runs"]
    assert (len(runs), runs[0]["run"], runs[-2]["run"]) == (MOST_RUNS + 1, f"r{MOST_RUNS}", "r1")


def test_fault_on_a_wire_is_a_setting(tmp_path: Path) -> None:
    """It explains another outcome better than chance does."""
    telling = Telling(tmp_path).begin(arguments=["--ami-fault=hes->mdms=scale", "-q"]).collect().save()

    assert as_past(read(telling.path)).settings == "seed 7 2011 virtual --ami-fault=hes->mdms=scale"
