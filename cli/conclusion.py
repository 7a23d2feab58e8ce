"""The end of a run: whether its record is whole, what it came to, and its report in every form."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from ami.errors import ConfigurationError, HarnessError, UnreachableError
from ami.outcomes import EXIT_CODES, Outcome
from cli import summary
from cli.execution import Ending, last_words, usage_error
from cli.places import shown
from cli.run_folder import PYTEST_LOG, PYTEST_XML, RECORD
from conformance.profile import UNCHANGED, Profile
from harness import faults
from harness.options import NOT_THERE
from reports import forms, integrity
from reports.history.facts import facts
from reports.history.store import History
from reports.run import Run, read
from reports.site.past import PastRun
from reports.verdict import Verdict, verdict

PYTEST_ENDS = (0, 1, 5)
"""The exit codes of pytest that tell of scenarios: all passed, some did not, there were none. Any other is a crash."""


PYTEST_USAGE = 4
"""How pytest ends where the configuration does not let the run start, and where it cannot read our own files."""


def conclude(folder: Path, ending: Ending, console: Console, history: History | None = None, weighing: Profile = UNCHANGED) -> int:
    """Say what the run in `folder` came to, write its report, and give its exit code.

    history: where the runs before it are, and where it is kept. weighing: the profile that changed the severity of rules. Raises
    HarnessError where nothing is recorded.
    """
    record = folder / RECORD
    unusable = usage_error(folder / PYTEST_LOG) if ending.code == PYTEST_USAGE else None
    if unusable is not None and unusable.startswith(NOT_THERE):
        raise UnreachableError(unusable.removeprefix(NOT_THERE))
    if unusable is not None:
        raise ConfigurationError(unusable)
    if not record.is_file():
        if ending.interrupted:
            raise HarnessError("interrupted before the first scenario: nothing is recorded")
        console.print(last_words(folder / PYTEST_LOG), markup=False, highlight=False, soft_wrap=True)
        raise HarnessError(f"the run ended ({_said(ending.code)}) before it recorded anything; its output is {shown(folder / PYTEST_LOG)}")
    run = read(record)
    xml = folder / PYTEST_XML
    ours = [*_of_the_process(run, ending, xml)]
    came_to = verdict(run, [*integrity.complaints(run, xml if xml.is_file() else None), *ours])
    if ending.code not in PYTEST_ENDS and not ending.interrupted:
        console.print(last_words(folder / PYTEST_LOG), markup=False, highlight=False, soft_wrap=True)
    past = _looked_back(run, came_to, history, console)
    forms.write(folder, also=ours, past=past)
    summary.show(console, run, came_to)
    used: Counter[str] = Counter()
    for scenario in run.scenarios:
        used.update({override.rule: override.fired for override in scenario.overrides})
    for line in weighing.told_of_use(used):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if ending.interrupted:
        console.print(
            f"Interrupted: the report has what was done until then: {shown(folder / 'report.html')}", highlight=False, soft_wrap=True
        )
        return EXIT_CODES[Outcome.ERROR]
    console.print(f"Report: {shown(folder / 'report.html')}", highlight=False, soft_wrap=True)
    return came_to.exit_code


def _looked_back(run: Run, came_to: Verdict, history: History | None, console: Console) -> Sequence[PastRun]:
    """The runs before this one, which is kept among them; a history that fails takes nothing away from a run."""
    if history is None:
        return ()
    try:
        earlier = history.runs(environment=run.started.name, before=run.started.at)
        history.keep(facts(run, came_to.outcome))
    except UnreachableError as error:
        console.print(f"The run is not kept: {error}", markup=False, highlight=False, soft_wrap=True)
        return ()
    return [each.as_past() for each in earlier]


def _of_the_process(run: Run, ending: Ending, xml: Path) -> Iterator[str]:
    """What the way in which pytest ended says against the record."""
    if ending.interrupted:
        return
    if ending.code not in PYTEST_ENDS:
        yield f"The process of the run ended with {_said(ending.code)}."
    elif run.finished is not None and run.finished.exit_code != ending.code:
        yield f"The process of the run ended with {_said(ending.code)}, the record says {run.finished.exit_code}."
    if not xml.is_file():
        yield "pytest left no results of its own to compare with."
    used = {message.wire for scenario in run.scenarios for message in scenario.messages}
    for wire in _faulty(run.started.arguments):
        if wire not in used:
            yield f"The fault on {wire} had nothing to act on: no message of these scenarios crosses that wire."


def _faulty(arguments: Sequence[str]) -> Iterator[str]:
    """The wires that were to misbehave in a run that was started with these arguments."""
    for argument in arguments:
        option, _, value = argument.partition("=")
        if option == "--ami-fault":
            yield str(faults.parse(value)[0])


def _said(code: int | None) -> str:
    if code is None:
        return "no exit code"
    return f"exit code {code}" if code >= 0 else f"signal {-code}"
