"""Orders to disconnect and reconnect."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ami import names
from ami.errors import WrongStateError
from ami.messages import Message, MeterServiceRequests, MeterServiceWork, Reply, ReplyError
from ami.ports import Json
from tests.simulators.cis.neighbours import ACKNOWLEDGED, MARCH, Neighbours, supplied, work_done

NOUN = names.METER_SERVICE_REQUESTS


def ordered(kind: str = "disconnect", **arguments: Json) -> tuple[Neighbours, Message]:
    """A CIS that has just sent an order, and the order."""
    neighbours = supplied()
    neighbours.control(kind, usage_point="UP-1", **arguments)
    return neighbours, neighbours.take(NOUN)


def order(neighbours: Neighbours) -> dict[str, Json]:
    """The only order."""
    (found,) = neighbours.account()["orders"]
    return dict(found)


def report(neighbours: Neighbours, request: Message, status: str = "completed", sender: str = names.MDMS, **changes: Json) -> str:
    """The MDMS reports what became of an order; the answer is the first code of the reply."""
    correlation_id = changes.pop("correlation_id", request.header.message_id)
    event = neighbours.event("changed", NOUN, work_done(request, status, **changes), correlation_id, sender)
    reply = neighbours.hear(event)
    assert reply is not None
    assert reply.reply is not None
    return reply.reply.errors[0].code


def test_order_to_disconnect() -> None:
    """It names the meter that hangs there, and the reason."""
    neighbours, request = ordered(reason="three reminders")
    assert (request.to, request.header.verb, request.header.comment) == ("mdms", "create", "three reminders")
    assert request.payload == MeterServiceRequests((MeterServiceWork("disconnect", "M-1", "UP-1", requested_at=MARCH.start),))
    assert (order(neighbours)["order"], order(neighbours)["state"]) == ("S-000001", "requested")


@pytest.mark.parametrize(("armed", "priority"), [(True, "armed"), (False, None)])
def test_order_to_reconnect(armed: bool, priority: str | None) -> None:
    """Armed means that the customer closes the switch."""
    _, request = ordered("reconnect", armed=armed)
    assert isinstance(request.payload, MeterServiceRequests)
    assert (request.payload.works[0].kind, request.payload.works[0].priority) == ("reconnect", priority)


def test_way_of_an_order() -> None:
    """Requested, accepted, completed; with the reading taken, and the supply cut."""
    neighbours, request = ordered()
    neighbours.hear(neighbours.response(request, ACKNOWLEDGED))
    assert order(neighbours)["state"] == "accepted"

    assert report(neighbours, request) == "0.0"

    done = order(neighbours)
    assert (done["state"], done["register_kwh"], done["read_at"]) == ("completed", "123.456", "2026-03-01T00:00:00Z")
    assert neighbours.account()["supply"] == "disconnected"


@pytest.mark.parametrize(("armed", "supply"), [(True, "armed"), (False, "connected")])
def test_supply_after_reconnection(armed: bool, supply: str) -> None:
    """Closed by the utility, or left to the customer's button."""
    neighbours, request = ordered("reconnect", armed=armed)
    report(neighbours, request)
    assert neighbours.account()["supply"] == supply


def test_failure_is_seen() -> None:
    """The supply stays as it was, and somebody is told."""
    neighbours, request = ordered()
    neighbours.hear(neighbours.response(request, ACKNOWLEDGED))
    report(neighbours, request, "failed", status_reason="4.1 meter silent")
    assert (order(neighbours)["state"], order(neighbours)["text"]) == ("failed", "4.1 meter silent")
    assert neighbours.account()["supply"] == "connected"
    assert [notice["kind"] for notice in neighbours.control("notices")] == ["service order"]


def test_refusal() -> None:
    """An MDMS that does not take the order closes it."""
    neighbours, request = ordered()
    neighbours.hear(neighbours.response(request, Reply("FAILED", (ReplyError("2.4", object_id="M-1"),))))
    assert (order(neighbours)["state"], order(neighbours)["text"]) == ("refused", "2.4 M-1")


