"""`metergate test`: a line per part, the worst of them as exit code."""

from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from ami.outcomes import Outcome
from cli import test


def printing(text: str, code: int) -> tuple[str, ...]:
    """A part that prints `text` and exits with `code`."""
    return ("-c", f"print({text!r}); raise SystemExit({code})")


def test_prints_a_line_per_part_and_the_output_of_failing_ones(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What passed says so in one line; what failed says why."""
    monkeypatch.setattr(test, "PARTS", {"lint": printing("all well", 0), "types": printing("error: no type", 1)})

    assert test.command() == 1
    lint, types, why = capsys.readouterr().out.splitlines()
    assert lint.split()[:2] == ["lint", "passed"]
    assert types.split()[:2] == ["types", "failed"]
    assert why == "error: no type"


def test_shows_pytests_closing_line_and_what_was_skipped(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """How many tests passed is worth a line even where all did."""
    said = "....s\nSKIPPED [1] tests/a.py:1: no browser\n4 passed, 1 skipped in 0.1s"
    monkeypatch.setattr(test, "PARTS", {"tests": printing(said, 0)})

    assert test.command(["tests"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["SKIPPED [1] tests/a.py:1: no browser", "4 passed, 1 skipped in 0.1s"]


@pytest.mark.parametrize(
    ("part", "code", "outcome"),
    [
        ("tests", 0, Outcome.PASSED),
        ("tests", 1, Outcome.FAILED),
        ("tests", 3, Outcome.ERROR),
        ("tests", 5, Outcome.INCONCLUSIVE),
        ("types", 2, Outcome.ERROR),
        ("walls", -9, Outcome.ERROR),
    ],
)
def test_tool_that_could_not_work_is_an_error(part: str, code: int, outcome: Outcome) -> None:
    """No test found is no pass, and a crash is no failure."""
    assert test.meant(part, code) is outcome


def test_unknown_part_is_bad_usage() -> None:
    """The parts that there are stand in the line."""
    with pytest.raises(ConfigurationError, match="lint, format, types, walls, tests"):
        test.command(["typos"])


def test_every_tool_is_there() -> None:
    """Each part names a program that exists."""
    assert all(parts[0] == "-m" or Path(parts[0]).exists() for parts in test.PARTS.values())
