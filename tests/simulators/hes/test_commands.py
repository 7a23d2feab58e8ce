"""Commands: what meters do when they are told, and what is said of it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from ami import names
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    Message,
)
from tests.simulators.hes.field import START, Field, codes

OPEN, CLOSE, ARM, SET_CLOCK = "3.31.0.23", "3.31.0.18", "3.31.0.5", "3.36.116.13"


@pytest.fixture
def field() -> Field:
    """A head-end with two meters, ten and a half hours after they were installed."""
    made = Field()
    made.install("M-1", "M-2", register_wh=5_000)
    made.pass_time(START + timedelta(hours=10, minutes=30))
    return made


def command(field: Field, control_type: str, *meters: str, sender: str | None = names.MDMS) -> Sequence[Message]:
    """Send a command."""
    controls = EndDeviceControls((EndDeviceControl(control_type, meters, tracking_id="T-1"),))
    return field.ask("create", names.END_DEVICE_CONTROLS, controls, sender=sender)


def switches(field: Field, *meters: str) -> list[str]:
    """How their switches stand."""
    return [field.control("face", meter=meter)["switch"] for meter in meters]


def test_disconnection_opens_the_switch_and_its_event_follows(field: Field) -> None:
    """The event carries the tracking id of the command."""
    reply, event = command(field, OPEN, "M-1")

    assert codes(field.reply([reply])) == [("0.0", None)]
    assert switches(field, "M-1", "M-2") == ["open", "closed"]
    assert (event.to, event.payload.events[0].event_type, event.payload.events[0].tracking_id) == ("mdms", "3.31.0.39", "T-1")  # type: ignore[union-attr]  # an event has events


def test_armed_switch_closes_by_its_button(field: Field) -> None:
    """Open, arm, press: three events, the last still under the id of the command."""
    for control_type in (OPEN, ARM):
        command(field, control_type, "M-1")
    assert switches(field, "M-1") == ["armed"]
    pressed = field.control("press", meter="M-1")

    assert pressed == {"switch": "closed"}
    events = [(event.event_type, event.tracking_id) for message in field.sent for event in message.payload.events]  # type: ignore[union-attr]  # all sent are events
    assert events == [("3.31.0.39", "T-1"), ("3.31.0.11", "T-1"), ("3.31.0.16", "T-1")]


def test_connection_closes_an_open_switch(field: Field) -> None:
    """Without a hand at the meter."""
    command(field, OPEN, "M-1")
    command(field, CLOSE, "M-1")

    assert switches(field, "M-1") == ["closed"]


def test_clock_is_set_by_command(field: Field) -> None:
    """The face shows the right time again."""
    field.control("clock", meter="M-1", offset_s=-90)
    command(field, SET_CLOCK, "M-1")

    assert field.control("face", meter="M-1")["clock_at"] == "2026-03-01T09:30:00Z"


@pytest.mark.parametrize(
    ("control_type", "meters", "result", "expected"),
    [
        (CLOSE, ("M-1",), "FAILED", [("5.3", "M-1")]),
        (OPEN, ("M-9",), "FAILED", [("2.4", "M-9")]),
        (OPEN, ("M-1", "M-9"), "PARTIAL", [("2.4", "M-9")]),
        (OPEN, (), "FAILED", [("2.4", None)]),
        ("3.1.2.3", ("M-1",), "FAILED", [("5.2", "M-1")]),
    ],
    ids=["wrong state", "unknown meter", "one of two", "nobody", "unknown control"],
)
def test_command_that_cannot_be_carried_out_is_an_error(
    field: Field, control_type: str, meters: tuple[str, ...], result: str, expected: list[tuple[str, str | None]]
) -> None:
    """It names the meter; those that can obey, do."""
    reply = field.reply(command(field, control_type, *meters))

    assert (reply.result, codes(reply)) == (result, expected)
    assert switches(field, "M-1") == ["open" if result == "PARTIAL" else "closed"]


def test_command_to_a_silent_meter_times_out_and_changes_nothing(field: Field) -> None:
    """It never arrived."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-02T00:00:00Z")

    assert codes(field.reply(command(field, OPEN, "M-1"))) == [("4.1", "M-1")]
    assert switches(field, "M-1") == ["closed"]
