"""Sentences about the time: the day of the story, and how it passes."""

from datetime import date

import pytest
from pytest_bdd import given, parsers, when

from harness.pytest_plugin import Recorder
from harness.utility import Utility
from steps.words import clock_time


@pytest.fixture
def utility(request: pytest.FixtureRequest) -> Utility:
    """The utility of this scenario, at midnight of a default day until a sentence names another."""
    recorder = request.config.pluginmanager.get_plugin("ami-recorder")
    if not isinstance(recorder, Recorder) or recorder.story is None:
        pytest.skip("scenarios run through ./metergate run")
    made = Utility(recorder.story, recorder.feed)
    made.begin(made.day)
    return made


@given(parsers.parse("the day is {day}"))
def the_day_is(utility: Utility, day: str) -> None:
    """Begin the story at local midnight."""
    utility.begin(date.fromisoformat(day))


@given(parsers.parse("the clock reaches {moment}"))
@when(parsers.parse("the clock reaches {moment}"))
def the_clock_reaches(utility: Utility, moment: str) -> None:
    """Let the day pass until a local time."""
    utility.wait_until(utility.moment(clock_time(moment)))


@given(parsers.parse("{count:d} days have been collected before"))
def days_before(utility: Utility, count: int) -> None:
    """Let the story's days pass before its day begins."""
    utility.collect_days_before(count)


@given("the day's readings are collected")
@when("the day's readings are collected")
def collected(utility: Utility) -> None:
    """Let the day pass and be collected."""
    utility.collect()


@given("the day's readings are collected and validated")
@when("the day's readings are collected and validated")
def validated(utility: Utility) -> None:
    """Let the day pass, be collected and validated."""
    utility.validate()


@when(parsers.parse("the readings of {count:d} days are collected"))
def days_collected(utility: Utility, count: int) -> None:
    """Let some days pass from the day on, and be collected and validated."""
    utility.validate(count)


@when("the month is collected and billed")
def month_billed(utility: Utility) -> None:
    """Let the calendar month pass until its bills are made."""
    utility.pass_months(1)


@when(parsers.parse("{count:d} months are collected and billed"))
def months_billed(utility: Utility, count: int) -> None:
    """Let some calendar months pass until their bills are made."""
    utility.pass_months(count)
