"""Answers that make no bill, and registers that do not go on where the last bill ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from ami import names
from ami.messages import MeterReadings, Reply, ReplyError, Span
from ami.quality import EDITED, ESTIMATED, VALID
from ami.reading_type import billed_kwh, register_kwh
from tests.simulators.cis.neighbours import (
    ACKNOWLEDGED,
    BILLING_DAY,
    MARCH,
    UNAVAILABLE,
    Neighbours,
    altered,
    measured_by,
    on_billing_day,
    raised,
)

APRIL = Span(MARCH.end, datetime(2026, 4, 30, 23, tzinfo=UTC))
DAY = timedelta(days=1)


def bill(neighbours: Neighbours, start: str, end: str, kind: str = "off-cycle") -> list[str]:
    """The bills that come of asking for one."""
    return list(neighbours.control("bill", usage_point="UP-1", start=start, end=end, kind=kind)["bills"])


def test_contradiction_holds_the_bill() -> None:
    """A total that the register does not bear out is not billed, and somebody is told, once."""
    neighbours = on_billing_day()
    scaled = altered(measured_by("M-1", MARCH, neighbours.question().reading_types), billed_kwh(0), value=Decimal(743000))
    neighbours.answer_bill(scaled)
    neighbours.wake(BILLING_DAY + DAY)
    neighbours.answer_bill(scaled)

    (held,) = neighbours.bills()

    assert (held["status"], held["lines"]) == ("held", [])
    assert held["reason"].startswith("determinants do not agree: M-1: the forward register moved by 743 kWh")
    assert [notice["kind"] for notice in neighbours.control("notices")] == ["bill held"]


def test_register_that_jumps_between_bills() -> None:
    """Everything scaled alike agrees with itself, but not with where the last bill ended."""
    neighbours = on_billing_day()
    neighbours.answer_bill()
    neighbours.wake(datetime(2026, 5, 1, 7, tzinfo=UTC))
    honest = measured_by("M-1", APRIL, neighbours.question().reading_types)

    neighbours.answer_bill(raised(honest, 100))

    assert neighbours.bills()[1]["reason"] == (
        "determinants do not agree: M-1: the register at 2026-03-31T23:00Z is 2259 kWh; B-000001 has 2159 kWh"
    )


@pytest.mark.parametrize(("first", "second", "noticed"), [((ESTIMATED,), (VALID,), ["estimate put right"]), ((VALID,), (ESTIMATED,), [])])
def test_estimated_register_proves_nothing(first: tuple[str, ...], second: tuple[str, ...], noticed: list[str]) -> None:
    """A register that was estimated for one of two bills may stand elsewhere for the other; if the bill is wrong, it is said."""
    neighbours = on_billing_day()
    neighbours.answer_bill(altered(measured_by("M-1", MARCH, neighbours.question().reading_types), register_kwh(), qualities=first))
    neighbours.wake(datetime(2026, 5, 1, 7, tzinfo=UTC))
    read = altered(measured_by("M-1", APRIL, neighbours.question().reading_types), register_kwh(), qualities=second)

    neighbours.answer_bill(raised(read, 5))

    assert [bill["status"] for bill in neighbours.bills()] == ["issued", "issued"]
    assert [notice["kind"] for notice in neighbours.control("notices")] == noticed


def test_estimated_bill_says_so() -> None:
    """The mark and the note come from the quality of the determinant."""
    neighbours = on_billing_day("time_of_use")
    honest = measured_by("M-1", MARCH, neighbours.question().reading_types)
    neighbours.answer_bill(altered(honest, billed_kwh(3), qualities=(ESTIMATED, EDITED)))

    (issued,) = neighbours.bills()

    assert issued["estimated"]
    assert [line["period"] for line in issued["lines"] if line["estimated"]] == ["peak"]
    assert "peak (forward) of meter M-1 is partly estimated" in issued["estimated_note"]


def test_what_a_cancelled_bill_said_of_a_register_is_forgotten() -> None:
    """A register that was wrong on it may be right on the next."""
    neighbours = on_billing_day()
    wrong = measured_by("M-1", MARCH, neighbours.question().reading_types)
    neighbours.answer_bill(raised(wrong, 5))
    neighbours.control("cancel_bill", bill="B-000001", reason="wrong registers")
    bill(neighbours, "2026-03-01", "2026-04-01")
    neighbours.answer_bill()
    assert [bill["status"] for bill in neighbours.bills()] == ["cancelled", "issued"]


def test_answer_that_correlates_to_nothing() -> None:
    """A broken CorrelationID leaves the bill requested, and it is asked for again the next morning."""
    neighbours = on_billing_day()
    asked = neighbours.question()
    question = neighbours.take(names.METER_READINGS)
    honest = MeterReadings((measured_by("M-1", MARCH, asked.reading_types),))
    stray = neighbours.response(question, payload=honest)
    broken = replace(stray, header=replace(stray.header, correlation_id="broken"))

    reply = neighbours.hear(broken)

    assert reply is not None
    assert reply.reply is not None
    assert reply.reply.errors[0].code == "2.15"
    assert neighbours.bills()[0]["status"] == "requested"
    neighbours.wake(BILLING_DAY + DAY)
    assert neighbours.question().span == MARCH


def test_question_is_answered_once() -> None:
    """After an answer, neither another one nor the news that the question was lost changes anything."""
    neighbours = on_billing_day()
    question = neighbours.take(names.METER_READINGS)
    neighbours.hear(neighbours.response(question, UNAVAILABLE))
    before = neighbours.bills()
    honest = MeterReadings((measured_by("M-1", MARCH, (str(billed_kwh(0)), str(register_kwh()))),))
    neighbours.hear(neighbours.response(question, payload=honest))
    neighbours.lose(question)
    assert neighbours.bills() == before


def test_same_answer_twice() -> None:
    """A bill is issued once, however often its answer comes."""
    neighbours = on_billing_day()
    asked = neighbours.question()
    answer = neighbours.response(
        neighbours.take(names.METER_READINGS), payload=MeterReadings((measured_by("M-1", MARCH, asked.reading_types),))
    )
    neighbours.hear(answer)
    before = neighbours.bills()
    neighbours.hear(answer)
    assert neighbours.bills() == before


def test_partial_answer_makes_no_bill() -> None:
    """Some of the figures are not the figures."""
    neighbours = on_billing_day()
    partial = Reply("PARTIAL", (ReplyError("5.7"),))
    honest = MeterReadings((measured_by("M-1", MARCH, neighbours.question().reading_types),))
    neighbours.hear(neighbours.response(neighbours.take(names.METER_READINGS), partial, honest))
    assert neighbours.bills()[0]["status"] == "held"


def test_acknowledgement_is_no_figure() -> None:
    """An OK without readings makes no bill."""
    neighbours = on_billing_day()
    neighbours.hear(neighbours.response(neighbours.take(names.METER_READINGS), ACKNOWLEDGED))
    assert neighbours.bills()[0]["status"] == "held"
