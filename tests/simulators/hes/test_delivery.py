"""Delivery: batches, habits, and that nothing is lost on the way."""

from datetime import timedelta

import pytest

from ami.messages import ReplyError
from tests.simulators.hes.field import DAY, HOUR, START, Field, readings_in

MINUTE = timedelta(minutes=1)
COLLECTED = START + DAY + 30 * MINUTE
NIGHT = START + DAY + HOUR


def field_of(count: int, batch: int = 2) -> Field:
    """So many meters, delivered so many at a time."""
    field = Field(batch=batch)
    field.install(*(f"M-{number}" for number in range(1, count + 1)))
    return field


def batches(field: Field) -> list[tuple[int, list[str]]]:
    """Which day and which meters each delivery carried."""
    return [
        ((reading.span.start - START) // DAY, [reading.meter for reading in readings_in(message)])
        for message in field.deliveries()
        if (reading := readings_in(message)[0]).span
    ]


def test_meters_are_delivered_in_batches() -> None:
    """Five meters, two at a time, are three messages."""
    field = field_of(5)
    field.pass_time(NIGHT)

    assert batches(field) == [(0, ["M-1", "M-2"]), (0, ["M-3", "M-4"]), (0, ["M-5"])]
    assert [(message.header.verb, message.to) for message in field.deliveries()] == [("created", "mdms")] * 3


def test_earlier_days_are_delivered_before_later_ones() -> None:
    """What is filled back for one meter goes before the day of all."""
    field = field_of(2)
    field.control("silence", meter="M-2", start="2026-03-01T00:00:00Z", end="2026-03-02T12:00:00Z")
    field.pass_time(NIGHT + DAY)

    assert batches(field) == [(0, ["M-1"]), (0, ["M-2"]), (1, ["M-1", "M-2"])]


def test_reversed_delivery_brings_the_last_batch_of_the_last_day_first() -> None:
    """Two days held back, three meters."""
    field = field_of(3)
    field.control("delivery", order="reversed", hold_until="2026-03-03T00:00:00Z")
    field.pass_time(START + 2 * DAY + 2 * HOUR)

    assert batches(field) == [(1, ["M-3"]), (1, ["M-1", "M-2"]), (0, ["M-3"]), (0, ["M-1", "M-2"])]


def test_repeated_delivery_has_fresh_ids() -> None:
    """The same readings in three messages that claim to be different."""
    field = field_of(1)
    field.control("delivery", repeat=3)
    field.pass_time(NIGHT)

    assert len({message.header.message_id for message in field.deliveries()}) == 3
    assert len({message.payload for message in field.deliveries()}) == 1


def test_held_delivery_goes_when_it_may() -> None:
    """Collected at 00:30, delivered at 03:00."""
    field = field_of(1)
    field.control("delivery", hold_until="2026-03-02T02:00:00Z")
    field.pass_time(START + DAY + timedelta(hours=2, minutes=59))
    assert field.deliveries() == []
    field.pass_time(START + DAY + 3 * HOUR)

    assert batches(field) == [(0, ["M-1"])]


def test_habits_that_are_dropped_let_go_what_was_held() -> None:
    """`delivery` without arguments is back to normal, at once."""
    field = field_of(1)
    field.control("delivery", hold_until="2026-03-09T02:00:00Z")
    field.pass_time(NIGHT)
    field.control("delivery")

    assert batches(field) == [(0, ["M-1"])]


@pytest.mark.parametrize(
    "told", [{"order": "sideways"}, {"repeat": 0}, {"repeat": "2"}, {"hold_until": "later"}, {"hold_until": "2026-03-02T02:00:00"}]
)
def test_senseless_habit_is_refused(told: dict[str, object]) -> None:
    """With the argument that makes none."""
    with pytest.raises(ValueError, match=next(iter(told))):
        field_of(1).control("delivery", **told)


def test_delivery_that_did_not_arrive_is_sent_again_unchanged_until_it_does() -> None:
    """After one minute, five, fifteen …, with its old id, so that nothing counts twice."""
    field = field_of(1)
    field.is_deaf = True
    field.pass_time(NIGHT)
    tried = len(field.deliveries())
    assert field.control("holdings")["waiting"] == [
        {"message_id": field.sent[0].header.message_id, "to": "mdms", "reason": "nobody is there", "meters": ["M-1"], "attempts": 4}
    ]
    field.is_deaf = False
    field.pass_time(NIGHT + HOUR)

    assert tried == 4
    assert len(field.deliveries()) == 5
    assert len(set(field.deliveries())) == 1
    assert field.control("holdings")["waiting"] == []


def test_delivery_that_nobody_takes_for_days_is_given_up() -> None:
    """It is a dead letter after 24 attempts, more than three days later, and not sent again."""
    field = field_of(1)
    field.is_deaf = True
    field.pass_time(COLLECTED + 3 * DAY)
    waiting = field.control("holdings")["waiting"]
    field.pass_time(COLLECTED + 4 * DAY)
    first = field.control("holdings")["dead_letters"][0]

    assert waiting[0]["message_id"] == first["message_id"]
    assert (first["attempts"], first["reason"], first["meters"]) == (24, "nobody is there", ["M-1"])
    assert field.deliveries().count(field.deliveries()[0]) == 24


def test_delivery_that_is_refused_is_a_dead_letter() -> None:
    """It is not tried again, and can be seen."""
    field = field_of(1)
    field.is_deaf = True
    field.pass_time(COLLECTED)
    field.is_deaf = False
    (message,) = field.head_end.wake(field.now + MINUTE)
    field.answer(message, "FAILED", ReplyError("1.8", reason="not valid"))

    assert [(letter["reason"], letter["meters"]) for letter in field.control("holdings")["dead_letters"]] == [("1.8 not valid", ["M-1"])]
    assert list(field.head_end.wake(field.now)) == []


def test_meter_that_the_mdms_does_not_know_is_remembered() -> None:
    """PARTIAL has done its work for the others."""
    field = field_of(2)
    field.is_deaf = True
    field.pass_time(COLLECTED)
    (message,) = field.head_end.wake(field.now + MINUTE)
    field.answer(message, "PARTIAL", ReplyError("2.4", object_id="M-2"))
    holdings = field.control("holdings")

    assert holdings["refused"] == [{"message_id": message.header.message_id, "object": "M-2", "code": "2.4"}]
    assert (holdings["waiting"], holdings["dead_letters"]) == ([], [])


def test_answer_of_somebody_else_counts_for_nothing() -> None:
    """Only the neighbour that a message went to can answer it."""
    field = field_of(1)
    field.is_deaf = True
    field.pass_time(COLLECTED)
    (message,) = field.head_end.wake(field.now + MINUTE)
    field.answer(message, "FAILED", ReplyError("1.8"), sender="oms")
    field.head_end.undelivered(message, "late", field.now)

    assert field.control("holdings")["dead_letters"] == []
    assert list(field.head_end.wake(field.now + 5 * MINUTE)) == [message]


def test_same_seed_says_the_same() -> None:
    """Ids included, after a reset too; another seed has other ids."""
    runs = []
    for seed in ("7", "7", "8"):
        field = Field()
        field.head_end.reset("x", START)
        field.install("M-0")
        field.head_end.reset(seed, START)
        field.install("M-1", "M-2", profile={"kind": "seeded"})
        field.pass_time(START + 2 * DAY)
        runs.append(field.sent)

    assert runs[0] == runs[1]
    assert {message.header.message_id for message in runs[0]}.isdisjoint(message.header.message_id for message in runs[2])
