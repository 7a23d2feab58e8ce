"""The hooks by which pytest writes the record: what was collected, what each step did, and what each scenario came to."""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Feature, Step
from pytest_bdd.parser import Scenario as RenderedScenario

from ami.errors import ConfigurationError, HarnessError, InconclusiveError, NotTestedError, UnreachableError
from ami.outcomes import Outcome
from harness import attribution, collecting, masking_of_run, options, readings, verdicts, weighing
from harness.judging import WireJudge
from harness.landscape import Landscape
from harness.options import NOT_THERE, Options
from harness.provenance import provenance
from harness.record import FILE_NAME, Record
from harness.selection import Scenario, months_of
from harness.side_by_side import Merger, Worker, counted, leads_workers, worker
from harness.story import NonConformingError, Story
from harness.terminal import Terminal
from harness.told_steps import ToldSteps

METER_WORDS = frozenset({"meter", "old", "new", "first", "second"})
"""The words of sentences that name a meter."""

FEATURES = Path(__file__).parent.parent / "features"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare our options."""
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Take part only where a run was asked for."""
    if config.getoption("--ami-run"):
        with said_as_usage():
            chosen = options.of(config)
            role = Merger if leads_workers(config) else Recorder
            config.pluginmanager.register(role(config, chosen), "ami-recorder")


def pytest_bdd_apply_tag(tag: str, function: object) -> bool:  # noqa: ARG001 - the signature is pytest-bdd's
    """Keep tags out of pytest's markers: they choose scenarios through `--ami-tags`, and may hold any sign."""
    return True


@contextmanager
def said_as_usage() -> Iterator[None]:
    """Let pytest say in one line what is wrong with our configuration, instead of calling it an internal error."""
    try:
        yield
    except ConfigurationError as error:
        raise pytest.UsageError(str(error)) from None
    except UnreachableError as error:
        raise pytest.UsageError(f"{NOT_THERE}{error}") from None


