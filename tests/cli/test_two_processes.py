"""Any system in a process of its own: the same scenarios come to the same, over the same messages, as all in one process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.harness.up_process import HOUSE, elsewhere, standing

QUICK = "not @performance and not @long"
"""All phases but the crowds, whose messages come in no order; what takes more than a second is left out."""

LONGEST_S = 120
KEY = "key"


class Told(NamedTuple):
    """What a scenario came to, and what crossed its wires: wire, leg, verb, noun and status of each message."""

    outcome: str
    reason: str | None
    messages: tuple[tuple[Any, ...], ...]


def started(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A run that has come to its end. variables: of its environment."""
    command = [sys.executable, "-P", "-m", "cli", "run", "--no-progress", "--seed", "7", "--runs", str(folder), *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("METERGATE_")}
    environ = {**inherited, "PYTHONPATH": str(HOUSE), **variables}
    return subprocess.run(command, cwd=HOUSE, env=environ, capture_output=True, text=True, timeout=LONGEST_S, check=False)


def run(folder: Path, *arguments: str, **variables: str) -> dict[str, Told]:
    """What a run came to, scenario by scenario."""
    ended = started(folder, "--tags", QUICK, *arguments, **variables)
    (record,) = folder.glob("*/record.ndjson")
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    heard: dict[str, list[tuple[Any, ...]]] = {}
    for line in lines:
        if line["type"] == "message":
            heard.setdefault(line["scenario"], []).append(tuple(line[key] for key in ("wire", "leg", "verb", "noun", "status")))
    told = {
        line["scenario"]: Told(line["outcome"], line["reason"], tuple(heard.get(line["scenario"], ())))
        for line in lines
        if line["type"] == "scenario_finished"
    }
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return told


@pytest.fixture(scope="module")
def in_one(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """All systems in one process."""
    return run(tmp_path_factory.mktemp("one"))


@pytest.mark.slow
@pytest.mark.parametrize("system", ["hes", "mdms", "cis"])
def test_a_system_in_another_process_changes_nothing(system: str, in_one: dict[str, Told], tmp_path: Path) -> None:
    """Every scenario passes as it did, and says the same on every wire."""
    env = elsewhere(tmp_path, system)
    token = {f"METERGATE_{system.upper()}_CONTROL_TOKEN": KEY}
    with standing(env, system, **token):
        in_two = run(tmp_path / "runs", "--env", str(env), **token)

    assert len(in_two) > 70
    assert {told.outcome for told in in_two.values()} == {"passed"}
    assert in_two == in_one


def test_dead_system_is_an_error_of_the_environment_in_one_line(tmp_path: Path) -> None:
    """Exit code 3: nothing is said about any system, and nobody waits."""
    env = elsewhere(tmp_path, "mdms")
    ended = started(tmp_path / "runs", "--env", str(env))

    assert ended.returncode == 3
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("metergate: mdms: address: meter data management is not there: http://127.0.0.1:")


def test_wrong_token_is_bad_usage_in_one_line(tmp_path: Path) -> None:
    """And the line names the variable."""
    env = elsewhere(tmp_path, "oms")
    with standing(env, "oms", METERGATE_OMS_CONTROL_TOKEN=KEY):
        ended = started(tmp_path / "runs", "--env", str(env), METERGATE_OMS_CONTROL_TOKEN=f"not {KEY}")

    assert (ended.returncode, ended.stderr.count("\n")) == (64, 1)
    assert "METERGATE_OMS_CONTROL_TOKEN" in ended.stderr


def test_readings_and_faults_reach_a_head_end_in_another_process(tmp_path: Path) -> None:
    """Its meters live by the file of the run, and a fault on its wire is found there."""
    env = elsewhere(tmp_path, "hes")
    readings = tmp_path / "readings.csv"
    starts = [f"2026-01-01T{hour:02}:{minute:02}:00Z" for hour in range(24) for minute in (0, 15, 30, 45)]
    readings.write_text("start,value\n" + "".join(f"{start},0.125\n" for start in starts), "utf-8")
    options = ("--env", str(env), "--readings", str(readings), "--scenario", "a full day", "--fault", "hes->mdms=drop-interval")
    with standing(env, "hes", METERGATE_HES_CONTROL_TOKEN=KEY):
        ended = started(tmp_path / "runs", *options, METERGATE_HES_CONTROL_TOKEN=KEY)

    assert ended.returncode == 1, ended.stderr
    assert "on the wire hes->mdms: 95 of 96 intervals of M-1 were delivered as measured" in ended.stdout
