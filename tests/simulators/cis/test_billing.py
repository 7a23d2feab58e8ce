"""The life of a bill."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from ami import names
from ami.errors import WrongStateError
from ami.messages import MeterReadings, Reply, ReplyError, Span
from ami.quality import EDITED, ESTIMATED
from ami.reading_type import billed_kwh, register_kwh
from tests.simulators.cis.neighbours import ACKNOWLEDGED, BILLING_DAY, MARCH, UNAVAILABLE, Neighbours, altered, measured_by, supplied

APRIL = Span(MARCH.end, datetime(2026, 4, 30, 23, tzinfo=UTC))
DAY = timedelta(days=1)
THE_TENTH = MARCH.start + 9 * DAY


def on_billing_day(tariff: str = "flat") -> Neighbours:
    """A CIS that has just asked for the bill of March."""
    neighbours = supplied(tariff)
    neighbours.wake(BILLING_DAY)
    return neighbours


def bill(neighbours: Neighbours, start: str, end: str, kind: str = "off-cycle") -> list[str]:
    """The bills that come of asking for one."""
    return list(neighbours.control("bill", usage_point="UP-1", start=start, end=end, kind=kind)["bills"])


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


def test_acknowledgement_is_no_figure() -> None:
    """An OK without readings makes no bill."""
    neighbours = on_billing_day()
    neighbours.hear(neighbours.response(neighbours.take(names.METER_READINGS), ACKNOWLEDGED))
    assert neighbours.bills()[0]["status"] == "held"


def test_partial_answer_makes_no_bill() -> None:
    """Some of the figures are not the figures."""
    neighbours = on_billing_day()
    partial = Reply("PARTIAL", (ReplyError("5.7"),))
    honest = MeterReadings((measured_by("M-1", MARCH, neighbours.question().reading_types),))
    neighbours.hear(neighbours.response(neighbours.take(names.METER_READINGS), partial, honest))
    assert neighbours.bills()[0]["status"] == "held"


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
    shifted = [
        one._replace(readings=tuple(reading if reading.period else reading._replace(value=reading.value + 100) for reading in one.readings))
        for one in honest.readings
    ]

    neighbours.answer_bill(type(honest)("M-1", "UP-1", readings=tuple(shifted), span=APRIL))

    assert neighbours.bills()[1]["reason"] == (
        "determinants do not agree: M-1: the register at 2026-03-31T23:00Z is 2259 kWh; B-000001 has 2159 kWh"
    )


def test_estimated_register_may_be_put_right() -> None:
    """A register that was estimated for one bill and read for the next proves nothing."""
    neighbours = on_billing_day()
    guessed = altered(measured_by("M-1", MARCH, neighbours.question().reading_types), register_kwh(), qualities=(ESTIMATED,))
    moved = tuple(
        one._replace(readings=tuple(reading if reading.period else reading._replace(value=reading.value + 5) for reading in one.readings))
        for one in guessed.readings
    )
    neighbours.answer_bill(type(guessed)("M-1", "UP-1", readings=moved, span=MARCH))
    neighbours.wake(datetime(2026, 5, 1, 7, tzinfo=UTC))
    neighbours.answer_bill()

    assert [bill["status"] for bill in neighbours.bills()] == ["issued", "issued"]


def test_estimated_bill_says_so() -> None:
    """The mark and the note come from the quality of the determinant."""
    neighbours = on_billing_day("time_of_use")
    honest = measured_by("M-1", MARCH, neighbours.question().reading_types)
    neighbours.answer_bill(altered(honest, billed_kwh(3), qualities=(ESTIMATED, EDITED)))

    (issued,) = neighbours.bills()

    assert issued["estimated"]
    assert [line["period"] for line in issued["lines"] if line["estimated"]] == ["peak"]
    assert "peak (forward) of meter M-1 is partly estimated" in issued["estimated_note"]


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


def test_answer_that_correlates_to_nothing() -> None:
    """A broken CorrelationID leaves the bill requested, and it is asked for again the next morning."""
    neighbours = on_billing_day()
    asked = neighbours.question()
    question = neighbours.take(names.METER_READINGS)
    honest = MeterReadings((measured_by("M-1", MARCH, asked.reading_types),))
    stray = neighbours.response(question, payload=honest)
    broken = type(stray)(
        stray.kind, type(stray.header)("reply", "MeterReadings", "x", neighbours.now, "mdms", "broken"), stray.reply, honest, sender="mdms"
    )

    reply = neighbours.hear(broken)

    assert reply is not None
    assert reply.reply is not None
    assert reply.reply.errors[0].code == "2.15"
    assert neighbours.bills()[0]["status"] == "requested"
    neighbours.wake(BILLING_DAY + DAY)
    assert neighbours.question().span == MARCH


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


def test_off_cycle_bill_and_the_rest_of_the_month() -> None:
    """After a bill for some days in between, the month's bill is for the days around them."""
    neighbours = supplied()
    neighbours.wake(THE_TENTH + 10 * DAY)
    assert bill(neighbours, "2026-03-05", "2026-03-10") == ["B-000001"]
    neighbours.answer_bill()
    neighbours.wake(BILLING_DAY)
    neighbours.answer_bill()
    neighbours.answer_bill()

    assert [(bill["kind"], bill["first_day"], bill["last_day"], bill["kwh_total"]) for bill in neighbours.bills()] == [
        ("off-cycle", "2026-03-05", "2026-03-09", "120"),
        ("on-cycle", "2026-03-01", "2026-03-04", "96"),
        ("on-cycle", "2026-03-10", "2026-03-31", "527"),
    ]


