"""Every form in which somebody reads what `metergate check` found."""

import base64
import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from ami.outcomes import Outcome
from conformance.checking import Checked, check
from conformance.example import document
from reports.checked import difference, standings
from reports.checked.as_html import as_html
from reports.checked.as_json import as_json, written
from reports.checked.as_junit import as_junit
from reports.checked.as_sarif import as_sarif
from reports.checked.asked import everything
from reports.checked.outcome import outcome, told
from reports.checked.text import in_full, lines
from reports.rule_words import KNOWN, words
from tests.reports.checked.judged import folder, judged
from tests.reports.checked.sarif_parts import LOG
from tests.reports.checked.sarif_standard import standard

HOUSE = Path(__file__).resolve().parents[3]
BELOW_XML = "SOAP, WS-Addressing, WS-Security, message envelope, schema, codes, meaning (the XML is broken at line 2)"
SCHEMA = json.loads((HOUSE / "docs" / "check.schema.json").read_text("utf-8"))
JUNIT = HOUSE / "tests" / "reports" / "junit.xsd"


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Checked]:
    """The judged set, named from where it stands."""
    monkeypatch.chdir(tmp_path)
    return judged(Path("in"))


def test_worst_decides_and_nothing_judged_is_no_pass(checked: list[Checked]) -> None:
    """A file without a message neither fails nor passes."""
    _, _, _, warned, clean, empty, _ = checked

    assert outcome(checked) is Outcome.FAILED
    assert outcome([warned, clean, empty]) is Outcome.PASSED
    assert outcome([empty]) is Outcome.NOT_TESTED
    assert outcome([]) is Outcome.NOT_TESTED
    assert told(checked) == "6 files with 5 messages checked: 3 errors, 1 warning, 0 remarks"


def test_json_keeps_to_its_schema(checked: list[Checked]) -> None:
    """The published one; and it tells all that there is."""
    made: dict[str, Any] = as_json(checked, ["in"], "2011", 1)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(made, SCHEMA)
    bad, recorded, _, _, clean, empty, broken = made["files"]

    assert (recorded["file"], recorded["part"], recorded["findings"][0]["file_line"]) == ("in/b.har", "#1 request", 0)
    assert (clean["findings"], clean["message"], clean["told"]) == ([], "created MeterReadings", None)
    assert empty["told"] == "no request in it carries XML"
    assert broken["findings"][0]["line"] == 2
    (found,) = bad["findings"]
    excerpt = found["excerpt"]
    assert found["line"] == found["file_line"] > 0
    assert bad["layers"]["found"] == {"meaning": 1}
    assert {clean["layers"]["absent"][name] for name in ("HTTP", "conversation")} == {"HTTP was not heard", "no conversation"}
    assert recorded["layers"]["absent"].keys() == {"HTTP", "WS-Addressing", "WS-Security"}
    assert empty["layers"] is None
    assert set(broken["layers"]["not_reached"].values()) == {"the XML is broken at line 2"}
    assert made["layers"]["XML"] == {"fine": 5, "found": 1, "absent": 0, "not_reached": 0}
    assert made["layers"]["conversation"] == {"fine": 2, "found": 0, "absent": 4, "not_reached": 0}
    assert excerpt["text"][excerpt["begin"] : excerpt["end"]] == "<timeStamp>2026-03-01T00:30:00</timeStamp>"
    assert found["clause"] == "IEC 61968-9, Reading.timeStamp"


def test_json_is_written_with_clean_messages_in_a_line(checked: list[Checked]) -> None:
    """Nothing is lost by that, whatever a message says."""
    odd = checked[4]._replace(what='"files": []')
    for each in (checked, [odd, *checked], [odd], []):
        made = as_json(each, ["in", '"files": []'], "2011", 1)
        text = written(made)
        clean = [line for line in text.splitlines() if line.startswith('    {"file"')]

        assert json.loads(text) == made
        assert len(clean) == sum(not one.findings for one in each)


def test_schema_refuses_what_is_not_described(checked: list[Checked]) -> None:
    """A test that could not fail would prove nothing."""
    made: dict[str, Any] = as_json(checked, ["in"], "2011", 1)
    made["files"][0]["findings"][0]["colour"] = "red"

    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(made, SCHEMA)


