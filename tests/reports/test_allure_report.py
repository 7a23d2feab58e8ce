"""What Allure 3 makes of our results."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from reports import forms
from reports.run import read
from tests.reports.telling import whole

COMMAND = Path(__file__).parents[1] / "node" / "node_modules" / ".bin" / "allure"
STATUS = {"passed": "passed", "failed": "failed", "error": "broken", "not tested": "skipped", "inconclusive": "unknown"}


@pytest.mark.skipif(not COMMAND.exists(), reason="Allure 3 is not installed: npm ci in tests/node")
def test_allure_renders_every_scenario_with_its_history(tmp_path: Path) -> None:
    """Twice, so that the second report knows the first run."""
    run = read(whole(tmp_path / "run").path)
    [results] = forms.write(tmp_path / "run", ["allure"])
    (tmp_path / "allurerc.json").write_text(json.dumps({"name": "MeterGate", "output": "report", "historyPath": "history.jsonl"}), "utf-8")

    for _ in range(2):
        ended = subprocess.run(
            [str(COMMAND), "generate", str(results), "--config", "allurerc.json"],
            cwd=tmp_path,
            env={**os.environ, "CI": "1"},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr

    shown = json.loads(next((tmp_path / "report").rglob("test-results.json")).read_text("utf-8"))["byId"].values()
    assert Counter(each["status"] for each in shown) == Counter(STATUS[scenario.outcome] for scenario in run.scenarios)
    assert (tmp_path / "history.jsonl").read_bytes().count(b"\n") == 2
