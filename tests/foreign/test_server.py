"""A foreign server in the place of the MDMS: a run tests it from outside, passes the good one, and says what is wrong with a broken one."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ami import names
from cli.__main__ import main
from tests.foreign.stage import NODE_MODULES, Program, documents
from transports.http_server import HttpServers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None or not (NODE_MODULES / "soap").is_dir(), reason="needs Node and npm soap: npm ci --prefix tests/node"
    ),
]

KNOWN = (*names.SYSTEMS, names.TESTER)
LONGEST_S = 180.0


@pytest.fixture(autouse=True)
def passwords(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Of everybody who may speak to it, in the environment variables that the landscape's file names."""
    made = {name: f"password of {name}" for name in KNOWN}
    for name, password in made.items():
        monkeypatch.setenv(f"FOREIGN_{name.upper()}", password)
    return made


@contextmanager
def foreign_mdms(folder: Path, servers: HttpServers, dialect: str, flaw: str = "") -> Iterator[Path]:
    """An MDMS made with npm `soap`: the file of a landscape in which it stands. flaw: what it does wrong."""
    wsdl = servers.serve(documents(names.MDMS, dialect, "http://mdms.test/soap")) + "/?wsdl"
    secrets = {"SOAP_PASSWORDS": json.dumps({name: f"password of {name}" for name in KNOWN})}
    with Program(["node", "tests/foreign/soap_server.js", wsdl, "0", flaw], secrets, LONGEST_S) as mdms:
        elsewhere = f'run = "elsewhere"\npatience_s = 0\naddress = "{mdms.line()["address"]}"\n'
        systems = [
            f'[systems.{name}]\npassword = "FOREIGN_{name.upper()}"\n{elsewhere if name == names.MDMS else ""}' for name in names.SYSTEMS
        ]
        file = folder / "landscape.toml"
        file.write_text(
            f'[environment]\ndialect = "{dialect}"\nclock = "real"\ntester_password = "FOREIGN_TESTER"\n{"".join(systems)}', "utf-8"
        )
        yield file


def run(file: Path, scenario: str) -> int:
    """The exit code of a run of the scenarios with that text in their name."""
    return main(["run", "--env", str(file), "--scenario", scenario, "--runs", str(file.parent / "runs"), "--no-progress"])


def findings(folder: Path) -> set[tuple[str, str, str]]:
    """(rule, sender, severity) of all that the run has against messages."""
    (record,) = (folder / "runs").glob("*/record.ndjson")
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    return {(line["rule"], line["sender"], line["severity"]) for line in lines if line["type"] == "finding"}


def test_good_server_passes(tmp_path: Path, servers: HttpServers, dialect: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A day of readings is delivered to it, and neither side has anything against the other's messages."""
    with foreign_mdms(tmp_path, servers, dialect) as file:
        assert run(file, "a full day") == 0, capsys.readouterr().out
    assert findings(tmp_path) == set()


@pytest.mark.parametrize(("dialect", "flaw", "rule"), [("2011", "namespace", "XS-01"), ("generic", "correlation", "CV-02")])
def test_broken_server_fails_and_is_named(
    tmp_path: Path, servers: HttpServers, flaw: str, rule: str, dialect: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `soap` gets wrong by itself, and what a careless hand gets wrong: the same scenario fails, and the MDMS alone is blamed."""
    with foreign_mdms(tmp_path, servers, dialect, flaw) as file:
        assert run(file, "a full day") == 1
    # Who gets no answer that it can read may send its message again, and is not blamed for it.
    assert findings(tmp_path) == {(rule, names.MDMS, "error")}
    assert "meter data management (system under test)" in capsys.readouterr().out


def test_its_wsdl_offers_what_an_mdms_must_offer(tmp_path: Path, servers: HttpServers, capsys: pytest.CaptureFixture[str]) -> None:
    """As a client of another toolkit reads it, through the wiretap."""
    with foreign_mdms(tmp_path, servers, "2011") as file:
        assert run(file, "offers") == 0, capsys.readouterr().out
