"""A billing system whose process ended goes on with what its database holds: nothing is lost, and no order is given twice."""

from datetime import timedelta

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from ami import names
from simulators.cis import CustomerInformation
from tests.simulators.cis.neighbours import ACKNOWLEDGED, CALENDAR, LONDON, MARCH, Neighbours, on_billing_day, supplied

MINUTE = timedelta(minutes=1)


def test_empty_database_has_nothing_to_go_on_from() -> None:
    """It has to be reset."""
    assert not CustomerInformation(LONDON, CALENDAR, create_engine("sqlite://", poolclass=StaticPool)).resume(MARCH.start)


def test_linkage_that_was_under_way_is_told_again() -> None:
    """Under an id that no message had before."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat", at=MARCH.start.isoformat(), address="12 Mill Lane")
    before = {message.header.message_id for message in neighbours.out}
    neighbours.crash()
    neighbours.wake(neighbours.now + MINUTE)

    assert sorted(message.to or "" for message in neighbours.out) == ["hes", "mdms"]
    assert before.isdisjoint(message.header.message_id for message in neighbours.out)
    neighbours.accept_linkages()
    assert {linkage["state"] for linkage in neighbours.account()["linkages"]} == {"accepted"}


def test_order_that_was_under_way_is_not_given_again() -> None:
    """Whether the supply was cut is not known: a person decides, and a late report is still taken."""
    neighbours = supplied()
    neighbours.control("disconnect", usage_point="UP-1")
    neighbours.crash()
    neighbours.wake(MARCH.start + timedelta(days=2))

    assert not [message for message in neighbours.out if message.header.noun == names.METER_SERVICE_REQUESTS]
    assert [order["state"] for order in neighbours.account()["orders"]] == ["undelivered"]
    assert "stopped while the message was under way" in neighbours.control("notices")[0]["text"]


def test_acknowledged_read_still_waits_for_its_answer() -> None:
    """It is not asked again."""
    neighbours = supplied()
    neighbours.control("read_now", usage_point="UP-1")
    neighbours.hear(neighbours.response(neighbours.take(names.METER_READINGS), ACKNOWLEDGED))
    neighbours.crash()

    assert neighbours.account()["reads"][0]["state"] == "acknowledged"
    neighbours.wake(neighbours.now + 14 * MINUTE)
    assert neighbours.out == []


def test_bill_that_was_asked_for_is_issued_once() -> None:
    """The question is asked again; what is answered makes the one bill."""
    neighbours = on_billing_day()
    neighbours.crash()
    neighbours.wake(neighbours.now + MINUTE)
    neighbours.answer_bill()
    neighbours.wake(neighbours.now + timedelta(days=3))

    assert [bill["status"] for bill in neighbours.bills()] == ["issued"]
