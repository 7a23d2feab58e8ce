"""The life of a bill."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ami import names
from ami.reading_type import billed_kwh, register_kwh
from tests.simulators.cis.neighbours import (
    BILLING_DAY,
    MARCH,
    UNAVAILABLE,
    measured_by,
    on_billing_day,
    supplied,
)

DAY = timedelta(days=1)


def test_month_is_asked_for_on_the_first_at_eight() -> None:
    """Not before, and for the local month."""
    neighbours = supplied()
    neighbours.wake(BILLING_DAY - timedelta(seconds=1))
    assert neighbours.out == []

    neighbours.wake(BILLING_DAY)

    asked = neighbours.question()
    assert (asked.usage_points, asked.span) == (("UP-1",), MARCH)
    assert asked.reading_types == (str(billed_kwh(0)), str(register_kwh()))
    assert neighbours.bills()[0]["status"] == "requested"


def test_time_of_use_asks_for_every_period_and_the_total() -> None:
    """The total is asked for beside the periods, to compare."""
    asked = on_billing_day("time_of_use").question()
    assert asked.reading_types == (*(str(billed_kwh(period)) for period in (0, 1, 2, 3)), str(register_kwh()))


def test_issued_bill() -> None:
    """743 hours of one kWh in March, whose clock goes forward, and 31 standing charges."""
    neighbours = on_billing_day()
    neighbours.answer_bill()

    (issued,) = neighbours.bills()

    assert {name: issued[name] for name in ("status", "kind", "kwh_total", "first_day", "last_day", "start", "end", "currency")} == {
        "status": "issued",
        "kind": "on-cycle",
        "kwh_total": "743",
        "first_day": "2026-03-01",
        "last_day": "2026-03-31",
        "start": "2026-03-01T00:00:00Z",
        "end": "2026-03-31T23:00:00Z",
        "currency": "EUR",
    }
    assert issued["total"] == str(((743 * Decimal("0.2875") + 31 * Decimal("0.4512")) * Decimal("1.20")).quantize(Decimal("0.01")))
    assert issued["meters"] == [
        {
            "meter": "M-1",
            "start": "2026-03-01T00:00:00Z",
            "end": "2026-03-31T23:00:00Z",
            "start_register_kwh": "1416",
            "end_register_kwh": "2159",
        }
    ]
    assert (issued["estimated"], issued["estimated_note"]) == (False, None)


def test_lines_are_named_by_the_calendar() -> None:
    """Each period has a line of its own, at its own price."""
    neighbours = on_billing_day("time_of_use")
    neighbours.answer_bill()

    lines = neighbours.bills()[0]["lines"]

    assert [(line["period"], line["kwh"], line["unit_price"]) for line in lines[:3]] == [
        ("off-peak", "457.0", "0.1835"),
        ("shoulder", "198.0", "0.2710"),
        ("peak", "88.0", "0.4125"),
    ]


def test_held_while_data_are_missing() -> None:
    """5.7 holds the bill with its reason, and it is asked for again each morning until it can be issued."""
    neighbours = on_billing_day()
    neighbours.answer_bill(reply=UNAVAILABLE)
    (held,) = neighbours.bills()
    assert (held["status"], held["total"]) == ("held", None)
    assert "5.7 not final" in held["reason"]

    neighbours.wake(BILLING_DAY + DAY)
    neighbours.answer_bill(reply=UNAVAILABLE)
    neighbours.wake(BILLING_DAY + 2 * DAY)
    neighbours.answer_bill()

    (issued,) = neighbours.bills()
    assert (issued["status"], issued["reason"], issued["attempts"]) == ("issued", None, 3)


def test_lost_question_is_asked_again() -> None:
    """A question that did not arrive is asked again after a minute, then after five, under a fresh id."""
    neighbours = on_billing_day()
    first = neighbours.take(names.METER_READINGS)
    neighbours.lose(first)
    assert "was not reached" in neighbours.bills()[0]["reason"]

    neighbours.wake(BILLING_DAY + timedelta(minutes=1))
    second = neighbours.take(names.METER_READINGS)
    neighbours.lose(second)
    neighbours.wake(BILLING_DAY + timedelta(minutes=6))
    neighbours.answer_bill()

    assert first.header.message_id != second.header.message_id
    assert neighbours.bills()[0]["status"] == "issued"


def test_answer_to_a_cancelled_bill() -> None:
    """What comes after the cancellation issues nothing."""
    neighbours = on_billing_day()
    neighbours.control("cancel_bill", bill="B-000001", reason="not wanted")
    neighbours.answer_bill()
    assert neighbours.bills()[0]["status"] == "cancelled"


def test_surplus_waits_for_the_next_bill_and_comes_back_with_a_cancelled_one() -> None:
    """An MDMS that saw more reverse than forward energy leaves kWh on the agreement."""
    neighbours = on_billing_day("net_metering")
    asked = neighbours.question()
    reversed_types = {asked.reading_types[0]: asked.reading_types[1], asked.reading_types[2]: asked.reading_types[3]}
    swap = reversed_types | {new: old for old, new in reversed_types.items()}
    honest = measured_by("M-1", MARCH, asked.reading_types)
    sunny = replace(honest, readings=tuple(one._replace(reading_type=swap[one.reading_type]) for one in honest.readings))

    neighbours.answer_bill(sunny)

    (issued,) = neighbours.bills()
    assert (issued["kwh_total"], issued["reverse_kwh_total"], issued["credit_carried"]) == ("185.75", "743", "557.25")
    assert neighbours.account()["credit_kwh"] == "557.25"
    neighbours.control("cancel_bill", bill="B-000001", reason="wrong way round")
    assert neighbours.account()["credit_kwh"] == "0.00"