def test_report_may_overtake_the_acknowledgement() -> None:
    """The end is the end, whatever comes after."""
    neighbours, request = ordered()
    report(neighbours, request)
    neighbours.hear(neighbours.response(request, ACKNOWLEDGED))
    assert order(neighbours)["state"] == "completed"


def test_intermediate_status() -> None:
    """A status in between is noted, and closes nothing."""
    neighbours, request = ordered()
    assert report(neighbours, request, "scheduled") == "0.0"
    assert (order(neighbours)["state"], order(neighbours)["text"]) == ("requested", "scheduled")


@pytest.mark.parametrize(
    ("sender", "changes", "code"),
    [
        ("hes", {}, "7.5"),
        ("tester", {}, "7.5"),
        ("mdms", {"correlation_id": "somebody else's"}, "2.15"),
        ("mdms", {"correlation_id": None}, "2.15"),
        ("mdms", {"meter": "M-2"}, "2.13"),
    ],
)
def test_report_that_is_not_believed(sender: str, changes: dict[str, Json], code: str) -> None:
    """Only the MDMS closes an order, only the one that it means, only for the meter that it was for."""
    neighbours, request = ordered()
    assert report(neighbours, request, sender=sender, **changes) == code
    assert (order(neighbours)["state"], neighbours.account()["supply"]) == ("requested", "connected")


def test_report_correlated_to_something_else() -> None:
    """The id of a linkage is no id of an order."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat")
    linkage = neighbours.take(names.MASTER_DATA_LINKAGE_CONFIG)
    neighbours.control("disconnect", usage_point="UP-1")
    assert report(neighbours, neighbours.take(NOUN), correlation_id=linkage.header.message_id) == "2.15"


def test_report_seen_again() -> None:
    """The same event is acknowledged again, and a new one about a closed order is not believed."""
    neighbours, request = ordered()
    event = neighbours.event("changed", NOUN, work_done(request), request.header.message_id)
    first, again = neighbours.hear(event), neighbours.hear(event)
    assert first == again
    assert report(neighbours, request, "failed") == "2.15"
    assert order(neighbours)["state"] == "completed"


def test_order_is_never_sent_twice() -> None:
    """Nobody knows whether it arrived: a person decides."""
    neighbours, request = ordered()
    neighbours.lose(request)
    neighbours.wake(MARCH.start + timedelta(days=2))
    assert neighbours.out == []
    assert (order(neighbours)["state"], order(neighbours)["text"]) == ("undelivered", "connection refused")
    assert "not sent again" in neighbours.control("notices")[0]["text"]


def test_order_had_arrived_after_all() -> None:
    """Only its reply was lost: the report closes it."""
    neighbours, request = ordered()
    neighbours.lose(request)
    assert report(neighbours, request) == "0.0"
    assert order(neighbours)["state"] == "completed"


def test_one_order_at_a_time() -> None:
    """While one is open there is no other; after it there is."""
    neighbours, request = ordered()
    with pytest.raises(WrongStateError, match="S-000001 to disconnect UP-1 is still requested"):
        neighbours.control("reconnect", usage_point="UP-1")
    report(neighbours, request)
    assert neighbours.control("reconnect", usage_point="UP-1") == {"order": "S-000002"}


def test_no_meter_no_order() -> None:
    """There is nothing to switch."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-1", tariff="flat")
    with pytest.raises(LookupError):
        neighbours.control("disconnect", usage_point="UP-1")


def test_report_without_a_reading() -> None:
    """An order closes without a reading, if there is none."""
    neighbours, request = ordered()
    payload = work_done(request)
    bare = MeterServiceRequests((replace(payload.works[0], readings=()),))
    neighbours.hear(neighbours.event("changed", NOUN, bare, request.header.message_id))
    assert (order(neighbours)["state"], order(neighbours)["register_kwh"]) == ("completed", None)
