"""Which bills are made for which time."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.errors import WrongStateError
from ami.messages import Span
from tests.simulators.cis.neighbours import BILLING_DAY, MARCH, Neighbours, on_billing_day, supplied

DAY = timedelta(days=1)
THE_TENTH = MARCH.start + 9 * DAY


def bill(neighbours: Neighbours, start: str, end: str, kind: str = "off-cycle") -> list[str]:
    """The bills that come of asking for one."""
    return list(neighbours.control("bill", usage_point="UP-1", start=start, end=end, kind=kind)["bills"])


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


def test_no_meter_no_figures() -> None:
    """Without a meter there is nothing to ask for, and the bill says so."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-9", tariff="flat")
    neighbours.accept_linkages()
    neighbours.wake(BILLING_DAY)
    assert neighbours.out == []
    assert neighbours.bills()[0]["reason"] == "no meter was installed in this period"
