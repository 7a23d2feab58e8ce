"""Tamper alarms."""

from dataclasses import replace
from datetime import timedelta

from ami import names
from ami.event_types import LAST_GASP
from ami.messages import EndDeviceEvent, EndDeviceEvents, Payload, Reply
from tests.simulators.cis.neighbours import MARCH, Neighbours, supplied, tamper

LATER = MARCH.start + timedelta(days=3)


def told(neighbours: Neighbours, payload: Payload, sender: str = names.MDMS) -> Reply:
    """How the CIS answers an event."""
    reply = neighbours.hear(neighbours.event("created", names.END_DEVICE_EVENTS, payload, sender=sender))
    assert reply is not None
    assert reply.reply is not None
    return reply.reply


def test_alarm_opens_an_investigation() -> None:
    """On the account that was supplied through the meter."""
    neighbours = supplied()
    assert told(neighbours, tamper("M-1", LATER)).result == "OK"

    (notice,) = neighbours.control("notices")

    assert {name: notice[name] for name in ("kind", "status", "account", "usage_point", "meter")} == {
        "kind": "tamper",
        "status": "open",
        "account": "A-000001",
        "usage_point": "UP-1",
        "meter": "M-1",
    }


def test_alarm_of_a_vacant_home() -> None:
    """Who left before is not suspected."""
    neighbours = supplied()
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-02")
    told(neighbours, tamper("M-1", LATER))
    assert neighbours.control("notices")[-1]["account"] is None


def test_alarm_seen_again() -> None:
    """One alarm is one investigation."""
    neighbours = supplied()
    event = neighbours.event("created", names.END_DEVICE_EVENTS, tamper("M-1", LATER))
    assert neighbours.hear(event) == neighbours.hear(event)
    assert len(neighbours.control("notices")) == 1


def test_alarm_from_somebody_else() -> None:
    """Alarms come from the MDMS."""
    neighbours = supplied()
    reply = told(neighbours, tamper("M-1", LATER), sender=names.HES)
    assert (reply.result, reply.errors[0].code) == ("FAILED", "7.5")
    assert neighbours.control("notices") == []


def test_repetition_by_somebody_else() -> None:
    """The id of an alarm that was taken opens no door to another sender."""
    neighbours = supplied()
    event = neighbours.event("created", names.END_DEVICE_EVENTS, tamper("M-1", LATER))
    neighbours.hear(event)
    reply = neighbours.hear(replace(event, sender=names.TESTER))
    assert reply is not None
    assert reply.reply is not None
    assert reply.reply.errors[0].code == "7.5"


def test_alarm_of_an_unknown_meter() -> None:
    """It is named; the others are taken."""
    neighbours = supplied()
    both = EndDeviceEvents((*tamper("M-9", LATER).events, *tamper("M-1", LATER).events))

    unknown, mixed = told(neighbours, tamper("M-9", LATER)), told(neighbours, both)

    assert (unknown.result, mixed.result) == ("FAILED", "PARTIAL")
    assert [(error.code, error.object_id) for error in mixed.errors] == [("2.4", "M-9")]
    assert [notice["meter"] for notice in neighbours.control("notices")] == ["M-1"]


def test_other_events_do_not_concern_the_office() -> None:
    """A last gasp is acknowledged, and no more."""
    neighbours = supplied()
    assert told(neighbours, EndDeviceEvents((EndDeviceEvent(LAST_GASP, "M-1", LATER),))).result == "OK"
    assert neighbours.control("notices") == []