def test_sarif_shows_the_line_of_the_file(checked: list[Checked]) -> None:
    """By a relative address, with the rule's own words, and a fingerprint that tells findings apart."""
    made: dict[str, Any] = as_sarif(checked)
    standard().validate(made)
    jsonschema.Draft202012Validator(LOG, format_checker=jsonschema.FormatChecker()).validate(made)
    (run,) = made["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]

    assert [(result["ruleId"], result["level"]) for result in results] == [
        ("MR-03", "error"),
        ("MR-03", "error"),
        ("HE-10", "warning"),
        ("XML-01", "error"),
    ]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "in/a%20bad.xml", "uriBaseId": "%SRCROOT%"}
    line = Path("in/a bad.xml").read_text().splitlines()[place["region"]["startLine"] - 1]
    assert line[place["region"]["startColumn"] - 1 :].startswith("<timeStamp>2026-03-01T00:30:00<")
    assert results[1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert len({result["partialFingerprints"]["metergate/v1"] for result in results}) == len(results)
    assert rules[results[0]["ruleIndex"]]["help"]["text"].startswith("Asks for every reading's timestamp")
    assert run["properties"]["layers"]["schema"] == {"fine": 5, "found": 0, "absent": 0, "not_reached": 1}


def test_sarif_notes_what_was_not_judged(checked: list[Checked]) -> None:
    """Beside the results, where it does not count as one of them."""
    made: dict[str, Any] = as_sarif(checked)
    (run,) = made["runs"]
    (invocation,) = run["invocations"]
    notes = [
        (note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], note["message"]["text"])
        for note in invocation["toolExecutionNotifications"]
    ]

    assert notes == [("in/e.har", "Not judged: no request in it carries XML"), ("in/f.xml", f"Not judged: {BELOW_XML}")]
    assert run["tool"]["driver"]["notifications"][0]["id"] == invocation["toolExecutionNotifications"][0]["descriptor"]["id"]
    assert "toolExecutionNotifications" not in as_sarif_of(checked[4:5])["invocations"][0]


def as_sarif_of(checked: list[Checked]) -> dict[str, Any]:
    """The one run of a log."""
    made: dict[str, Any] = as_sarif(checked)
    (run,) = made["runs"]
    return dict(run)


def test_sarif_fingerprint_stays_when_lines_move(checked: list[Checked]) -> None:
    """Code scanning takes it for the same finding."""
    path = Path("in/a bad.xml")
    path.write_bytes(path.read_bytes().replace(b"?>\n", b"?>\n\n\n", 1))
    moved: dict[str, Any] = as_sarif(judged_again(Path("in")))
    before: dict[str, Any] = as_sarif(checked)
    first, then = before["runs"][0]["results"][0], moved["runs"][0]["results"][0]

    assert first["partialFingerprints"] == then["partialFingerprints"]
    assert first["locations"] != then["locations"]


def judged_again(path: Path) -> list[Checked]:
    """The set as it stands now."""
    return check([path])


def test_junit_has_a_case_for_each_message(checked: list[Checked]) -> None:
    """What has no message is skipped, not passed; a warning does not fail."""
    made = etree.fromstring(as_junit(checked, datetime(2026, 3, 1, tzinfo=UTC)))
    etree.XMLSchema(etree.parse(JUNIT)).assertValid(made)
    came_to = {f"{case.get('classname')}#{case.get('name')}": [str(part.tag) for part in case] for case in made.iter("testcase")}

    assert (made.get("tests"), made.get("failures"), made.get("skipped")) == ("7", "3", "1")
    assert came_to == {
        "in/a bad.xml#created MeterReadings": ["failure"],
        "in/b.har#1 request": ["failure"],
        "in/b.har#1 response": [],
        "in/c.xml#created MeterReadings": ["system-out"],
        "in/d.xml#created MeterReadings": [],
        "in/e.har#message": ["skipped"],
        "in/f.xml#message": ["failure"],
    }
    assert [(failure.text or "").endswith(f"\nnot judged: {BELOW_XML}") for failure in made.iter("failure")] == [False, False, True]


def test_page_loads_nothing_and_escapes_everything(tmp_path: Path) -> None:
    """What a message says is text, whatever it is."""
    path = tmp_path / "<b>.xml"
    path.write_text("<script>alert(1)</script>")
    page = as_html(judged_again(path), "2011", "today")

    assert not re.search(r"<script|\b(?:src|href)=[\"'](?!#)|url\(|@import", page)
    assert "<b>.xml" not in page
    assert "&lt;script&gt;" in page


def test_page_names_each_finding_with_its_mark(checked: list[Checked]) -> None:
    """In the look of the report."""
    page = as_html(checked, "2011", "today")

    assert page.count("<mark>&lt;timeStamp&gt;2026-03-01T00:30:00&lt;/timeStamp&gt;</mark>") == 2
    assert "in/b.har#1 request" in page
    assert "no request in it carries XML" in page
    assert page.count('class="finding error"') == 3
    assert f"<b>Not judged:</b> {BELOW_XML}" in page
    assert re.findall(r">(\d+)<", page.partition('<th scope="row">schema</th>')[2].partition("</tr>")[0]) == ["5", "0", "1", "0"]


