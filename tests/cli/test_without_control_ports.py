"""A system that nobody can look into, as a real one: what remains possible is what the tags say, and it passes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.possible_list import needs_of
from tests.harness.up_process import HOUSE, free_port, standing

PASSWORDS = {f"PASSWORD_{name}": f"secret of {name}" for name in ("HES", "MDMS", "CIS", "OMS", "TESTER")}
LONGEST_S = 300
QUICK = "not @performance and not @long"
SHORT = "(@sat or @interoperability or @regression or (@security and @smoke)) and not @long"
"""A few of each kind: with another system real, or by the other clock, it is the same machinery."""


def files(folder: Path, system: str, clock: str) -> tuple[Path, Path]:
    """The environment as `up` and as a run sees it: two files, for a real system has none of ours."""
    tap, own = free_port(), free_port()
    others = "".join(
        f'[systems.{name}]\npassword = "PASSWORD_{name.upper()}"\n' for name in ("hes", "mdms", "cis", "oms") if name != system
    )
    head = f'[environment]\nclock = "{clock}"\nlisten = "http://127.0.0.1:{tap}"\ntester_password = "PASSWORD_TESTER"\n{others}'
    table = f'[systems.{system}]\npassword = "PASSWORD_{system.upper()}"\naddress = "http://127.0.0.1:{own}"\n'
    up, run = folder / "up.toml", folder / "run.toml"
    up.write_text(head + table, "utf-8")
    run.write_text(f'{head}{table}run = "elsewhere"\npatience_s = 1.5\n', "utf-8")
    return up, run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "clock", "tags"),
    [("mdms", "real", QUICK), ("mdms", "virtual", SHORT), ("cis", "virtual", SHORT), ("oms", "real", SHORT), ("hes", "virtual", SHORT)],
)
def test_what_remains_possible_passes_and_the_rest_is_what_the_tags_say(system: str, clock: str, tags: str, tmp_path: Path) -> None:
    """Nothing fails for want of a control port, and nothing that is possible is left out."""
    up, run = files(tmp_path, system, clock)
    command = [
        sys.executable,
        "-P",
        "-m",
        "cli",
        "run",
        "--no-progress",
        "--env",
        str(run),
        "--runs",
        str(tmp_path / "runs"),
        "--tags",
        tags,
    ]
    with standing(up, system, **PASSWORDS):
        environ = {**os.environ, **PASSWORDS, "PYTHONPATH": str(HOUSE)}
        ended = subprocess.run(command, cwd=HOUSE, env=environ, capture_output=True, text=True, timeout=LONGEST_S, check=False)

    (record,) = (tmp_path / "runs").glob("*/record.ndjson")
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    tags_of = {line["scenario"]: line["tags"] for line in lines if line["type"] == "scenario_collected"}
    came_to = {line["scenario"]: line["outcome"] for line in lines if line["type"] == "scenario_finished"}
    needing = {system, "virtual-clock"} if clock == "real" else {system}
    expected = {scenario: "not tested" if needing & needs_of(tags).keys() else "passed" for scenario, tags in tags_of.items()}
    assert came_to == expected, ended.stdout
