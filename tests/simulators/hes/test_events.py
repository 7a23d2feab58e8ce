"""Events: what happens at meters, who hears of it, and when."""

import pytest

from ami.messages import EndDeviceEvents, Linkage, Message
from tests.simulators.hes.field import DAY, HOUR, START, Field

LAST_GASP, POWER_RESTORED, TAMPER, CLOCK_SET = "3.26.0.85", "3.26.0.216", "3.12.0.257", "3.36.0.24"


@pytest.fixture
def field() -> Field:
    """A head-end with two meters."""
    made = Field()
    made.install("M-1", "M-2")
    return made


def heard(field: Field) -> list[tuple[str | None, str, list[str]]]:
    """Who was told which kind of event about which meters."""
    return [(message.to, events(message)[0][0], [meter for _, meter in events(message)]) for message in field.sent]


def events(message: Message) -> list[tuple[str, str]]:
    """The kinds and meters of the events in a message."""
    assert isinstance(message.payload, EndDeviceEvents)
    return [(event.event_type, event.meter) for event in message.payload.events]


def test_lost_supply_is_told_to_mdms_and_oms(field: Field) -> None:
    """One message for both meters, to each; the event is the same for both."""
    result = field.control("supply", meters=["M-1", "M-2"], on=False)

    assert result == {"changed": ["M-1", "M-2"]}
    assert heard(field) == [("mdms", LAST_GASP, ["M-1", "M-2"]), ("oms", LAST_GASP, ["M-1", "M-2"])]
    assert field.sent[0].payload == field.sent[1].payload


def test_restored_supply_is_told_to_mdms_and_oms(field: Field) -> None:
    """After the last gasp, the restoration."""
    field.control("supply", meters=["M-1"], on=False)
    field.sent.clear()
    field.control("supply", meters=["M-1"], on=True)

    assert heard(field) == [("mdms", POWER_RESTORED, ["M-1"]), ("oms", POWER_RESTORED, ["M-1"])]


def test_supply_that_is_as_it_should_be_is_left_alone(field: Field) -> None:
    """No restoration without an outage, no second gasp within one."""
    field.control("supply", meters=["M-1"], on=False)
    field.sent.clear()

    assert field.control("supply", meters=["M-1"], on=False) == {"changed": []}
    assert field.control("supply", meters=["M-2"], on=True) == {"changed": []}
    assert field.sent == []


def test_gasps_of_many_meters_come_in_batches() -> None:
    """Three meters, two to a message, are two messages to each of two systems."""
    field = Field(batch=2)
    field.install("M-1", "M-2", "M-3")
    field.control("supply", meters=["M-1", "M-2", "M-3"], on=False)

    assert [meters for _, _, meters in heard(field)] == [["M-1", "M-2"], ["M-1", "M-2"], ["M-3"], ["M-3"]]


def test_tampering_is_told_to_the_mdms_and_logged(field: Field) -> None:
    """The CIS hears of it from the MDMS."""
    field.control("tamper", meter="M-1")

    assert heard(field) == [("mdms", TAMPER, ["M-1"])]
    assert field.control("face", meter="M-1")["log"][-1] == {"at": "2026-02-28T23:00:00Z", "text": "tampered with", "event_type": TAMPER}


def test_event_names_usage_point_time_and_an_id(field: Field) -> None:
    """All that a control room needs."""
    field.pass_time(START + HOUR)
    field.control("tamper", meter="M-1")
    payload = field.sent[0].payload

    assert isinstance(payload, EndDeviceEvents)
    assert (payload.events[0].usage_point, payload.events[0].created_at) == ("U-M-1", START + HOUR)
    assert payload.events[0].mrid


def test_silent_meter_tells_of_tampering_when_it_is_heard_again(field: Field) -> None:
    """With the next collection, and with the time at which it happened."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-01T12:00:00Z")
    field.pass_time(START + 2 * HOUR)
    field.control("tamper", meter="M-1")
    assert field.sent == []
    field.pass_time(START + DAY + HOUR)
    payload = field.sent[0].payload

    assert isinstance(payload, EndDeviceEvents)
    assert (payload.events[0].event_type, payload.events[0].created_at) == (TAMPER, START + 2 * HOUR)


def test_last_gasp_that_nobody_hears_is_lost(field: Field) -> None:
    """The capacitor is empty afterwards; the restoration is heard."""
    field.control("silence", meter="M-1", start="2026-02-28T23:00:00Z", end="2026-03-01T00:00:00Z")
    field.control("supply", meters=["M-1"], on=False)
    field.pass_time(START + 2 * HOUR)
    field.control("supply", meters=["M-1"], on=True)
    field.pass_time(START + DAY + HOUR)

    assert [events(message) for message in field.sent if message not in field.deliveries()] == [[(POWER_RESTORED, "M-1")]] * 2


def test_meter_that_the_head_end_was_not_told_of_is_not_heard() -> None:
    """Until it is registered."""
    field = Field()
    field.install("M-1", told=False)
    field.control("tamper", meter="M-1")
    assert field.sent == []
    field.link(Linkage("U-1", START, "M-1"))
    field.pass_time(START + DAY + HOUR)

    assert (field.sent[0].to, events(field.sent[0])) == ("mdms", [(TAMPER, "M-1")])


def test_set_clock_is_an_event(field: Field) -> None:
    """Told with the collection that set it, before the readings that it spoiled."""
    field.control("clock", meter="M-2", offset_s=30)
    field.pass_time(START + DAY + HOUR)

    assert events(field.sent[0]) == [(CLOCK_SET, "M-2")]