def test_layers_of_all_messages_are_told_in_two_lines(checked: list[Checked]) -> None:
    """In how many each was judged, and in how many not; without a message there is nothing to say."""
    _, _, _, _, clean, empty, _ = checked

    assert standings.told(checked) == [
        "layers judged: bytes and encoding, XML (all 6); SOAP, message envelope, schema, codes (5); meaning (4); conversation (2);"
        " HTTP, WS-Addressing, WS-Security (none)",
        "layers not reached: SOAP, WS-Addressing, WS-Security, message envelope, schema, codes, meaning (1)",
    ]
    assert standings.told([clean]) == [
        "layers judged: bytes and encoding, XML, SOAP, message envelope, schema, codes, meaning (all);"
        " HTTP, WS-Addressing, WS-Security, conversation (none)"
    ]
    assert standings.told([clean, clean])[0].startswith(
        "layers judged: bytes and encoding, XML, SOAP, message envelope, schema, codes, meaning (all 2);"
    )
    assert standings.told([empty]) == []


def test_message_that_was_not_judged_to_its_end_is_not_listed_as_clean(tmp_path: Path) -> None:
    """Though nothing was found in it."""
    path = tmp_path / "a.xml"
    packed = b">" + base64.b64encode(gzip.compress(b"{}")) + b"</Compressed>"
    path.write_bytes(re.sub(rb">[^<]*</Compressed>", packed, document("{compressed message, another Format}")))
    checked = judged_again(path)
    page = as_html(checked, "2011", "today")

    assert list(lines(checked[0])) == [f"{path}: not judged: schema, codes, meaning (what is compressed is not said to be XML)"]
    assert str(path) not in page.partition('<section id="clean">')[2]


def test_lines_are_one_for_each_finding(checked: list[Checked]) -> None:
    """As editors read them."""
    told_lines = [line for each in checked for line in lines(each)]

    assert [line.partition(": ")[0].partition(":")[0] for line in told_lines] == [
        "in/a bad.xml",
        "in/b.har#1 request",
        "in/c.xml",
        "in/e.har",
        "in/f.xml",
        "in/f.xml",
    ]
    assert told_lines[-1] == f"in/f.xml: not judged: {BELOW_XML}"
    assert told_lines[3] == "in/e.har: not judged: no request in it carries XML"


def test_whatever_is_found_says_how_to_mend_it() -> None:
    """Rules and what the layers below them ask, for files and for runs."""
    assert [rule.id for rule in everything() if not rule.mend] == []
    assert [rule for rule in KNOWN if not words(rule).mend] == []


def test_full_text_marks_the_place(checked: list[Checked]) -> None:
    """The sign stands under what is meant."""
    told_lines = [text.plain for text in in_full(checked[0])]
    (row,) = [place for place, line in enumerate(told_lines) if " | <IntervalReadings>" in line]
    begin, end = told_lines[row + 1].index("^"), told_lines[row + 1].rindex("^") + 1

    assert told_lines[row][begin:end] == "<timeStamp>2026-03-01T00:30:00</timeStamp>"
    assert [line.split()[0] for line in told_lines[row + 2 : -1]] == ["expected", "found", "clause", "mend"]


def test_difference_names_what_is_new_and_what_is_gone(tmp_path: Path, checked: list[Checked]) -> None:
    """Two folders, and a result that was kept; lines that move are no difference."""
    (tmp_path / "kept.json").write_text(json.dumps(as_json(checked, ["in"], "2011", 1)))
    other = folder(tmp_path / "later" / "in")
    (other / "a bad.xml").write_bytes((other / "d.xml").read_bytes())
    (other / "d.xml").write_bytes((other / "c.xml").read_bytes())
    (other / "f.xml").write_bytes(b"\n<a>\n<b c></b></a>")
    old, messages = difference.of_result(tmp_path / "kept.json")
    compared = difference.difference(old, difference.of_checked(judged_again(other), [str(other)]))

    assert messages == 5
    assert [(found.name, found.rule) for found in compared.gone] == [("a bad.xml", "MR-03")]
    assert [(found.name, found.rule) for found in compared.new] == [("d.xml", "HE-10")]
    assert compared.unchanged == 3
    assert not compared.has_new_errors
    assert difference.difference(compared.new, old).has_new_errors
