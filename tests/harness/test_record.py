"""The record on disk."""

import json
from pathlib import Path

import pytest

from harness.record import Record


def test_each_event_is_a_line_that_is_there_at_once(tmp_path: Path) -> None:
    """What was written can be read while the run goes on."""
    with Record(tmp_path) as record:
        record.write("scenario_started", scenario="fat/a::b")
        record.write("message", body="<a>\n</a>")

        lines = [json.loads(line) for line in record.path.read_text("utf-8").splitlines()]

    assert [(line["type"], line["number"]) for line in lines] == [("scenario_started", 1), ("message", 2)]
    assert lines[1]["body"] == "<a>\n</a>"


def test_record_of_another_run_is_never_overwritten(tmp_path: Path) -> None:
    """A folder takes one run."""
    with Record(tmp_path):
        pass

    with pytest.raises(FileExistsError), Record(tmp_path):
        pass
