"""`metergate schemas`, and a folder of schemas for `check` and `run`."""

import json
from pathlib import Path

import pytest

from ami import names, schemas
from ami.dialect import dialect
from cli.__main__ import main
from conformance import schema_folder

WORDING = dialect("2011")
CONTROLS = f'<EndDeviceControls xmlns="{WORDING.payload("EndDeviceControls")}"/>'
GROUPS = f'<EndDeviceGroups xmlns="{WORDING.payload("EndDeviceGroups")}"/>'


@pytest.fixture
def licensed(tmp_path: Path) -> Path:
    """A folder with a schema of EndDeviceControls in which a control has to stand."""
    (tmp_path / "licensed").mkdir()
    text = schemas.documents(WORDING)["EndDeviceControls.xsd"]
    strict = text.replace('type="this:EndDeviceControl" minOccurs="0"', 'type="this:EndDeviceControl"', 1)
    (tmp_path / "licensed" / "controls.xsd").write_text(strict, "utf-8")
    return tmp_path / "licensed"


def test_table_has_every_noun_with_the_origin_of_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """And the dialects that know it, and the file."""
    assert main(["schemas"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]

    assert [(row[0], row[1], row[-1]) for row in rows] == [(noun, schemas.origin(noun), f"{noun}.xsd") for noun in names.NOUNS]
    assert all("2011" in row for row in rows if "," not in " ".join(row))


def test_table_says_which_schemas_are_of_the_folder(licensed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Noun by noun."""
    assert main(["schemas", "--schemas", str(licensed)]) == 0
    rows = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()}

    assert rows["EndDeviceControls"][1] == "folder"
    assert rows["EndDeviceControls"][-1].endswith("controls.xsd")
    assert rows["EndDeviceEvents"][1] == "published"


@pytest.mark.parametrize("payload", ["MeterConfig", "GetMeterConfig"])
def test_schema_is_printed(payload: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As it is used."""
    assert main(["schemas", payload]) == 0
    assert capsys.readouterr().out == schemas.documents(WORDING)[f"{payload}.xsd"]


def test_schema_of_the_folder_is_printed(licensed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not ours, which does not judge."""
    assert main(["schemas", "EndDeviceControls", "--schemas", str(licensed)]) == 0
    assert capsys.readouterr().out == (licensed / "controls.xsd").read_text("utf-8")


def test_all_schemas_are_written(tmp_path: Path) -> None:
    """What was written can take the place of ours."""
    assert main(["schemas", "--write", str(tmp_path / "all")]) == 0
    assert set(schema_folder.read(tmp_path / "all").entries) == set(schemas.namespaces(WORDING).values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["schemas", "Weather"], "there is no noun 'Weather'"),
        (["schemas", "--dialect", "klingon"], "there is no dialect 'klingon'"),
        (["schemas", "--schemas", "absent"], "absent: is no folder"),
        (["schemas", "--write", "/dev/null/x"], "cannot write into /dev/null/x"),
        (["check", "--schemas", "absent", "pyproject.toml"], "absent: is no folder"),
        (["run", "--schemas", "absent"], "is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad usage, exit code 64."""
    assert main(arguments) == 64
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_judges_by_the_folder_and_says_so(tmp_path: Path, licensed: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In the lines, on the last line, and for each message in JSON; also where several processes judge."""
    for name, text in (("controls.xml", CONTROLS), ("groups.xml", GROUPS)):
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("controls.xml", "groups.xml")]

    assert main(["check", *files, "--jobs", jobs]) == 0
    assert "schemas: EndDeviceGroups (derived)" in capsys.readouterr().err
    assert main(["check", *files, "--jobs", jobs, "--schemas", str(licensed), "--format", "json"]) == 1
    captured = capsys.readouterr()
    told = [each["schemas"] for each in json.loads(captured.out)["files"]]
    assert told == [
        [{"element": "EndDeviceControls", "origin": "folder", "file": "controls.xsd"}],
        [{"element": "EndDeviceGroups", "origin": "derived", "file": "EndDeviceGroups.xsd"}],
    ]
    assert "(schema controls.xsd of the folder)" in captured.out
    assert "schemas: EndDeviceControls (controls.xsd), EndDeviceGroups (derived)" in captured.err
