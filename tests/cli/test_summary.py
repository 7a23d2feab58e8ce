"""What a run came to, on the screen."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from ami.findings import Severity
from cli import summary
from reports.run import read
from reports.verdict import verdict

Write = Callable[..., Path]

BLAME = {"party": "system under test", "system": "mdms", "wire": "hes->mdms", "evidence": "40 kWh were lost"}


def shown(folder: Path, complaints: tuple[str, ...] = ()) -> list[str]:
    """The lines of the summary of the run in `folder`."""
    run = read(folder / "record.ndjson")
    console = Console(file=StringIO(), width=120, color_system=None)
    summary.show(console, run, verdict(run, complaints))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def test_every_phase_has_a_row_and_all_of_them_one(write_record: Write) -> None:
    """Five outcomes, messages and findings, in figures."""
    lines = shown(write_record({"fat/a::b": "passed", "fat/a::c": "failed", "sit/d::e": "not tested"}))

    rows = [line.split() for line in lines]
    assert ["phase", "passed", "failed", "inconclusive", "tested", "error", "messages", "findings"] in rows
    assert ["fat", "1", "1", "-", "-", "-", "0"] in rows
    assert ["all", "1", "1", "-", "1", "-", "0"] in rows


def test_findings_are_counted_by_severity(write_record: Write) -> None:
    """In words, since an error there is another thing than an error of the run."""
    run = read(write_record({"fat/a::b": "passed"}) / "record.ndjson")
    counted = replace(verdict(run).total, title="fat", findings={Severity.ERROR: 1, Severity.WARNING: 0, Severity.REMARK: 1200})
    console = Console(file=StringIO(), width=120, color_system=None)
    console.print(summary.table(replace(verdict(run), phases=(counted,))))

    assert isinstance(console.file, StringIO)
    assert "1 error, 1,200 remarks" in console.file.getvalue()


def test_failed_scenario_names_who_is_to_blame(write_record: Write) -> None:
    """Two lines: which scenario, and whose fault on which wire."""
    lines = shown(write_record({"sit/read_to_bill::A gap": "failed"}, reason="the bill is 40 kWh short", attribution=BLAME))

    place = lines.index("failed  sit/read_to_bill::A gap")
    assert "hes->mdms" in lines[place + 1]
    assert "the bill is 40 kWh short" in lines[place + 1]


def test_untested_scenarios_are_counted_by_their_reason(write_record: Write) -> None:
    """Forty scenarios that want a control port are one line."""
    lines = shown(write_record({f"sat/a::{number}": "not tested" for number in range(40)}, reason="no control port"))

    assert "not tested  40: no control port" in lines


def test_long_lists_end_in_the_report(write_record: Write) -> None:
    """The screen names twenty, the report all."""
    lines = shown(write_record({f"sit/a::{number}": "error" for number in range(25)}))

    assert sum(line.startswith("error  sit/") for line in lines) == summary.MOST
    assert "and 5 more, in the report" in lines


def test_complaint_about_the_record_is_an_error(write_record: Write) -> None:
    """Figures that cannot be trusted are called so."""
    lines = shown(write_record({"fat/a::b": "passed"}), ("a line is missing",))

    assert "error  a line is missing" in lines


def test_square_brackets_are_text(write_record: Write) -> None:
    """An outline row's id and a reason with brackets are no markup."""
    lines = shown(write_record({"fat/a::b[2]": "error"}, reason="[red] is not a colour here"))

    assert "error  fat/a::b[2]" in lines
    assert "    [red] is not a colour here" in lines
