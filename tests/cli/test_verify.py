"""`metergate verify`."""

from pathlib import Path

import pytest

from cli.__main__ import main
from harness.record import Record
from harness.seal import KEY_VARIABLE


def made(folder: Path) -> Path:
    """A record of three lines."""
    with Record(folder) as record:
        record.write("run_started", sealed=record.sealed)
        record.write("collection_finished", scenarios=0)
        record.write("run_finished", exit_code=5)
    return record.path


def test_whole_record_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its last seal, to be kept elsewhere."""
    made(tmp_path)

    assert main(["verify", str(tmp_path)]) == 0
    assert "passed: all 3 lines are as the run wrote them\nseal of line 3: " in capsys.readouterr().out


def test_edited_record_fails_and_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1."""
    record = made(tmp_path)
    record.write_bytes(record.read_bytes().replace(b'"scenarios":0', b'"scenarios":9'))

    assert main(["verify", str(tmp_path)]) == 1
    assert "failed: line 2: does not fit its seal" in capsys.readouterr().out


def test_record_without_its_end_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2: a run that died looks the same."""
    record = made(tmp_path)
    record.write_bytes(b"".join(record.read_bytes().splitlines(keepends=True)[:-1]))

    assert main(["verify", str(tmp_path)]) == 2
    assert "line 2 is no end" in capsys.readouterr().out


def test_key_of_the_environment_is_used_by_run_and_verify(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it nothing can be said; with another one the record does not hold."""
    monkeypatch.setenv(KEY_VARIABLE, "k" * 80)
    made(tmp_path)

    assert main(["verify", str(tmp_path)]) == 0
    monkeypatch.setenv(KEY_VARIABLE, "k" * 79)
    assert main(["verify", str(tmp_path)]) == 1
    monkeypatch.delenv(KEY_VARIABLE)
    assert main(["verify", str(tmp_path)]) == 2
    assert f"set {KEY_VARIABLE}" in capsys.readouterr().out


def test_folder_without_a_record_is_bad_usage(tmp_path: Path) -> None:
    """Like everywhere."""
    assert main(["verify", str(tmp_path)]) == 64
