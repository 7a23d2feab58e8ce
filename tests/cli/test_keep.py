"""`metergate keep`: recorded conversations with the answers of today."""

import shutil
from pathlib import Path

import pytest

from cli.__main__ import main
from harness import replay


@pytest.fixture
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the recordings that may be changed."""
    folder = tmp_path / "recordings"
    shutil.copytree(replay.FOLDER, folder)
    monkeypatch.setattr(replay, "FOLDER", folder)
    return folder


def test_unchanged_landscape_keeps_the_same_answers(recordings: Path) -> None:
    """Nothing to commit."""
    file = recordings / "a_meter_is_read_on_demand.json"
    before = file.read_text("utf-8")

    assert main(["keep", "a meter is read on demand"]) == 0
    assert file.read_text("utf-8") == before


def test_wrong_answer_is_replaced_by_that_of_today(recordings: Path) -> None:
    """And is the recorded one again."""
    file = recordings / "a_meter_is_read_on_demand.json"
    right = file.read_text("utf-8")
    file.write_text(right.replace("<Result>OK</Result>", "<Result>FAILED</Result>"), "utf-8")

    assert main(["keep", "a meter is read on demand"]) == 0
    assert file.read_text("utf-8") == right


def test_unknown_conversation_is_named_with_those_that_there_are(recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 64."""
    assert recordings.is_dir()
    assert main(["keep", "nothing"]) == 64
    assert "a day is delivered" in capsys.readouterr().err
