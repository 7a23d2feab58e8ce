"""Waivers."""

from datetime import date, timedelta

import pytest

from ami.outcomes import Outcome
from reports.gate.policy import Waiver
from reports.gate.rules import Answer
from reports.gate.waivers import waived

TODAY = date(2026, 3, 10)
ANSWERS = [
    Answer("record", Outcome.PASSED, "whole"),
    Answer("phase sit", Outcome.FAILED, "1 of 3 passed", ("sit/bill::A", "sit/bill::B")),
    Answer("findings error", Outcome.FAILED, "2 in 10 messages", ("MR-03",)),
]


def waiver(waives: str, days: int = 0) -> Waiver:
    """A waiver that expires so many days from today."""
    return Waiver(waives=waives, owner="R. Hopper", reason="mended in the next release", expires=TODAY + timedelta(days=days))


def outcomes(*waivers: Waiver) -> dict[str, Outcome]:
    """What each rule comes to."""
    return {answer.rule: answer.outcome for answer in waived(ANSWERS, waivers, TODAY)}


@pytest.mark.parametrize("names", [("phase sit",), ("sit/bill::A", "sit/bill::B")])
def test_answer_is_let_through_by_its_rule_or_by_all_that_spoils_it(names: tuple[str, ...]) -> None:
    """On the last day, too; the figure says by whom, why and until when."""
    told = {answer.rule: answer for answer in waived(ANSWERS, [waiver(name) for name in names], TODAY)}

    assert told["phase sit"].outcome is Outcome.PASSED
    assert "waived by R. Hopper: mended in the next release, until 2026-03-10" in told["phase sit"].figure
    assert told["findings error"].outcome is Outcome.FAILED
    assert len(told) == len(ANSWERS)


def test_half_of_what_spoils_an_answer_is_not_enough() -> None:
    """The waiver is used all the same: what it names is there."""
    assert outcomes(waiver("sit/bill::A")) == {"record": "passed", "phase sit": "failed", "findings error": "failed"}


def test_waiver_that_has_expired_fails() -> None:
    """And lets nothing through."""
    told = outcomes(waiver("MR-03", days=-1))

    assert (told["findings error"], told["waiver MR-03"]) == (Outcome.FAILED, Outcome.FAILED)


def test_waiver_that_nothing_needs_fails() -> None:
    """Or it would hide the next fault of that name."""
    assert outcomes(waiver("MR-99"))["waiver MR-99"] is Outcome.FAILED


@pytest.mark.parametrize("rule", ["record", "scenarios"])
def test_whether_anything_was_tested_is_not_to_be_waived(rule: str) -> None:
    """By nobody."""
    told = waived([Answer(rule, Outcome.ERROR, "it has no end")], [waiver(rule)], TODAY)

    assert [answer.outcome for answer in told] == [Outcome.ERROR, Outcome.FAILED]
