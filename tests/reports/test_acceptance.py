"""The acceptance figures: pass, fail, or not enough data."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.outcomes import Outcome
from reports.acceptance import Figure, figures, wilson
from reports.run import read
from tests.reports.telling import Telling


def told(folder: Path, *days: tuple[str, int, int, int]) -> dict[str, Figure]:
    """The figures of a run with so many reads due, in time, and still open on each day."""
    telling = Telling(folder).begin().collect({"name": "A"}).start("A").step("Given a day")
    for day, due, in_day, still_open in days:
        telling.line(
            "day_read",
            scenario="sit/meter_to_bill::A",
            day=day,
            meters=1,
            due=due,
            in_day=in_day,
            open_in_day=still_open,
            in_three_days=in_day,
            open_in_three_days=still_open,
            compared=in_day,
            accurate=in_day,
        )
    telling.finish().end(passed=1)
    return {figure.demand.name: figure for figure in figures(read(telling.path))}


@pytest.mark.parametrize(
    ("due", "in_day", "outcome"),
    [
        pytest.param(20_000, 20_000, Outcome.PASSED, id="all of many"),
        pytest.param(48, 48, Outcome.INCONCLUSIVE, id="all of a few"),
        pytest.param(20_000, 19_600, Outcome.INCONCLUSIVE, id="just as many as asked for"),
        pytest.param(20_000, 19_400, Outcome.FAILED, id="clearly too few"),
        pytest.param(48, 40, Outcome.FAILED, id="clearly too few of a few"),
    ],
)
def test_outcome_is_as_sure_as_the_number_of_reads(tmp_path: Path, due: int, in_day: int, outcome: Outcome) -> None:
    """What lies within chance of the demand is neither a pass nor a fail."""
    figure = told(tmp_path, ("2026-03-01", due, in_day, 0))["reads_daily"]

    assert figure.outcome is outcome
    assert figure.text.endswith({"passed": "pass", "failed": "fail"}.get(outcome, "not enough data"))


def test_nothing_counted_is_not_enough_data(tmp_path: Path) -> None:
    """Never a pass."""
    assert {figure.outcome for figure in told(tmp_path).values()} == {Outcome.INCONCLUSIVE}


def test_reads_still_open_may_go_either_way(tmp_path: Path) -> None:
    """They count as missed where a pass is asked for, and as made where a fail is."""
    figure = told(tmp_path, ("2026-03-01", 10_000, 9_000, 1_000))["reads_daily"]

    assert (figure.hits, figure.counted, figure.still_open) == (9_000, 9_000, 1_000)
    assert figure.outcome is Outcome.INCONCLUSIVE


def test_one_bad_day_fails_the_daily_figure(tmp_path: Path) -> None:
    """The demand is one for each day; a good month does not make up for it."""
    figure = told(tmp_path, *((f"2026-03-{day:02}", 5_000, 5_000, 0) for day in range(1, 30)), ("2026-03-30", 5_000, 4_700, 0))[
        "reads_daily"
    ]

    assert figure.lower > figure.least
    assert figure.outcome is Outcome.FAILED
    assert "below that on 2026-03-30" in figure.text


def test_demand_of_a_policy_goes_before_the_usual_one(tmp_path: Path) -> None:
    """By name."""
    told(tmp_path, ("2026-03-01", 20_000, 19_800, 0))
    daily, *_ = figures(read(tmp_path / "record.ndjson"), {"reads_daily": 0.995})

    assert (daily.least, daily.outcome) == (0.995, Outcome.FAILED)


@given(hits=st.integers(0, 5_000), missed=st.integers(0, 5_000))
def test_bounds_hold_the_share(hits: int, missed: int) -> None:
    """And stay between nothing and all."""
    lower, upper = wilson(hits, hits + missed)

    assert 0.0 <= lower <= (hits / (hits + missed) if hits + missed else 0.5) <= upper <= 1.0


def test_bounds_are_those_of_the_textbook() -> None:
    """Newcombe 1998, table I: 81 of 263 at 95 % two-sided is 0.2553 to 0.3662."""
    lower, upper = wilson(81, 263, 0.975)

    assert (round(lower, 4), round(upper, 4)) == (0.2553, 0.3662)
