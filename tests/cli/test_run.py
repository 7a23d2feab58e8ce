"""`metergate run` from the command line to the report, with the real scenarios of one small phase."""

import json
import re
from pathlib import Path

import pytest

from cli.__main__ import main

pytestmark = pytest.mark.slow


def test_phase_is_run_recorded_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary names the phase and the report; the record has the chosen seed; the folder has every form."""
    code = main(["run", "--phase", "sat", "--seed", "7", "--runs", str(tmp_path)])

    captured = capsys.readouterr()
    assert code == 0, captured.out
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert re.search(r"^sat +[1-9]", captured.out, re.MULTILINE)
    assert f"Report: {folder / 'report.html'}" in captured.out
    assert "sat: 0 of" in captured.err
    assert {"allure-results", "junit.xml", "pytest.log", "pytest.xml", "record.ndjson", "report.html"} <= {
        path.name for path in folder.iterdir()
    }
    first, *_, last = (json.loads(line) for line in (folder / "record.ndjson").read_text().splitlines())
    assert first["seed"] == 7
    assert last["type"] == "run_finished"


def test_selection_that_fits_nothing_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error in --scenario must not look like success."""
    assert main(["run", "--scenario", "no scenario has this name", "--runs", str(tmp_path), "--no-progress"]) == 2
    captured = capsys.readouterr()
    assert "Nothing was tested" in captured.out
    assert captured.err == ""
