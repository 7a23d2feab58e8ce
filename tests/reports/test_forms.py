"""All forms of report."""

from pathlib import Path

import pytest
from lxml import etree

from ami.errors import ConfigurationError, RecordError
from reports import forms
from tests.reports.telling import Telling, whole


def test_all_forms_stand_beside_the_record(tmp_path: Path) -> None:
    """In the order in which they were asked for; nothing half written is left."""
    whole(tmp_path)
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "messages-99.js").write_text("of an earlier report")

    written = forms.write(tmp_path, forms.ALL)

    names = ["report.html", "junit.xml", "allure-results", "messages.ndjson", "findings.sarif", "summary.md", "tables", "tables"]
    assert written == [tmp_path / name for name in names]
    assert {path.name for path in tmp_path.iterdir()} == {*names, "attachments", "record.ndjson", "report"}
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == ["messages-0.js", "scenarios-0.js", "search-0.js"]


def test_one_form_alone(tmp_path: Path) -> None:
    """The others are not written."""
    whole(tmp_path)

    assert forms.write(tmp_path, ["junit"]) == [tmp_path / "junit.xml"]
    assert not (tmp_path / "report.html").exists()


def test_unknown_form_names_those_that_there_are(tmp_path: Path) -> None:
    """Nothing is written."""
    whole(tmp_path)

    with pytest.raises(ConfigurationError, match="there is no report form 'pdf': choose from site, junit, allure, messages, sarif"):
        forms.write(tmp_path, ["junit", "pdf"])
    assert not (tmp_path / "junit.xml").exists()


def test_crashed_run_has_every_form(telling: Telling) -> None:
    """A partial report is a report, and says that it is partial."""
    telling.begin().collect({"name": "A"}).start("A").save()

    site, junit, allure = forms.write(telling.folder, ["site", "junit", "allure"])

    assert "The run broke off" in site.read_text("utf-8")
    assert etree.parse(junit).getroot().get("errors") == "3"
    assert len(list(allure.glob("*-result.json"))) == 2


def test_second_witness_and_further_complaints_are_heard(telling: Telling) -> None:
    """What pytest wrote beside the record, and what the caller knows."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").finish().end(passed=1)
    (telling.folder / forms.PYTEST_XML).write_text("<testsuites/>")

    [junit] = forms.write(telling.folder, ["junit"], also=["the process was killed"])

    messages = [error.get("message") for error in etree.parse(junit).iter("error")]
    assert messages == ["pytest.xml has 0 passed, the record 1.", "the process was killed"]


def test_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(RecordError, match=r"record\.ndjson: the record cannot be read"):
        forms.write(tmp_path)
