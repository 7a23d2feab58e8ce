"""`metergate check` names the dialect that each message is written in."""

import json
from pathlib import Path

import pytest

from cli.__main__ import main
from conformance import example


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two messages of one dialect and one of another."""
    for name, dialect in (("a.xml", "2011"), ("b.xml", "2011"), ("c.xml", "2017")):
        (tmp_path / name).write_bytes(example.captures(f"<capture dialect='{dialect}'/>")[0].body)
    return tmp_path


def test_each_message_has_its_dialect(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON, beside its form; the one that was not agreed on is a finding as well."""
    code = main(["check", str(folder), "--format", "json"])
    written = capsys.readouterr()
    files = json.loads(written.out)["files"]

    assert code == 1
    assert [file["dialect"] for file in files] == ["2011", "2011", "2017"]
    assert [[finding["rule"] for finding in file["findings"]] for file in files] == [[], [], ["ME-02"]]
    assert "dialects: 2011 (2 messages), 2017 (1 message)" in written.err


def test_one_dialect_needs_no_word(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all agree, nothing is said."""
    assert main(["check", str(folder / "a.xml"), str(folder / "b.xml")]) == 0
    assert "dialects" not in capsys.readouterr().err
