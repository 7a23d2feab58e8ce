"""The system as its host sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest

from ami import names
from ami.messages import Header, Kind, Message
from ami.ports import Json, StandIn
from tests.simulators.cis.neighbours import BILLING_DAY, MARCH, Neighbours, new_cis, supplied


def test_is_a_stand_in() -> None:
    """It fits the port, and has the first cycle ahead."""
    stand_in: StandIn = new_cis()
    assert (stand_in.name, stand_in.due_at()) == ("cis", datetime(2026, 3, 1, 8, tzinfo=UTC))


def test_reset_forgets_everything() -> None:
    """And fast: a scenario should not wait for it."""
    neighbours = supplied()
    neighbours.wake(BILLING_DAY)
    started = process_time()
    neighbours.cis.reset("8", MARCH.start)
    assert process_time() - started < 0.2
    assert neighbours.control("accounts") == neighbours.control("bills") == neighbours.control("notices") == []


def test_same_seed_same_messages() -> None:
    """Ids included."""

    def said() -> list[Message]:
        neighbours = Neighbours()
        neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat")
        neighbours.control("disconnect", usage_point="UP-1")
        return neighbours.out

    assert said() == said()


def test_nothing_is_left_of_a_command_that_failed() -> None:
    """The address of a move-in that is refused is not kept."""
    neighbours = supplied()
    neighbours.control("install_meter", usage_point="UP-2", meter="M-2", at="2026-03-01")
    before = neighbours.control("accounts")
    with pytest.raises(ValueError, match="UP-2 has meter M-2"):
        neighbours.control("move_in", usage_point="UP-3", meter="M-2", tariff="flat", address="1 New Road")
    assert neighbours.control("accounts") == before


def test_requests_are_refused() -> None:
    """The system takes events and replies."""
    request = Message(Kind.REQUEST, Header("get", names.METER_READINGS, "r", MARCH.start, "tester"), sender="tester")
    reply = Neighbours().hear(request)
    assert reply is not None
    assert reply.reply is not None
    assert reply.reply.errors[0].code == "2.9"


def test_unknown_event() -> None:
    """So is an event that does not concern it."""
    neighbours = Neighbours()
    event = replace(neighbours.event("closed", names.METER_SERVICE_REQUESTS, None))  # type: ignore[arg-type]  # an event without payload
    reply = neighbours.hear(event)
    assert reply is not None
    assert reply.reply is not None
    assert reply.reply.errors[0].code == "2.9"


def test_undelivered_message_of_somebody_else() -> None:
    """What was never sent cannot be lost."""
    stranger = Message(Kind.REQUEST, Header("get", names.METER_READINGS, "r", MARCH.start, "cis"), to="mdms")
    assert list(new_cis().undelivered(stranger, "lost", MARCH.start)) == []


@pytest.mark.parametrize(
    ("command", "arguments", "error", "complaint"),
    [
        ("rob", {}, LookupError, "command 'rob': there are move_in"),
        ("move_in", {"usage_point": "UP-2"}, ValueError, "tariff is missing"),
        ("move_in", {"usage_point": 7, "tariff": "flat"}, ValueError, "usage_point is a text"),
        ("move_in", {"usage_point": " ", "tariff": "flat"}, ValueError, "usage_point is a text"),
        ("move_in", {"usage_point": "UP-2", "tarif": "flat"}, ValueError, "no argument tarif"),
        ("move_in", {"usage_point": "UP-2", "tariff": "flat", "at": 5}, ValueError, "at is a moment"),
        ("reconnect", {"usage_point": "UP-1", "armed": "yes"}, ValueError, "armed is true or false"),
        ("read_now", {"usage_point": "UP-2"}, LookupError, "usage point 'UP-2'"),
        ("move_out", {"usage_point": "'; drop table bills; --"}, LookupError, "usage point"),
        ("cancel_bill", {"bill": "B-000009", "reason": "x"}, LookupError, "bill 'B-000009'"),
        (
            "exchange_meter",
            {"usage_point": "UP-1", "old_meter": "M-1", "new_meter": "M-2", "final_kwh": True},
            ValueError,
            "final_kwh is kWh",
        ),
        ("notices", {"all": True}, ValueError, "no argument all; there are none"),
    ],
)
def test_command_that_makes_no_sense(command: str, arguments: dict[str, Json], error: type[Exception], complaint: str) -> None:
    """Each is refused with what would make sense."""
    with pytest.raises(error, match=complaint):
        supplied().cis.control(command, arguments, MARCH.start)


def test_hostile_names_are_only_names() -> None:
    """What looks like SQL or XPath is stored and shown as it is."""
    neighbours = Neighbours()
    hostile = "UP-1' or '1'='1"
    neighbours.control("move_in", usage_point=hostile, tariff="flat", customer="Robert'); DROP TABLE customers;--")
    assert [(entry["usage_point"], entry["name"]) for entry in neighbours.control("accounts")] == [
        (hostile, "Robert'); DROP TABLE customers;--")
    ]
    assert neighbours.control("bills", usage_point="x' or 1=1 --") == []
