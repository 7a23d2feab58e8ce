"""The end of a run: its exit code, its report, and what is said where something went wrong."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from ami.errors import ConfigurationError, HarnessError
from cli.conclusion import conclude
from cli.execution import Ending

Write = Callable[..., Path]

PYTEST_XML = '<testsuites><testsuite name="pytest">{}</testsuite></testsuites>'
CASES = {"passed": "", "failed": "<failure/>", "not tested": "<skipped/>"}


def concluded(folder: Path, ending: Ending) -> tuple[int, str]:
    """The exit code of a run that ended so, and what was said."""
    console = Console(file=StringIO(), width=120, color_system=None)
    code = conclude(folder, ending, console)
    assert isinstance(console.file, StringIO)
    return code, console.file.getvalue()


def witness(folder: Path, *outcomes: str) -> None:
    """Let pytest have written its own results."""
    cases = (f'<testcase classname="a" name="{number}">{CASES[outcome]}</testcase>' for number, outcome in enumerate(outcomes))
    (folder / "pytest.xml").write_text(PYTEST_XML.format("".join(cases)))


@pytest.mark.parametrize(
    ("outcome", "pytest_code", "code"),
    [("passed", 0, 0), ("failed", 1, 1), ("not tested", 0, 2)],
)
def test_exit_code_says_what_the_run_came_to(write_record: Write, outcome: str, pytest_code: int, code: int) -> None:
    """As design.md has them; the report stands beside the record."""
    folder = write_record({"fat/a::b": outcome}, reason="because")
    witness(folder, outcome)

    got, said = concluded(folder, Ending(pytest_code, interrupted=False))

    assert got == code
    assert "Report: " in said
    assert (folder / "report.html").is_file()
    assert (folder / "junit.xml").is_file()


def test_no_scenario_is_no_pass(write_record: Write) -> None:
    """A selection that fits nothing has tested nothing."""
    folder = write_record({})
    witness(folder)

    assert concluded(folder, Ending(5, interrupted=False))[0] == 2


def test_interrupted_run_has_a_partial_report_and_is_an_error(write_record: Write) -> None:
    """Ctrl-C: what was done until then can be read."""
    folder = write_record({"fat/a::b": "passed"}, interrupted=True, exit_code=2)

    code, said = concluded(folder, Ending(2, interrupted=True))

    assert code == 3
    assert "Interrupted" in said
    assert (folder / "report.html").is_file()


def test_configuration_that_lets_no_run_start_is_one_line_of_bad_usage(write_record: Write) -> None:
    """The line is pytest's, without its mark."""
    folder = write_record({})
    (folder / "pytest.log").write_text("\nERROR: cannot listen on 127.0.0.1:9101 (in use): name a free port\n\n")

    with pytest.raises(ConfigurationError, match=r"^cannot listen on 127\.0\.0\.1:9101"):
        conclude(folder, Ending(4, interrupted=False), Console(file=StringIO()))


def test_crash_before_the_record_is_an_error_with_the_last_words(write_record: Write) -> None:
    """One line says what happened; above it, the end of what pytest printed."""
    folder = write_record({})
    (folder / "record.ndjson").unlink()
    (folder / "pytest.log").write_text("ImportError: no module named steps")
    console = Console(file=StringIO(), width=120, color_system=None)

    with pytest.raises(HarnessError, match="exit code 4"):
        conclude(folder, Ending(4, interrupted=False), console)

    assert isinstance(console.file, StringIO)
    assert "no module named steps" in console.file.getvalue()


def test_crash_in_the_middle_is_an_error_with_a_report(write_record: Write) -> None:
    """What was recorded until then can be read, and the end of what pytest printed is shown."""
    folder = write_record({"fat/a::b": "passed"}, ended=False)
    (folder / "pytest.log").write_text("Segmentation fault")

    code, said = concluded(folder, Ending(-11, interrupted=False))

    assert code == 3
    assert "signal 11" in said
    assert "Segmentation fault" in said
    assert (folder / "report.html").is_file()


def test_exit_code_that_contradicts_the_record_is_an_error(write_record: Write) -> None:
    """A record that says passed, of a process that says failed, proves nothing."""
    folder = write_record({"fat/a::b": "passed"})
    witness(folder, "passed")

    assert concluded(folder, Ending(1, interrupted=False))[0] == 3


def test_pytest_that_counts_otherwise_is_an_error(write_record: Write) -> None:
    """Collected = executed = recorded, or the run is an error."""
    folder = write_record({"fat/a::b": "passed"})
    witness(folder, "passed", "passed")

    assert concluded(folder, Ending(0, interrupted=False))[0] == 3


def test_run_without_pytests_own_results_is_an_error(write_record: Write) -> None:
    """Without the second witness the first is not believed."""
    folder = write_record({"fat/a::b": "passed"})

    assert concluded(folder, Ending(0, interrupted=False))[0] == 3


def test_fault_on_a_wire_that_nobody_used_is_no_pass(write_record: Write) -> None:
    """Whoever wanted to see a fault found has not seen it."""
    folder = write_record({"fat/a::one": "passed"})
    record = folder / "record.ndjson"
    record.write_text(record.read_text("utf-8").replace('"arguments": []', '"arguments": ["--ami-fault=cis->oms=scale"]', 1), "utf-8")
    witness(folder, "passed")

    code, said = concluded(folder, Ending(0, interrupted=False))

    assert code == 3
    assert "cis->oms" in " ".join(said.split())
