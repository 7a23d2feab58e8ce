"""`metergate check` with odd names and texts: nothing reaches a terminal that it obeys, and no file is lost."""

import json
import os
from pathlib import Path

import pytest

from cli.__main__ import main
from conformance import example

ESCAPE = "\x1b[31m"


@pytest.fixture
def bad() -> bytes:
    """A message with one error."""
    return example.captures("<timeStamp>2026-03-01T00:30:00</timeStamp>")[0].body


@pytest.mark.parametrize("name", ["a\nb.xml", f"{ESCAPE}red.xml", "\u202elmx.xml", "[red].xml", os.fsdecode(b"\xff.xml"), "-.xml"])
@pytest.mark.parametrize("form", ["text", "lines", "json", "sarif", "junit", "html"])
def test_file_of_any_name_is_told_and_obeyed_by_no_terminal(
    tmp_path: Path, bad: bytes, name: str, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """One line of each finding is one line."""
    (tmp_path / name).write_bytes(bad)

    assert main(["check", str(tmp_path), "--format", form]) == 1
    told = capsysbinary.readouterr().out.decode()
    assert "MR-03" in told
    assert not set(told) & {"\x1b", "\u202e", "\udcff"}
    assert form != "lines" or len(told.splitlines()) == 1
    if form == "json" and name.isprintable():
        assert json.loads(told)["files"][0]["file"] == str(tmp_path / name)


def test_profile_says_what_it_says(tmp_path: Path, bad: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets are text, and a terminal obeys none of it."""
    (tmp_path / "a.xml").write_bytes(bad)
    profile = tmp_path / "agreed.toml"
    profile.write_text(
        '[[override]]\nrule = "MR-03"\nseverity = "warning"\nowner = "Jo"\nreason = "see [/7] \\u001b[31m"\nexpires = 2099-12-31\n'
    )

    assert main(["check", str(tmp_path), "--profile", str(profile)]) == 0
    captured = capsys.readouterr()
    assert "see [/7] ␛[31m" in captured.err
    assert "\x1b" not in captured.out + captured.err


@pytest.mark.parametrize("text", [f"a = {'[' * 100_000}", f"a = {'1' * 10_000}"], ids=["nesting", "number"])
def test_profile_without_bounds_is_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    (tmp_path / "a.toml").write_text(text)

    assert main(["check", str(tmp_path), "--profile", str(tmp_path / "a.toml")]) == 64
    (line,) = capsys.readouterr().err.splitlines()
    assert "without bounds" in line


@pytest.mark.parametrize(
    "kept",
    ["[" * 100_000, '{"schema": "metergate-check/1", "named": [], "files": [], "messages": 1e999}'],
    ids=["nesting", "number"],
)
def test_difference_to_something_else_is_bad_usage(tmp_path: Path, kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no result is told in one line."""
    (tmp_path / "old.json").write_text(kept)

    assert main(["check", "--diff", str(tmp_path / "old.json"), str(tmp_path)]) == 64
    assert "it is no result" in capsys.readouterr().err


def test_difference_to_a_result_with_odd_texts_is_told(tmp_path: Path, bad: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Half of a pair, and what a terminal obeys."""
    (tmp_path / "a.xml").write_bytes(bad)
    assert main(["check", str(tmp_path), "--format", "json"]) == 1
    old = tmp_path / "old.json"
    old.write_text(capsys.readouterr().out.replace("2026-03-01T00:30:00", "\\ud800\\u001b[31m"))

    assert main(["check", "--diff", str(old), str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "gone" in out
    assert not set(out) & {"\x1b", "\ud800"}


def test_file_that_is_read_is_not_overwritten(tmp_path: Path, bad: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Also by another name, and where it stands in a folder."""
    message, link = tmp_path / "a.xml", tmp_path / "link.xml"
    message.write_bytes(bad)
    link.symlink_to(message)

    for named, output in ((message, message), (tmp_path, message), (message, link)):
        assert main(["check", str(named), "--output", str(output)]) == 64
        assert "is read, and would be overwritten" in capsys.readouterr().err
    assert message.read_bytes() == bad


def test_output_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second would take the place of the first."""
    twice = ["--output", str(tmp_path / "a.json")] * 2

    assert main(["check", str(tmp_path), *twice]) == 64
    assert "would be written twice" in capsys.readouterr().err


@pytest.mark.parametrize("option", [[], ["--profile"], ["--schemas"], ["--output"], ["--diff", "."]], ids=str)
def test_name_that_is_too_long_is_told_in_one_line(tmp_path: Path, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The system refuses it otherwise than one that is not there."""
    name = f"{'x' * 300}.json"
    arguments = [*option, name] if option in ([], ["--diff", "."]) else [str(tmp_path), *option, name]

    assert main(["check", *arguments]) in (3, 64)
    assert len(capsys.readouterr().err.splitlines()) == 1
