"""The published schema of a record's lines."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from reports import lines
from tests.reports.telling import whole

PUBLISHED = Path(__file__).parents[2] / "docs" / "record.schema.json"


def test_published_schema_is_that_of_the_lines() -> None:
    """Written anew whenever a line changes."""
    assert json.loads(PUBLISHED.read_text("utf-8")) == lines.schema()


def test_lines_of_a_run_fit_the_published_schema_and_strange_ones_do_not(tmp_path: Path) -> None:
    """A reader in another language can rely on it."""
    validator = Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))
    told = [json.loads(line) for line in whole(tmp_path).path.read_text("utf-8").split("\n") if line]

    assert [fault.message for line in told for fault in validator.iter_errors(line)] == []
    assert not validator.is_valid({**told[0], "type": "nothing of ours"})
    assert not validator.is_valid({**told[0], "seed": None})
