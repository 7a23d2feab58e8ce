"""Files as `metergate check` judges them."""

from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from conformance import example
from conformance.checking import check_files
from conformance.form import Form
from tests.conformance import good


def written(folder: Path, name: str, body: bytes) -> Path:
    """A file of that name."""
    path = folder / name
    path.write_bytes(body)
    return path


def test_files_are_judged_each_by_itself(tmp_path: Path) -> None:
    """In the order given, with form, verb and noun; the same MessageID in two files is no repetition."""
    body = good.delivery(good.day("M-1", [250] * 4)).body
    paths = [
        written(tmp_path, "b.xml", body),
        written(tmp_path, "a.xml", body),
        written(tmp_path, "bare.xml", example.message("<MessageID>m</MessageID>").encode()),
        written(tmp_path, "broken.xml", b"<a>"),
    ]
    checked = check_files(paths)

    assert [file.name for file in checked] == [str(path) for path in paths]
    assert [file.form for file in checked] == [Form.ENVELOPE, Form.ENVELOPE, Form.BARE_MESSAGE, Form.UNREADABLE]
    assert [file.what for file in checked] == ["created MeterReadings"] * 3 + [""]
    assert [file.has_errors for file in checked] == [False, False, False, True]


def test_warning_is_no_error(tmp_path: Path) -> None:
    """What fails nothing does not fail a file."""
    (checked,) = check_files([written(tmp_path, "a.xml", example.captures("<Context>Testing</Context>")[0].body)])

    assert [finding.rule_id for finding in checked.findings] == ["HE-10"]
    assert not checked.has_errors


@pytest.mark.parametrize("name", ["missing.xml", "."])
def test_unreadable_file_is_a_fault_of_the_configuration(tmp_path: Path, name: str) -> None:
    """A file that is not there, and a folder."""
    with pytest.raises(ConfigurationError, match="cannot read"):
        check_files([tmp_path / name])
