"""Small records of runs, as a run writes them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AT = "2026-03-01T12:00:00.000+00:00"
WORDS = {"passed": "passed", "failed": "failed", "error": "failed", "inconclusive": "skipped", "not tested": "skipped"}

Write = Callable[..., Path]


def scenario_lines(scenario: str, outcome: str, reason: str | None, attribution: dict[str, Any] | None) -> list[dict[str, Any]]:
    """One scenario of one step, after its collection."""
    step = {"passed": "passed", "failed": "failed", "error": "failed"}.get(outcome, "skipped")
    return [
        {"type": "scenario_started", "scenario": scenario, "virtual_at": AT},
        {
            "type": "step_finished",
            "scenario": scenario,
            "keyword": "When",
            "text": "the day's readings are collected",
            "line": 4,
            "outcome": step,
            "seconds": 0.1,
            "error": None,
        },
        {
            "type": "scenario_finished",
            "scenario": scenario,
            "outcome": outcome,
            "reason": reason,
            "attribution": attribution,
            "seconds": 0.2,
            "messages": 0,
            "findings": {},
        },
    ]


def collected(scenario: str) -> dict[str, Any]:
    """The line of a scenario that the run set out to execute."""
    phase, _, rest = scenario.partition("/")
    file, _, name = rest.partition("::")
    return {
        "type": "scenario_collected",
        "scenario": scenario,
        "phase": phase,
        "feature": file,
        "feature_file": f"features/{phase}/{file}.feature",
        "line": 3,
        "rule": None,
        "name": name,
        "tags": [phase],
        "row": None,
        "description": "",
    }


@pytest.fixture
def write_record(tmp_path: Path) -> Write:
    """Writes the record of a run in which each scenario of a phase came to what is said of it."""

    def write(
        outcomes: dict[str, str],
        *,
        reason: str | None = None,
        attribution: dict[str, Any] | None = None,
        interrupted: bool = False,
        ended: bool = True,
        exit_code: int | None = None,
    ) -> Path:
        started = {
            "type": "run_started",
            "run": tmp_path.name,
            "product": "MeterGate",
            "version": "0",
            "seed": 7,
            "dialect": "2011",
            "clock": "virtual",
            "environment": {"hes": {"address": None, "simulated": True}},
            "versions": {"python": "3.11"},
            "commit": None,
            "arguments": [],
        }
        lines = [started, *map(collected, outcomes), {"type": "collection_finished", "scenarios": len(outcomes)}]
        for scenario, outcome in outcomes.items():
            why = None if outcome == "passed" else reason
            lines += scenario_lines(scenario, outcome, why, attribution if outcome == "failed" else None)
        if ended:
            counted = {word: sum(WORDS[outcome] == word for outcome in outcomes.values()) for word in ("passed", "failed", "skipped")}
            code = int(counted["failed"] > 0) if outcomes else 5
            finished = {"interrupted": interrupted, "exit_code": code if exit_code is None else exit_code, "counted": counted}
            lines.append({"type": "run_finished", **finished})
        record = tmp_path / "record.ndjson"
        record.write_text("".join(json.dumps({"number": number, "at": AT, **line}) + "\n" for number, line in enumerate(lines, 1)))
        return tmp_path

    return write