def test_billed_time_is_not_billed_again() -> None:
    """A span without an unbilled moment is refused."""
    neighbours = on_billing_day()
    with pytest.raises(WrongStateError, match="billed already"):
        bill(neighbours, "2026-03-05", "2026-03-10")


def test_bill_for_time_to_come_waits_for_its_end() -> None:
    """It is asked for on the morning after."""
    neighbours = supplied()
    bill(neighbours, "2026-03-01", "2026-03-04")
    assert neighbours.out == []
    neighbours.wake(MARCH.start + 3 * DAY + timedelta(hours=8))
    assert neighbours.question().span == Span(MARCH.start, MARCH.start + 3 * DAY)


def test_late_move_in_is_caught_up_by_month() -> None:
    """Who moved in in January and is entered in March gets a bill for each month."""
    neighbours = supplied(at=datetime(2026, 1, 20, tzinfo=UTC))
    neighbours.wake(BILLING_DAY)
    assert [(bill["first_day"], bill["last_day"]) for bill in neighbours.bills()] == [
        ("2026-01-20", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
    ]


def test_cancelled_bill_can_be_made_again() -> None:
    """Its time is free again, and what its registers said is forgotten."""
    neighbours = on_billing_day()
    neighbours.answer_bill()
    neighbours.control("cancel_bill", bill="B-000001", reason="meter was misread")
    assert bill(neighbours, "2026-03-01", "2026-04-01") == ["B-000002"]
    neighbours.answer_bill()

    assert [(bill["status"], bill["reason"]) for bill in neighbours.bills()] == [("cancelled", "meter was misread"), ("issued", None)]
    with pytest.raises(WrongStateError, match="cancelled already"):
        neighbours.control("cancel_bill", bill="B-000001", reason="again")


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
    sunny = type(honest)(
        "M-1", "UP-1", readings=tuple(one._replace(reading_type=swap[one.reading_type]) for one in honest.readings), span=MARCH
    )

    neighbours.answer_bill(sunny)

    (issued,) = neighbours.bills()
    assert (issued["kwh_total"], issued["reverse_kwh_total"], issued["credit_carried"]) == ("185.75", "743", "557.25")
    assert neighbours.account()["credit_kwh"] == "557.25"
    neighbours.control("cancel_bill", bill="B-000001", reason="wrong way round")
    assert neighbours.account()["credit_kwh"] == "0.00"


def test_no_meter_no_figures() -> None:
    """Without a meter there is nothing to ask for, and the bill says so."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-9", tariff="flat")
    neighbours.accept_linkages()
    neighbours.wake(BILLING_DAY)
    assert neighbours.out == []
    assert neighbours.bills()[0]["reason"] == "no meter was installed in this period"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"usage_point": "UP-1", "start": "2026-03-10", "end": "2026-03-01"}, ValueError),
        ({"usage_point": "UP-1", "start": "2026-03-01", "end": "2026-03-02", "kind": "odd"}, ValueError),
        ({"usage_point": "UP-2", "start": "2026-03-01", "end": "2026-03-02"}, LookupError),
        ({"usage_point": "UP-1", "start": "2025-03-01", "end": "2025-03-02"}, LookupError),
        ({"usage_point": "UP-1", "start": "yesterday", "end": "2026-03-02"}, ValueError),
        ({"usage_point": "UP-1", "start": "2026-03-01T00:00:00", "end": "2026-03-02"}, ValueError),
    ],
)
def test_bill_that_makes_no_sense(arguments: dict[str, str], error: type[Exception]) -> None:
    """Wrong spans, kinds and usage points are refused."""
    with pytest.raises(error):
        supplied().control("bill", **arguments)
