"""Files as `metergate check` judges them."""

import json
from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from conformance import example
from conformance.checking import Checked, check
from conformance.form import Form
from tests.conformance import good


def written(folder: Path, name: str, body: bytes) -> Path:
    """A file of that name."""
    path = folder / name
    path.write_bytes(body)
    return path


def ids(checked: Checked) -> list[str]:
    """The rules that one message breaks."""
    return [located.finding.rule_id for located in checked.findings]


def test_files_are_judged_each_by_itself(tmp_path: Path) -> None:
    """In the order given, with form, verb and noun; the same MessageID in two files is no repetition."""
    body = good.delivery(good.day("M-1", [250] * 4)).body
    paths = [
        written(tmp_path, "b.xml", body),
        written(tmp_path, "a.xml", body),
        written(tmp_path, "bare.xml", example.message("<MessageID>m</MessageID>").encode()),
        written(tmp_path, "broken.xml", b"<a>"),
    ]
    checked = check(paths)

    assert [file.name for file in checked] == [str(path) for path in paths]
    assert [file.form for file in checked] == [Form.ENVELOPE, Form.ENVELOPE, Form.BARE_MESSAGE, Form.UNREADABLE]
    assert [file.what for file in checked] == ["created MeterReadings"] * 3 + [""]
    assert [file.has_errors for file in checked] == [False, False, False, True]
    assert [file.is_judged for file in checked] == [True, True, True, False]


def test_warning_is_no_error(tmp_path: Path) -> None:
    """What fails nothing does not fail a file."""
    (checked,) = check([written(tmp_path, "a.xml", example.captures("<Context>Testing</Context>")[0].body)])

    assert ids(checked) == ["HE-10"]
    assert not checked.has_errors


@pytest.mark.parametrize(("broken", "found"), [(False, ["CV-05"]), (True, [])])
def test_answer_that_the_tester_is_owed_is_missed_in_a_record(tmp_path: Path, broken: bool, found: list[str]) -> None:
    """What the tester asked is nobody's fault, that nobody answered is; whoever is asked something broken may say nothing."""
    (capture,) = example.captures("<capture wire='tester-&gt;mdms' exchange='1'><MessageID>a</MessageID></capture>")
    body = capture.body.replace(b"<Verb>", b"<Verb>x") if broken else capture.body
    line = {
        "type": "message", "scenario": "a", "message": 1, "exchange": 1, "wire": "tester->mdms", "leg": "request", "sender": "tester",
        "virtual_at": example.HEARD_AT, "soap_action": None, "body": body.decode(),
    }  # fmt: skip
    (checked,) = check([written(tmp_path, "record.ndjson", (json.dumps({"type": "run_started"}) + "\n" + json.dumps(line)).encode())])

    assert ids(checked) == found
    assert checked.is_judged == bool(found)
    assert [located.finding.found for located in checked.findings] == ["no reply from mdms"] * len(found)


def test_missing_file_stops_everything_before_it_begins(tmp_path: Path) -> None:
    """Whoever mistypes a name learns it at once, and not after the other files were judged."""
    done: list[int] = []
    with pytest.raises(ConfigurationError, match=r"cannot read .*missing\.xml: no such file"):
        check([written(tmp_path, "broken.xml", b"<a>"), tmp_path / "missing.xml"], told=done.append)
    assert done == []


def test_processes_find_what_one_finds_in_the_same_order(tmp_path: Path) -> None:
    """However the files are shared out."""
    for number in range(7):
        written(tmp_path, f"{number}.xml", example.captures(f"<value>{'NaN' if number % 2 else '1.0'}</value>")[0].body)
    done: list[int] = []

    assert check([tmp_path], jobs=3, told=done.append) == check([tmp_path])
    assert sum(done) == 7
    assert [ids(each) for each in check([tmp_path], jobs=2)] == [[], ["MR-12"]] * 3 + [[]]
