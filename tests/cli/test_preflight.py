"""`metergate preflight`, and what a run does first."""

from pathlib import Path

import pytest

from ami.errors import ConfigurationError, UnreachableError
from cli import preflight
from harness import environment
from tests.harness.up_process import free_port


def two_things_wrong(folder: Path) -> Path:
    """An environment file with a system that is not there and another whose name nobody knows."""
    file = folder / "landscape.toml"
    file.write_text(
        '[environment]\nlisten = "http://0.0.0.0:0"\n'
        f'[systems.mdms]\nrun = "elsewhere"\naddress = "http://127.0.0.1:{free_port()}"\n'
        '[systems.oms]\nrun = "elsewhere"\naddress = "http://oms.invalid"\n'
    )
    return file


def test_landscape_of_stand_ins_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to check."""
    assert preflight.command() == 0
    assert capsys.readouterr().err == "0 checked: 0 fine, 0 doubtful, 0 wrong\n"


def test_each_wrong_thing_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the exit code is that of an error: nothing is said about the systems."""
    assert preflight.command(two_things_wrong(tmp_path)) == 3
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("wrong")] == [["wrong", "mdms", "address"], ["wrong", "oms", "address"]]
    assert said.err.endswith(" 0 doubtful, 2 wrong\n")


def test_run_does_not_start_where_something_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first is the reason, the others are said before."""
    with pytest.raises(UnreachableError, match="mdms: address: meter data management is not there"):
        preflight.ensure(environment.load(two_things_wrong(tmp_path)))
    assert "oms.invalid" in capsys.readouterr().err


def test_whose_it_is_decides_what_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration that cannot be used is no fault of the environment."""
    monkeypatch.delenv("T_NONE", raising=False)
    file = tmp_path / "landscape.toml"
    file.write_text('[systems.hes]\npassword = "T_NONE"\n')
    with pytest.raises(ConfigurationError, match="T_NONE"):
        preflight.ensure(environment.load(file))
