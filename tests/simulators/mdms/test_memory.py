"""What is kept in mind is a dict before a crash and the same dict after it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import Connection, create_engine

from ami import names
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Header,
    Kind,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterReading,
    MeterReadings,
    MeterReadSchedule,
    MeterServiceRequests,
    MeterServiceWork,
    Payload,
    Reading,
    Reply,
    ReplyError,
    Series,
    Span,
)
from simulators.mdms.conversation import Sent
from simulators.mdms.memory import Memory, Shelf
from simulators.mdms.schema import METADATA

NOW = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
SPAN = Span(NOW, NOW + timedelta(days=1))
SERIES = Series("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", (Reading(NOW, Decimal("0.10"), ("3.0.0", "3.8.0"), SPAN, "late"),))
PAYLOADS: tuple[Payload | None, ...] = (
    None,
    MeterReadings((MeterReading("M-1", "U-1", (SERIES,), (SERIES,), SPAN), MeterReading("M-2"))),
    MeterReadings(()),
    GetMeterReadings(),
    GetMeterReadings(("M-1",), ("U-1",), ("0.0.0",), SPAN),
    MeterReadSchedule(("M-1",), ("0.0.0",), SPAN, 900),
    EndDeviceControls((EndDeviceControl("3.31.0.23", ("M-1", "M-2"), "T-1"),)),
    EndDeviceEvents((EndDeviceEvent("3.26.0.85", "M-1", NOW, details=(("a", "b"),)),)),
    MeterServiceRequests((MeterServiceWork("disconnect", "M-1", requested_at=NOW, readings=(SERIES,)),)),
    MasterDataLinkageConfig((Linkage("U-1", NOW, "M-1"),)),
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(("put", "forget", "write", "crash")), st.sampled_from("abcdef"), st.integers(0, 9)), max_size=40
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """An open transaction on an empty database."""
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.begin() as opened:
        yield opened


def shelf(connection: Connection) -> tuple[Memory, Shelf[int]]:
    """A shelf of numbers as a new process finds it."""
    memory = Memory()
    numbers = memory.shelf("number", TypeAdapter(int))
    memory.load(connection)
    return memory, numbers


@given(changes=CHANGES)
def test_shelf_is_a_dict_that_survives_what_was_written(changes: list[tuple[str, str, int]]) -> None:
    """In the same order; what was not written is forgotten by a crash."""
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.begin() as connection:
        memory, numbers = shelf(connection)
        expected: dict[str, int] = {}
        written: dict[str, int] = {}
        for change, key, value in changes:
            if change == "put":
                numbers[key] = expected[key] = value
            elif change == "forget" and key in expected:
                del numbers[key], expected[key]
            elif change == "write":
                memory.write(connection)
                written = dict(expected)
            elif change == "crash":
                memory, numbers = shelf(connection)
                expected = dict(written)
            assert list(numbers.items()) == list(expected.items())


def test_shelves_do_not_mix(connection: Connection) -> None:
    """The same key on two of them is two things."""
    memory = Memory()
    numbers, words = memory.shelf("number", TypeAdapter(int)), memory.shelf("word", TypeAdapter(str))
    numbers["a"], words["a"] = 1, "one"
    memory.write(connection)
    again = Memory()
    numbers, words = again.shelf("number", TypeAdapter(int)), again.shelf("word", TypeAdapter(str))
    again.load(connection)

    assert (dict(numbers), dict(words)) == ({"a": 1}, {"a": "one"})
    assert not again.is_changed


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: type(payload).__name__)
def test_message_is_the_same_after_it(connection: Connection, payload: Payload | None) -> None:
    """Every payload is told from the others, and no moment or number loses a digit."""
    header = Header("create", "Any", "id-1", NOW, names.MDMS, "id-0", True, "http://cis", "u", "o", "2.0", "c")
    message = Message(Kind.REQUEST, header, Reply("PARTIAL", (ReplyError("2.4", "FATAL", "why", "M-1", "Meter"),)), payload, names.HES)
    sent = Sent(message, "task", NOW, acknowledged=True, attempts=3, retry_at=NOW)
    adapter = TypeAdapter(Sent)
    memory = Memory()
    memory.shelf("sent", adapter)["id-1"] = sent
    memory.write(connection)
    again = Memory()
    loaded = again.shelf("sent", adapter)
    again.load(connection)

    assert loaded["id-1"] == sent
