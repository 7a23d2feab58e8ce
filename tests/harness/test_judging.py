"""The judge of a landscape: a folder of schemas that the environment or the command line names takes the place of ours."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ami import schemas
from ami.dialect import dialect
from ami.errors import ConfigurationError
from ami.names import Wire
from conformance import example
from conformance.capture import Capture
from harness.environment import Environment, load
from harness.judging import WireJudge

WIRE = Wire("hes", "mdms")


def written(folder: Path) -> Path:
    """An environment file that names a folder beside it, whose MeterReadings have to hold a reading type."""
    text = schemas.documents(dialect("2011"))["MeterReadings.xsd"]
    (folder / "ours").mkdir()
    optional = '<xs:element name="ReadingType" type="this:ReadingType" minOccurs="0"'
    strict = text.replace(optional, optional.removesuffix(' minOccurs="0"'), 1)
    (folder / "ours" / "readings.xsd").write_text(strict, "utf-8")
    path = folder / "landscape.toml"
    path.write_text('[environment]\nschemas = "ours"\n', "utf-8")
    return path


def found(environment: Environment) -> list[str]:
    """What the schemas have against a message that is right by ours."""
    capture = Capture(example.captures("<MessageID>m</MessageID>")[0].body, datetime(2026, 3, 1, 1, 0, 11, tzinfo=UTC), WIRE)
    return [finding.expected for finding in WireJudge(environment).message(capture).findings if finding.rule_id == "XS-01"]


def test_folder_of_the_environment_stands_beside_its_file(tmp_path: Path) -> None:
    """Its schemas judge what crosses the wires."""
    assert found(load(None)) == []
    assert [expected.endswith("(schema readings.xsd of the folder)") for expected in found(load(written(tmp_path)))] == [True]


def test_folder_of_the_command_line_goes_before_it(tmp_path: Path) -> None:
    """A folder that is not there is refused at once."""
    with pytest.raises(ConfigurationError, match="elsewhere: is no folder"):
        WireJudge(load(written(tmp_path)).judged_by(tmp_path / "elsewhere"))
