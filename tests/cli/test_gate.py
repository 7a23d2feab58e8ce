"""`metergate gate`."""

from pathlib import Path

import pytest

from cli.__main__ import main
from tests.cli.conftest import Write


@pytest.mark.parametrize(
    ("outcomes", "policy", "code", "said"),
    [
        ({"fat/a::A": "passed"}, "[phases.fat]", 0, "gate: passed (3 passed)"),
        ({"fat/a::A": "failed"}, "[phases.fat]", 1, "failed        phase fat  0 of 1 passed, 100.0% asked for"),
        ({"fat/a::A": "inconclusive"}, "[phases.fat]", 2, "inconclusive  phase fat"),
        ({"fat/a::A": "error"}, "[phases.fat]", 3, "error         phase fat"),
        ({"fat/a::A": "not tested"}, "", 2, "0 executed, at least 1 asked for"),
        ({}, "", 2, "0 executed"),
        ({"fat/a::A": "passed"}, "new_failures = 0", 2, "inconclusive  baseline"),
        ({"fat/a::A": "passed"}, "nonsense = 1", 64, ""),
    ],
)
def test_exit_code_is_that_of_the_worst_rule(
    write_record: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], outcomes: dict[str, str], policy: str, code: int, said: str
) -> None:
    """Each with its figure in a line."""
    folder = write_record(outcomes, reason="because")
    (tmp_path / "gate.toml").write_text(policy)
    options = ["--policy", str(tmp_path / "gate.toml"), "--history", f"sqlite:///{tmp_path / 'history.sqlite'}"]

    assert main(["gate", str(folder), *options]) == code
    assert said in capsys.readouterr().out


def test_record_that_has_no_end_opens_no_gate(write_record: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However good what it has may be."""
    (tmp_path / "gate.toml").write_text("")

    assert main(["gate", str(write_record({"fat/a::A": "passed"}, ended=False)), "--policy", str(tmp_path / "gate.toml")]) == 3
    assert "The record has no end" in capsys.readouterr().out


def test_baseline_may_be_a_folder(write_record: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failure that it had is no news."""
    before = tmp_path / "before"
    before.mkdir()
    (write_record({"fat/a::A": "failed"}) / "record.ndjson").rename(before / "record.ndjson")
    now = write_record({"fat/a::A": "failed", "fat/a::B": "failed"})
    (tmp_path / "gate.toml").write_text("new_failures = 1")
    options = ["--policy", str(tmp_path / "gate.toml"), "--history", f"sqlite:///{tmp_path / 'history.sqlite'}", "--baseline", str(before)]

    assert main(["gate", str(now), *options]) == 0
    assert "new failures  1 beside" in capsys.readouterr().out
