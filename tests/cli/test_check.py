"""`metergate check`: what files come to, line by line and as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.__main__ import main
from conformance import example

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A message with which nothing is wrong."""
    return written(tmp_path / "good.xml", "<timeStamp>2026-03-01T00:30:00Z</timeStamp>")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A message with one timestamp that does not name its offset."""
    return written(tmp_path / "bad.xml", "<timeStamp>2026-03-01T00:30:00</timeStamp>")


def written(path: Path, piece: str) -> Path:
    """A file with the message that is right in all but `piece`."""
    path.write_bytes(example.captures(piece)[0].body)
    return path


def test_good_file_passes_without_a_line(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings alone stand on standard output."""
    assert main(["check", str(good)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "1 file checked: 0 errors, 0 warnings, 0 remarks",
        "layers judged: bytes and encoding, XML, SOAP, message envelope, schema, codes, meaning (all);"
        " HTTP, WS-Addressing, WS-Security, conversation (none)",
    ]


def test_finding_is_one_line_with_file_line_rule_path_expected_and_found(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor can jump to it."""
    assert main(["check", str(bad)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    pattern = r":\d+: MR-03 error /\S+/timeStamp: expected every reading's timestamp to name its offset from UTC; found .*00:30:00.*"
    assert line.startswith(str(bad))
    assert re.fullmatch(pattern, line.removeprefix(str(bad)))


def test_one_bad_file_among_good_ones_fails(good: Path, bad: Path) -> None:
    """The worst decides."""
    assert main(["check", str(good), str(bad)]) == 1


def test_json_has_all_that_the_line_has(good: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For programs: files, findings, counts and the exit code."""
    assert main(["check", "--format", "json", str(good), str(bad)]) == 1
    told = json.loads(capsys.readouterr().out)
    first, second = told["files"]
    assert told["dialect"] == "any"
    assert told["counted"] == {"error": 1, "warning": 0, "remark": 0}
    assert told["exit_code"] == 1
    assert (first["file"], first["message"], first["findings"]) == (str(good), "created MeterReadings", [])
    (finding,) = second["findings"]
    assert finding.keys() >= {"rule", "severity", "path", "line", "expected", "found"}
    assert (finding["rule"], finding["severity"]) == ("MR-03", "error")


def test_folder_stands_for_its_xml_files(good: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other files in it are left alone."""
    (bad.parent / "notes.txt").write_text("no message")

    assert main(["check", str(good.parent)]) == 1
    assert capsys.readouterr().err.startswith("2 files checked")


def test_nothing_checked_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a message is exit code 2, and told, also beside one that has some."""
    assert main(["check", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path}: not judged: no file in this folder ends in .xml, .soap, .wsdl, .har, .ndjson, .http, .zip\n"
    assert captured.err == "1 file with 0 messages checked: 0 errors, 0 warnings, 0 remarks\n"


@pytest.mark.parametrize("content", [b"", b"no XML", b"\x00\xff"])
def test_file_that_is_no_xml_is_a_finding(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """What a vendor sends is judged, whatever it is."""
    file = tmp_path / "empty.xml"
    file.write_bytes(content)

    assert main(["check", str(file)]) == 1
    assert f"{file}:1: XML-01 error /" in capsys.readouterr().out


def test_xml_that_is_no_message_is_no_pass(tmp_path: Path) -> None:
    """A configuration file by mistake."""
    file = tmp_path / "pom.xml"
    file.write_text("<project/>")

    assert main(["check", str(file)]) in (1, 2)


def test_dialect_that_there_is_not_is_bad_usage(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line names those that there are."""
    assert main(["check", "--dialect", "1999", str(good)]) == 64
    assert "2011" in capsys.readouterr().err


def test_dash_reads_standard_input(bad: Path) -> None:
    """As the last part of a pipe."""
    command = [sys.executable, "-m", "cli", "check", "-"]
    done = subprocess.run(
        command, cwd=HOUSE, input=bad.read_bytes(), capture_output=True, check=False, env={**os.environ, "PYTHONPATH": "."}
    )

    assert done.returncode == 1
    assert done.stdout.startswith(b"-:")


def test_whole_file_name_stands_even_where_it_is_odd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding's text is one line, whatever was found; the file's name is left as it is."""
    file = tmp_path / "two  blanks.xml"
    file.write_bytes(b"")

    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out.startswith(f"{file}:1: ")


def test_forms_go_into_files_by_their_endings(bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several at once; what a person reads still stands on the screen."""
    sarif, junit, page, odd = (tmp_path / name for name in ("out.sarif", "out.xml", "out.html", "findings.log"))
    outputs = [str(part) for path in (odd, sarif, junit, page) for part in ("--output", path)]

    assert main(["check", str(bad), *outputs, "--format", "json"]) == 1
    assert json.loads(sarif.read_text())["version"] == "2.1.0"
    assert junit.read_bytes().startswith(b"<?xml")
    assert page.read_text().startswith("<!doctype html>")
    assert json.loads(odd.read_text())["exit_code"] == 1
    assert capsys.readouterr().out.startswith(f"{bad}:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "json", "--format", "sarif"], "name an --output for all but the last"),
        (["--output", "out.doc"], "use --format, or end it in"),
        (["--output", "missing/out.json"], "there is no folder missing"),
        (["--diff"], "compares two sets"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_bad_usage_is_one_line(good: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is judged."""
    assert main(["check", str(good), *arguments]) == 64
    assert said in capsys.readouterr().err


def test_difference_fails_for_a_new_error_alone(good: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was wrong before may stay so."""
    kept = tmp_path / "kept.json"
    main(["check", "--format", "json", "--output", str(kept), str(bad)])
    capsys.readouterr()

    assert main(["check", "--diff", str(kept), str(bad)]) == 0
    assert main(["check", "--diff", str(bad), str(good)]) == 0
    assert capsys.readouterr().out.startswith(f"gone  {bad.name}: MR-03")
    assert main(["check", "--diff", "--format", "json", str(good), str(kept)]) == 1
    assert [found["rule"] for found in json.loads(capsys.readouterr().out)["new"]] == ["MR-03"]


def test_difference_with_what_is_no_result_is_bad_usage(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any JSON by mistake."""
    kept = tmp_path / "kept.json"
    kept.write_text("{}")

    assert main(["check", "--diff", str(kept), str(good)]) == 64
    assert "it is no result of" in capsys.readouterr().err


def test_text_is_in_full_when_asked_for(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line of the message, and the mark under it."""
    assert main(["check", "--format", "text", str(bad)]) == 1
    out = capsys.readouterr().out
    assert "^^^^" in out
    assert "clause   IEC 61968-9, Reading.timeStamp" in out
