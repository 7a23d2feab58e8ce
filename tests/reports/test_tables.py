"""The tables for analysts."""

import csv
from pathlib import Path

import pytest
from pyarrow import parquet

from reports import tables
from reports.run import Run, read
from tests.reports.telling import Telling


def rows(path: Path) -> list[dict[str, str]]:
    """A table in CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_has_every_line_of_the_record(whole_run: Run, tmp_path: Path) -> None:
    """The same in both forms."""
    tables.write_csv(whole_run, tmp_path)
    tables.write_parquet(whole_run, tmp_path)

    scenarios = whole_run.scenarios
    expected = {
        "scenarios": len(scenarios),
        "messages": sum(len(each.messages) for each in scenarios),
        "findings": sum(len(each.findings) for each in scenarios),
        "truth": sum(len(each.truths) for each in scenarios),
        "truth_intervals": sum(len(truth.intervals) for each in scenarios for truth in each.truths),
        "days_read": 0,
        "figures": 0,
    }
    assert {name: len(rows(tmp_path / f"{name}.csv")) for name in expected} == expected
    assert {name: parquet.read_table(tmp_path / f"{name}.parquet").num_rows for name in expected} == expected


def test_parquet_has_types(whole_run: Run, tmp_path: Path) -> None:
    """Moments with their zone, numbers as numbers, what is not known as null."""
    tables.write_parquet(whole_run, tmp_path)

    (second, *_) = parquet.read_table(tmp_path / "messages.parquet").slice(1).to_pylist()
    assert (second["message"], second["leg"], second["status"], second["soap_action"]) == (2, "reply", 200, None)
    assert second["virtual_at"].isoformat() == "2026-03-10T12:02:00+00:00"
    truth = parquet.read_table(tmp_path / "truth.parquet").to_pylist()
    assert sum(row["lost_wh"] for row in truth) == 1000


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_from_a_wire_is_no_formula(telling: Telling, tmp_path: Path, start: str) -> None:
    """A spreadsheet would calculate it."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").message(message_id=f"{start}cmd|' /C calc'!A0").finish()
    tables.write_csv(read(telling.end(passed=1).path), tmp_path)

    (row,) = rows(tmp_path / "messages.csv")
    assert row["message_id"] == f"'{start}cmd|' /C calc'!A0"


def test_figures_and_days_have_their_rows(telling: Telling, tmp_path: Path) -> None:
    """As they were recorded."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day")
    telling.line("figure", scenario="sit/meter_to_bill::A", name="p95", value=12.5, unit="ms", limit="at most 20 ms")
    tables.write_csv(read(telling.finish().end(passed=1).path), tmp_path)

    (row,) = rows(tmp_path / "figures.csv")
    assert (row["name"], row["value"], row["unit"], row["limit"]) == ("p95", "12.5", "ms", "at most 20 ms")
