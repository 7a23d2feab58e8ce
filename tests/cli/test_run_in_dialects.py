"""`metergate run` in every other dialect: the most important scenarios pass, whatever the wrapping."""

import json
from pathlib import Path

import pytest

from cli.__main__ import main

pytestmark = pytest.mark.slow

LANDSCAPES = {
    "2011-draft": '[environment]\ndialect = "2011-draft"\n',
    "2017, strict": '[environment]\ndialect = "2017+uuid-ids+listed+more-verbs"\n',
    "generic": '[environment]\ndialect = "generic"\n',
    "each its own": '[environment]\ndialect = "2017"\n[systems.hes]\ndialect = "2011"\n[systems.mdms]\ndialect = "generic"\n',
}


@pytest.mark.parametrize("spoken", LANDSCAPES)
def test_smoke_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str], spoken: str) -> None:
    """Stand-ins, tester, a client made from the WSDL and the judge understand each other."""
    file = tmp_path / "landscape.toml"
    file.write_text(LANDSCAPES[spoken])

    code = main(["run", "--tags", "@smoke", "--env", str(file), "--runs", str(tmp_path / "runs"), "--no-progress"])

    assert code == 0, capsys.readouterr().out
    (record,) = (tmp_path / "runs").glob("*/record.ndjson")
    said = [json.loads(line) for line in record.read_text().splitlines()]
    assert sum(line["type"] == "message" for line in said) > 100
