"""The outage management: who is without supply, however events arrive."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami import names
from ami.event_types import LAST_GASP, POWER_RESTORED, TAMPER
from ami.messages import EndDeviceEvent, EndDeviceEvents, Header, Kind, Message, Payload, Reply
from ami.ports import Json, StandIn
from simulators.oms import OutageManagement, outages_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def oms() -> StandIn:
    """A control room that knows of nothing."""
    made = OutageManagement()
    made.reset("7", NOON)
    return made


def tell(
    oms: StandIn,
    *happened: tuple[str, str, int],
    message_id: str = "E-1",
    sender: str | None = names.HES,
    verb: str = "created",
    payload: Payload | None = None,
) -> Reply:
    """Tell it of `meter, event type, minute` in one message."""
    events = EndDeviceEvents(tuple(EndDeviceEvent(event_type, meter, NOON + minute * MINUTE) for meter, event_type, minute in happened))
    header = Header(verb, names.END_DEVICE_EVENTS, message_id, NOON, "hes")
    (said,) = oms.receive(Message(Kind.EVENT, header, payload=payload or events, sender=sender), NOON)
    assert (said.kind, said.to, said.header.correlation_id, said.header.source) == (Kind.RESPONSE, None, message_id, "oms")
    assert said.reply is not None
    return said.reply


def outages(oms: StandIn) -> Json:
    """What it knows."""
    return oms.control("outages", {}, NOON).result


def in_minutes(said: Sequence[tuple[int, str]]) -> list[tuple[float, float | None]]:
    """One meter's outages, from minutes and kinds of events."""
    found = outages_of("M-1", [(NOON + minute * MINUTE, event_type) for minute, event_type in said])
    return [((one.lost_at - NOON) / MINUTE, None if one.restored_at is None else (one.restored_at - NOON) / MINUTE) for one in found]


def test_last_gasp_is_an_outage_until_the_supply_is_restored(oms: StandIn) -> None:
    """First open, then closed; the reply is a plain OK."""
    reply = tell(oms, ("M-1", LAST_GASP, 0))
    assert (reply.result, reply.errors[0].code) == ("OK", "0.0")
    assert outages(oms) == [{"meter": "M-1", "lost_at": "2026-03-01T12:00:00Z", "restored_at": None}]

    tell(oms, ("M-1", POWER_RESTORED, 30), message_id="E-2")
    assert outages(oms) == [{"meter": "M-1", "lost_at": "2026-03-01T12:00:00Z", "restored_at": "2026-03-01T12:30:00Z"}]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([(0, LAST_GASP), (5, LAST_GASP), (9, POWER_RESTORED)], [(0, 9)]),
        ([(0, LAST_GASP), (5, POWER_RESTORED), (9, LAST_GASP)], [(0, 5), (9, None)]),
        ([(5, POWER_RESTORED), (0, LAST_GASP)], [(0, 5)]),
        ([(9, LAST_GASP), (0, LAST_GASP), (5, POWER_RESTORED)], [(0, 5), (9, None)]),
        ([(5, POWER_RESTORED)], []),
        ([(0, LAST_GASP), (5, POWER_RESTORED), (6, POWER_RESTORED)], [(0, 5)]),
        ([(0, LAST_GASP), (0, POWER_RESTORED)], [(0, 0)]),
    ],
    ids=["gasp within an outage", "one after the other", "overtaken", "second before first", "no outage", "restored twice", "a blink"],
)
def test_outages_follow_from_the_times_of_the_events(said: list[tuple[int, str]], expected: list[tuple[int, int | None]]) -> None:
    """Repeated, nested and reordered events say what happened all the same."""
    assert in_minutes(said) == expected


@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from((LAST_GASP, POWER_RESTORED))), unique_by=lambda event: event[0]),
    st.randoms(use_true_random=False),
)
def test_order_of_arrival_does_not_matter(said: list[tuple[int, str]], random: object) -> None:
    """Any order of events with different times gives the same outages, and they do not overlap."""
    shuffled = said.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a random.Random
    found = in_minutes(said)

    assert in_minutes(shuffled) == found
    ends = [moment for outage in found for moment in outage if moment is not None]
    assert ends == sorted(ends)


def test_nested_outage_of_one_meter_outlasts_that_of_the_feeder(oms: StandIn) -> None:
    """The feeder comes back for M-1; M-2 stays dark behind its own fault."""
    tell(oms, ("M-1", LAST_GASP, 0), ("M-2", LAST_GASP, 0))
    tell(oms, ("M-1", POWER_RESTORED, 30), message_id="E-2")

    assert [(one["meter"], one["restored_at"] is None) for one in outages(oms)] == [("M-1", False), ("M-2", True)]


def test_message_that_comes_again_counts_once_and_is_acknowledged_again(oms: StandIn) -> None:
    """The head-end may not know that it arrived."""
    replies = [tell(oms, ("M-1", LAST_GASP, 0)) for _ in range(2)]

    assert [reply.result for reply in replies] == ["OK", "OK"]
    assert len(outages(oms)) == 1


def test_other_events_are_taken_and_say_nothing_of_outages(oms: StandIn) -> None:
    """Tampering is not an outage."""
    assert tell(oms, ("M-1", TAMPER, 0)).result == "OK"
    assert outages(oms) == []


@pytest.mark.parametrize("sender", ["cis", "mdms", None])
def test_only_the_head_end_is_believed(oms: StandIn, sender: str | None) -> None:
    """Anyone else is refused, and nothing is noted."""
    assert tell(oms, ("M-1", LAST_GASP, 0), sender=sender).errors[0].code == "7.5"
    assert outages(oms) == []


def test_what_it_does_not_take_is_refused(oms: StandIn) -> None:
    """It takes `created` events and nothing else."""
    assert tell(oms, ("M-1", LAST_GASP, 0), verb="changed").errors[0].code == "2.9"


def test_it_asks_nobody_anything(oms: StandIn) -> None:
    """Never due, nothing to send, and a response is not answered."""
    header = Header("reply", names.END_DEVICE_EVENTS, "R-1", NOON, "hes")

    assert oms.due_at() is None
    assert list(oms.wake(NOON)) == []
    assert list(oms.receive(Message(Kind.RESPONSE, header, sender="hes"), NOON)) == []


def test_reset_forgets_and_unknown_commands_are_refused(oms: StandIn) -> None:
    """An empty control room again."""
    tell(oms, ("M-1", LAST_GASP, 0))
    oms.reset("7", NOON)

    assert outages(oms) == []
    with pytest.raises(LookupError, match="outages"):
        oms.control("fly", {}, NOON)
