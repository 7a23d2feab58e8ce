"""The folder of one run: made under a readable name, found again by path or name."""

import re
from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from cli import run_folder


def test_name_tells_time_and_seed(tmp_path: Path) -> None:
    """It sorts by time and says what to repeat it with."""
    assert re.fullmatch(r"\d{8}T\d{6}Z-7", run_folder.make(tmp_path / "runs", 7).name)


def test_two_runs_of_one_second_have_two_folders(tmp_path: Path) -> None:
    """No run overwrites another."""
    assert len({run_folder.make(tmp_path, 7) for _ in range(3)}) == 3


def test_place_that_is_no_folder_is_bad_usage(tmp_path: Path) -> None:
    """One line says what to name instead."""
    (tmp_path / "runs").touch()

    with pytest.raises(ConfigurationError, match="--runs"):
        run_folder.make(tmp_path / "runs", 7)


def test_found_by_path_by_name_and_as_the_latest(tmp_path: Path) -> None:
    """However the user names it, it is the same run."""
    for name in ("20260301T000000Z-1", "20260302T000000Z-1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "record.ndjson").touch()
    newest = tmp_path / "20260302T000000Z-1"

    assert run_folder.find(str(newest), tmp_path) == run_folder.find(newest.name, tmp_path) == run_folder.find("latest", tmp_path) == newest


@pytest.mark.parametrize("named", ["latest", "no such run"])
def test_run_that_there_is_not_is_bad_usage(tmp_path: Path, named: str) -> None:
    """One line says that there is none."""
    with pytest.raises(ConfigurationError, match="run"):
        run_folder.find(named, tmp_path)
