"""`metergate history` and `metergate compare`, on records as a run leaves them."""

from pathlib import Path

import pytest

from cli.__main__ import main
from cli.past import of_folder
from reports.history.store import History
from tests.cli.conftest import Write


@pytest.fixture
def runs(write_record: Write, tmp_path: Path) -> Path:
    """A folder with two runs, both kept: the later one breaks a scenario."""
    folder = tmp_path / "runs"
    with History(f"sqlite:///{tmp_path / 'history.sqlite'}") as history:
        for number, outcome in ((1, "passed"), (2, "failed")):
            made = folder / f"run-{number}"
            made.mkdir(parents=True)
            written = write_record({"fat/delivery::A": outcome}, reason="47 of 48") / "record.ndjson"
            text = written.read_text().replace(f'"run": "{tmp_path.name}"', f'"run": "run-{number}"')
            (made / "record.ndjson").write_text(text.replace("T12:00:00", f"T1{number}:00:00"))
            history.keep(of_folder(made))
    (tmp_path / "history.sqlite").rename(folder / "history.sqlite")
    return folder


def test_history_lists_runs_and_what_each_has_broken(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The latest last, whose exit code it is."""
    assert main(["history", "--runs", str(runs)]) == 1

    header, first, second = capsys.readouterr().out.splitlines()
    assert header.split()[:4] == ["run", "commit", "outcome", "passed"]
    assert first.split() == ["run-1", "passed", "1", "of", "1", "0", "0", "0"]
    assert second.split() == ["run-2", "failed", "0", "of", "1", "1", "0", "0", "1", "0"]


@pytest.mark.parametrize("options", [["--runs", "no/such/folder"], ["--history", "sqlite:///h.sqlite"]])
def test_empty_history_is_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Exit code 2; and who only looks leaves nothing behind that nobody asked for."""
    monkeypatch.chdir(tmp_path)

    assert main(["history", *options]) == 2
    assert "No run is kept" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == (["h.sqlite"] if "--history" in options else [])


def test_compare_names_the_new_failure(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the other way round there is none."""
    assert main(["compare", "run-1", "run-2", "--runs", str(runs)]) == 1
    assert "new failure             fat/delivery::A (failed): 47 of 48" in capsys.readouterr().out
    assert main(["compare", "run-2", "run-1", "--runs", str(runs)]) == 0
    assert "mended                  fat/delivery::A" in capsys.readouterr().out


def test_compare_knows_runs_whose_folder_is_gone(runs: Path) -> None:
    """From the history."""
    (runs / "run-1" / "record.ndjson").unlink()

    assert main(["compare", "run-1", "run-2", "--runs", str(runs)]) == 1
    assert main(["compare", "run-0", "run-2", "--runs", str(runs)]) == 64


def test_address_of_a_history_is_taken_from_the_environment(
    runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no option names one."""
    monkeypatch.setenv("METERGATE_HISTORY", "nonsense")

    assert main(["history", "--runs", str(runs)]) == 64
    assert "--history 'nonsense': write sqlite:///FILE" in capsys.readouterr().err
