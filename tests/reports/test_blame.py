"""Whose fault it was, in words."""

from typing import Literal

import pytest

from reports.blame import explanation, who, wire_title
from reports.lines import Attribution
from reports.run import Run

Party = Literal["system under test", "environment", "configuration", "harness"]


@pytest.mark.parametrize(
    ("party", "system", "wire", "words"),
    [
        ("system under test", "mdms", "mdms->cis", "meter data management (system under test), on the wire mdms->cis"),
        ("system under test", None, "hes->mdms", "the system under test, on the wire hes->mdms"),
        ("environment", None, None, "the environment"),
        ("harness", None, None, "the harness itself"),
    ],
)
def test_party_is_named_as_closely_as_is_known(party: Party, system: str | None, wire: str | None, words: str) -> None:
    """System, party, wire."""
    assert who(Attribution(party, system, wire, "x")) == words


def test_wire_reads_as_two_systems() -> None:
    """A system that is not known keeps its name."""
    assert wire_title("hes->portal") == "head-end → portal"


def test_explanation_begins_with_the_party(whole_run: Run) -> None:
    """So that Allure can sort by it; without a party it is the reason alone."""
    of_name = {scenario.collected.name: explanation(scenario) for scenario in whole_run.scenarios}

    expected = "[system under test] head-end (system under test), on the wire hes->mdms: a message does not conform"
    assert of_name["A stamp without its offset"] == expected
    assert of_name["Too little to say"] == "one reading is too few"
    assert of_name["A month of an ordinary household"] == ""
