"""Scenarios told side by side: each worker of pytest-xdist writes a record of its own, and one process makes one of them.

A worker's lines are taken over scenario by scenario, as each of them ends, so that the record grows while the run goes on. What a
worker that died had written of its last scenario is taken over too: the scenario then has no end, and the run is not whole.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ami.ports import Json
from harness import masking_of_run
from harness.options import Options
from harness.provenance import provenance
from harness.record import Record

Line = dict[str, Json]

OF_COLLECTION = frozenset({"readings_read", "scenario_collected", "feature_read", "collection_finished"})
"""What every worker writes and the one record has once."""


class Worker(NamedTuple):
    """One of the processes that tell scenarios. number: from 0 on; of: how many there are; run_key: of the mask that all share."""

    name: str
    number: int
    of: int
    run_key: bytes = b""

    @property
    def file_name(self) -> str:
        """Where it writes what it does."""
        return f"record.{self.name}.ndjson"


def worker(config: pytest.Config) -> Worker | None:
    """The worker that this process is; None where it is none."""
    told: dict[str, Any] | None = getattr(config, "workerinput", None)
    if told is None:
        return None
    return Worker(told["workerid"], int(told["workerid"].removeprefix("gw")), told["workercount"], told["ami_run_key"])


def leads_workers(config: pytest.Config) -> bool:
    """Whether this process has workers that tell the scenarios."""
    return bool(getattr(config.option, "tx", None)) and config.getoption("dist", "no") != "no" and worker(config) is None


def counted(config: pytest.Config) -> dict[str, Json]:
    """What pytest itself counted."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    stats: dict[str, list[object]] = reporter.stats if reporter is not None else {}
    return {word: len(stats.get(word, [])) for word in ("passed", "failed", "error", "skipped")}


class Merger:
    """The process that leads: it tells no scenario, and writes the one record."""

    def __init__(self, config: pytest.Config, chosen: Options) -> None:
        self._config = config
        self._options = chosen
        self._mask = masking_of_run.mask(chosen.environment)
        self._record = Record(chosen.folder, mask=self._mask)
        self._parts: dict[str, _Part] = {}
        self._is_collected = False
        self._interrupted = False

    def pytest_sessionstart(self) -> None:
        """Open the record."""
        self._record.__enter__()
        arguments, jobs = self._config.invocation_params.args, len(self._config.option.tx)
        self._record.write("run_started", **provenance(self._options, list(map(str, arguments)), self._record.sealed, self._mask.how, jobs))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Let all workers make the same tokens."""
        node.workerinput["ami_run_key"] = self._mask.run_key

    def pytest_xdist_node_collection_finished(self, node: Any) -> None:
        """Take over what the first of the workers collected; the others have to collect the same, and pytest-xdist sees to it."""
        for line in self._part(node).lines(until="collection_finished"):
            self._take(line)
        self._is_collected = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take over a scenario that has ended."""
        if report.when == "teardown":
            for line in self._part(report.node).lines(until="scenario_finished"):
                self._take(line)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker wrote last: nothing more, unless it died."""
        self._take_rest(self._part(node))

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that somebody stopped the run."""
        self._interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Close the record with what pytest itself counted; the workers' own are all in it now."""
        for part in self._parts.values():
            self._take_rest(part)
        self._record.write("run_finished", interrupted=self._interrupted, exit_code=int(exitstatus), counted=counted(self._config))
        self._record.__exit__()
        for part in self._parts.values():
            part.remove()

    def _part(self, node: Any) -> "_Part":
        name: str = node.gateway.id
        if name not in self._parts:
            self._parts[name] = _Part(self._options.folder / Worker(name, 0, 0).file_name)
        return self._parts[name]

    def _take_rest(self, part: "_Part") -> None:
        """Take over what is left of a part; before there is a whole collection nothing can be of use."""
        if self._is_collected:
            for line in part.lines():
                self._take(line)

    def _take(self, line: Line) -> None:
        if self._is_collected and line["type"] in OF_COLLECTION:
            return
        fields = {key: value for key, value in line.items() if key not in ("type", "number", "at", "seal")}
        self._record.append(line["type"], line["at"], fields)


class _Part:
    """The record of one worker, read as far as it has been taken over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0

    def lines(self, until: str = "") -> Iterator[Line]:
        """The whole lines that have not been read yet, up to the first of the type `until`."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._offset)
            for raw in file:
                if not raw.endswith(b"\n"):
                    return  # a worker that died while it wrote
                self._offset += len(raw)
                line: Line = json.loads(raw)
                yield line
                if line["type"] == until:
                    return

    def remove(self) -> None:
        """Its lines stand in the one record."""
        self._path.unlink(missing_ok=True)