class Recorder:
    """A run under way: the record, the landscape, and the scenario that is being told."""

    def __init__(self, config: pytest.Config, chosen: Options) -> None:
        self.options = chosen
        self._worker = worker(config)
        self.mask = masking_of_run.mask(chosen.environment, self._worker.run_key if self._worker else None)
        self.record = Record(chosen.folder, self._worker.file_name if self._worker else FILE_NAME, mask=self.mask)
        self._terminal = Terminal(chosen.attended, chosen.attended_limit_s, self.record) if chosen.attended is not None else None
        numbers = _numbers(self._worker)
        self.landscape = Landscape(chosen.environment, chosen.seed, chosen.faults, numbers=numbers, attendant=self._terminal)
        self._steps = ToldSteps(self.record)
        self.judge = WireJudge(chosen.environment)
        self.judge.prepare()
        self.profile = weighing.of(chosen.environment)
        self.story: Story | None = None
        self._config = config
        self._scenarios: dict[str, Scenario] = {}
        self._started_at: dict[str, float] = {}
        self._results: dict[str, tuple[Outcome, BaseException | None, str | None]] = {}
        self._interrupted = False

    # The run

    def pytest_sessionstart(self) -> None:
        """Open the record and start the landscape. Raises UsageError where the configuration does not let it start."""
        with said_as_usage():
            self._start()

    def _start(self) -> None:
        self.record.__enter__()
        if self._worker is None:
            arguments = list(map(str, self._config.invocation_params.args))
            self.record.write("run_started", **provenance(self.options, arguments, self.record.sealed, self.mask.how))
        self.landscape.__enter__()
        for user, password in self.landscape.logins():
            self.mask.learn_login(user, password)
        self.feed, file = readings.feed(self.landscape, self.options.readings)
        self.record.write(
            "readings_read",
            file=str(self.options.readings or readings.SAMPLE),
            profiles=list(self.feed.profiles),
            rows=file.rows,
            kept=file.kept,
            remarks=[str(remark) for remark in file.remarks],
        )

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen scenarios, in the order of the phases, and write down each."""
        with said_as_usage():
            self._choose(items)

    def _choose(self, items: list[pytest.Item]) -> None:
        chosen = collecting.choose(items, self.options, FEATURES)
        kept = {item for item, _ in chosen}
        self._config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item, _ in chosen]
        collecting.write_down(chosen, self.record, self.mask, FEATURES)
        self._scenarios = {item.nodeid: scenario for item, scenario in chosen}

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that somebody stopped the run."""
        self._interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:  # noqa: ARG002 - the signature is pytest's
        """Close the record with what pytest itself counted, and stop the landscape."""
        if self._worker is None:
            self.record.write("run_finished", interrupted=self._interrupted, exit_code=int(exitstatus), counted=counted(self._config))
        self.record.__exit__()
        self.landscape.__exit__()

    # One scenario

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Open the scenario's story; its day is set by its first step."""
        scenario = self._scenarios[item.nodeid]
        self._started_at[item.nodeid] = time.monotonic()
        self._steps.begin(scenario.id)
        if self._terminal is not None:
            self._terminal.scenario = scenario.id
        months = months_of(scenario.tags)
        self.story = Story(self.landscape, self.judge, self.record, scenario.id, profile=self.profile, months=months)

    def pytest_bdd_before_step(self, step: Step) -> None:  # noqa: ARG002 - the signature is pytest-bdd's
        """Note when the step began."""
        self._steps.start()

    def pytest_bdd_before_step_call(self, step_func_args: dict[str, Any]) -> None:
        """Call the sentence's meters what they are called in this landscape."""
        for word in METER_WORDS & step_func_args.keys():
            step_func_args[word] = self.landscape.called(step_func_args[word])

    def pytest_bdd_after_step(self, step: Step) -> None:
        """Write down a step that passed."""
        self._steps.finish(step, "passed", None)

    def pytest_bdd_step_error(self, step: Step, exception: BaseException) -> None:
        """Write down a step that did not."""
        gave_up = isinstance(exception, (NotTestedError, InconclusiveError, pytest.skip.Exception))
        self._steps.finish(step, "skipped" if gave_up else "failed", str(exception) or type(exception).__name__)

    def pytest_bdd_step_func_lookup_error(self, step: Step, exception: BaseException) -> None:
        """Write down a step that nobody has defined."""
        self._steps.start()
        self._steps.finish(step, "undefined", str(exception))

    def pytest_bdd_after_scenario(self, request: pytest.FixtureRequest, feature: Feature, scenario: RenderedScenario) -> None:  # noqa: ARG002 - the signature is pytest-bdd's
        """Write down the steps that were not reached; judge what crossed the wires; fail the scenario where that is wrong."""
        passed = not self._steps.skip_rest(scenario.steps) and self._steps.last_passed
        if self.story is None:
            raise HarnessError("a scenario ended that had not begun")
        self.story.end()
        complaint = self.story.complaint()
        if passed and complaint is not None:
            raise NonConformingError(complaint)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say `not tested` and `inconclusive` to pytest as skipped, and write down what the scenario came to."""
        report = yield
        error = call.excinfo.value if call.excinfo is not None else None
        complaint = self.story.complaint() if self.story is not None and call.when == "call" else None
        outcome = verdicts.outcome(error, call.when, complaint)
        reason = verdicts.reason(error, outcome, complaint)
        if outcome in verdicts.GAVE_UP:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), item.location[1] or 0, f"{outcome.value}: {error}")
        elif report.skipped:
            report.outcome = "failed"
            report.longrepr = reason
        if error is not None and (item.nodeid not in self._results or call.when == "teardown"):
            self._results[item.nodeid] = (outcome, error, reason)
        if call.when == "teardown":
            self._finish(item)
        collecting.mask_report(report, self.mask)
        return report

    def _finish(self, item: pytest.Item) -> None:
        outcome, error, reason = self._results.get(item.nodeid, (Outcome.PASSED, None, None))
        blame = None
        if self.story is not None and outcome is Outcome.FAILED:
            blame = self.story.attribution()
        if outcome is Outcome.ERROR and error is not None:
            blame = attribution.of_error(error)
        self.record.write(
            "scenario_finished",
            scenario=self._scenarios[item.nodeid].id,
            outcome=outcome.value,
            reason=reason,
            attribution=asdict(blame) if blame else None,
            seconds=round(time.monotonic() - self._started_at[item.nodeid], 6),
            messages=self.story.messages if self.story is not None else 0,
            findings=self.story.counted() if self.story is not None else {},
            steps=self._steps.number,
        )
        self.story = None


def _numbers(told_by: Worker | None) -> tuple[int, int]:
    """The number of the first message, and how far apart they are: two workers take the odd and the even ones."""
    return (told_by.number + 1, told_by.of) if told_by else (1, 1)
