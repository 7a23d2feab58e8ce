"""Tiny features, run by pytest in a process of its own, with what goes wrong in each way that there is."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.record import FILE_NAME

ROOT = Path(__file__).parent.parent.parent

CONFTEST = """
import os
import signal
import threading
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from ami.errors import InconclusiveError, NotTestedError, UnreachableError
from harness import pytest_plugin

pytest_plugins = ("harness.pytest_plugin", "steps.days")
pytest_plugin.FEATURES = Path(__file__).parent / "features"

RAISED = {
    "a wrong answer": AssertionError("the answer is 41"),
    "a meter that nobody can press": NotTestedError("nobody is there"),
    "too little data": InconclusiveError("three readings are too few"),
    "a mistake of ours": KeyError("oops"),
    "a dead system": UnreachableError("mdms does not answer"),
}


@pytest.fixture
def broken_before():
    raise AssertionError("set up")


@pytest.fixture
def broken_after():
    yield
    raise AssertionError("taken down")


@pytest.fixture
def gives_up_after():
    yield
    raise NotTestedError("afterwards")


@given("a day")
def a_day(utility):
    pass


@when(parsers.parse("there is {what}"))
def there_is(what):
    raise RAISED[what]


@when("nobody ever answers")
def nobody_answers():
    threading.Event().wait()


@when(parsers.parse("the process is killed by signal {number:d}"))
def killed(number):
    if number == signal.SIGINT:
        # A shell's background jobs begin with Ctrl-C ignored.
        signal.signal(number, signal.default_int_handler)
    os.kill(os.getpid(), number)


@when("it is skipped")
def it_is_skipped():
    pytest.skip("not today")


@when("somebody presses control C")
def control_c():
    raise KeyboardInterrupt


@when("what it needs cannot be had")
def needs(broken_before):
    pass


@when("something breaks afterwards")
def breaks_after(broken_after):
    pass


@when("something gives up afterwards")
def gives_up(gives_up_after):
    pass


@when("rubbish crosses a wire")
def rubbish(utility):
    utility.landscape.post("mdms", b"rubbish", "x", utility.landscape.authorization("tester"))


@then("all is well")
def all_is_well():
    pass
"""

OUTCOMES = """
Feature: Outcomes

  Scenario: Passed
    Given a day
    Then all is well

  Scenario: Failed
    Given a day
    When there is a wrong answer
    Then all is well

  Scenario: Undefined
    Given a day
    When nobody has said what this means
    Then all is well

  Scenario: Not tested
    Given a day
    When there is a meter that nobody can press
    Then all is well

  Scenario: Skipped
    Given a day
    When it is skipped

  Scenario: Inconclusive
    Given a day
    When there is too little data

  Scenario: Mistake
    Given a day
    When there is a mistake of ours

  Scenario: Unreachable
    Given a day
    When there is a dead system

  Scenario: Broken before
    Given a day
    When what it needs cannot be had

  Scenario: Broken after
    Given a day
    When something breaks afterwards
    Then all is well

  Scenario: Failed and gives up after
    Given a day
    When something gives up afterwards
    And there is a wrong answer

  Scenario: Non-conforming
    Given a day
    When rubbish crosses a wire
    Then all is well

  Scenario: Non-conforming and not tested
    Given a day
    When rubbish crosses a wire
    And there is a meter that nobody can press

  Scenario: Non-conforming and skipped
    Given a day
    When rubbish crosses a wire
    And it is skipped

  Scenario Outline: Row with <what>
    Given a day
    When there is <what>

    Examples:
      | what            |
      | a wrong answer  |
      | too little data |
"""


@dataclass(frozen=True)
class Ended:
    """A run that has ended, in its folder."""

    folder: Path
    exit_code: int
    printed: str

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The record."""
        return [json.loads(line) for line in (self.folder / "run" / FILE_NAME).read_text("utf-8").split("\n") if line]

    def of(self, kind: str, scenario: str = "") -> list[dict[str, Any]]:
        """The lines of a kind, of all scenarios or of one."""
        wanted = f"fat/outcomes::{scenario}" if scenario else ""
        return [line for line in self.lines if line["type"] == kind and line.get("scenario", "").startswith(wanted)]


def run(folder: Path, *options: str, **features: str) -> Ended:
    """Run some features, each by its phase."""
    (folder / "pyproject.toml").write_text('[project]\nname = "tiny"\nversion = "9.9"\n', "utf-8")
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    for phase, text in features.items():
        (folder / "features" / phase).mkdir(parents=True)
        (folder / "features" / phase / "outcomes.feature").write_text(text, "utf-8")
    (folder / "features" / "test_scenarios.py").write_text('from pytest_bdd import scenarios\n\nscenarios(".")\n', "utf-8")
    arguments = [sys.executable, "-m", "pytest", "features", "--ami-run", "run", "--junitxml", "pytest.xml"]
    quiet = ["-p", "no:locust", "-p", "no:cacheprovider", "-p", "no:allure_pytest", "--import-mode=importlib"]
    ended = subprocess.run(
        [*arguments, *quiet, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Ended(folder, ended.returncode, ended.stdout + ended.stderr)
