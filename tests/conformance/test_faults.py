"""What a wire can do to good messages, and that the judge names it."""

import random
import re
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.capture import Capture
from conformance.judge import Judge
from tests.conformance import good

VALUES = [250 + 90 * (place % 8) for place in range(96)]
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def found(judge: Judge, *messages: Capture) -> set[str]:
    """The ids of all rules that are broken."""
    judgements = [judge.message(message) for message in messages]
    alone = {finding.rule_id for judgement in judgements for finding in judgement.findings}
    return alone | {finding.rule_id for _, finding in judge.conversation(judgements)}


def altered(message: Capture, body: str) -> Capture:
    """The message with another body."""
    return Capture(body.encode(), message.at, message.wire, message.leg, message.exchange, message.soap_action, message.number)


def shifted(text: str, by: timedelta) -> str:
    """Every moment of a message moved."""
    moments = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z)"
    return re.sub(moments, lambda at: (datetime.fromisoformat(at[0]) + by).isoformat(), text)


def delivery() -> Capture:
    """Three meters of different lengths of interval, the registers beside them."""
    members = good.day("M-0", VALUES) + good.day("M-1", VALUES[:48], 30) + good.day("M-2", VALUES[:24], 60)
    return good.delivery(members)


@SETTINGS
@given(st.integers(0, 96 + 48 + 24 - 1))
def test_dropped_interval_is_found(judge: Judge, place: int) -> None:
    """Anywhere: in the middle, or the first or the last of a block."""
    message = delivery()
    rows = list(re.finditer(r"<IntervalReadings>.*?</IntervalReadings>", message.body.decode()))
    start, end = rows[place].span()
    text = message.body.decode()

    assert found(judge, altered(message, text[:start] + text[end:]), good.acknowledgement()) & {"MR-06", "MR-10"}


@SETTINGS
@given(st.integers(0, 3), st.integers(1, 4), st.booleans())
def test_dropped_interval_is_found_in_short_blocks(judge: Judge, place: int, count: int, with_registers: bool) -> None:
    """Of one to four intervals; of one, nothing but the empty block is left."""
    member = good.day("M-0", VALUES[:count])
    if not with_registers:
        member = re.sub("<Readings>.*?</Readings>", "", member)
    rows = re.findall("<IntervalReadings>.*?</IntervalReadings>", member)
    dropped = member.replace(rows[place % count], "")

    assert found(judge, good.delivery(dropped)) & {"MR-06", "MR-07", "MR-10"}


@pytest.mark.parametrize("hours", [1, -1])
def test_shifted_timestamps_are_found(judge: Judge, hours: int) -> None:
    """All moments of a message by an hour, its header included: the message was heard at another time than it says."""
    message = delivery()
    moved = altered(message, shifted(message.body.decode(), timedelta(hours=hours)))

    assert found(judge, moved, good.acknowledgement()) == {"HE-07" if hours > 0 else "HE-08"}


def test_shifted_readings_are_found(judge: Judge) -> None:
    """Readings alone, while the span that they should cover stays."""
    message = delivery()
    moved = re.sub("<timeStamp>.*?</timeStamp>", lambda stamp: shifted(stamp[0], timedelta(hours=1)), message.body.decode())

    assert {"MR-09", "MR-10"} <= found(judge, altered(message, moved))


def test_multiplied_values_are_found(judge: Judge) -> None:
    """All values by a thousand, registers included, so that sums still agree: no service delivers that much, nor counts it."""
    message = delivery()
    larger = re.sub(r"<value>(\d+)\.(\d{3})</value>", r"<value>\1\2.000</value>", message.body.decode())

    assert found(judge, altered(message, larger), good.acknowledgement()) == {"MR-16", "MR-50"}


def test_multiplied_registers_are_found_beside_an_earlier_message(judge: Judge) -> None:
    """A message of registers alone, by a thousand: what the wire said of the register an hour before betrays it."""
    writing, later = good.Writing(), good.START + timedelta(hours=1)

    def read(watt_hours: int, at: datetime, number: int) -> Capture:
        member = good.meter_reading("M", "", good.register(watt_hours, 8, at, writing), at, at, writing)
        return good.delivery(member, exchange=number, message_id=f"m-{number}")

    messages = [
        read(1_234_500, good.START, 1),
        good.acknowledgement(1, "m-1"),
        read(1_235_000_000, later, 2),
        good.acknowledgement(2, "m-2"),
    ]

    assert found(judge, *messages) == {"CV-09"}


def test_repeated_message_is_found(judge: Judge) -> None:
    """The same bytes twice, both answered; the finding is on the second."""
    once, twice = delivery(), Capture(delivery().body, good.HEARD_AT, good.WIRE, "request", 2)
    judgements = [judge.message(message) for message in (once, good.acknowledgement(), twice, good.acknowledgement(2))]

    assert [(index, finding.rule_id) for index, finding in judge.conversation(judgements)] == [(2, "CV-01")]


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b"<Result>OK</Result>", b"<Result xmlns='urn:own'>OK</Result>", "XS-01"),
        (b"<CorrelationID>m-1<", b"<CorrelationID>m-0<", "CV-02"),
        (b"<Result>OK<", b"<Result>OK", "XML-01"),
    ],
)
def test_who_repeats_what_was_answered_by_nothing_readable_is_not_blamed(judge: Judge, right: bytes, wrong: bytes, rule: str) -> None:
    """The one finding is on the answer; the sender does not know that its message arrived."""
    once, twice = delivery(), Capture(delivery().body, good.HEARD_AT, good.WIRE, "request", 2)
    answer = good.acknowledgement()
    unreadable = answer._replace(body=answer.body.replace(right, wrong, 1))
    judgements = [judge.message(message) for message in (once, unreadable, twice, good.acknowledgement(2))]
    together = judge.conversation(judgements)

    alone = [(index, finding) for index, judgement in enumerate(judgements) for finding in judgement.findings]
    assert {(index, finding.rule_id) for index, finding in (*alone, *together)} == {(1, rule)}


def test_answer_with_a_status_of_failure_does_not_say_that_a_message_was_taken(judge: Judge) -> None:
    """Its sender goes by the status."""
    once, twice = delivery(), Capture(delivery().body, good.HEARD_AT, good.WIRE, "request", 2)

    assert "CV-01" not in found(judge, once, good.acknowledgement()._replace(status=503), twice, good.acknowledgement(2))
    assert "CV-01" in found(judge, once, good.acknowledgement()._replace(status=200), twice, good.acknowledgement(2))


def test_who_says_another_thing_under_an_id_that_was_not_answered_is_blamed(judge: Judge) -> None:
    """A repetition says the same."""
    once = delivery()
    other = Capture(good.delivery(good.day("M-0", VALUES[::-1])).body, good.HEARD_AT, good.WIRE, "request", 2)

    assert "CV-15" in found(judge, once, other, good.acknowledgement(2))


def test_broken_correlation_is_found_on_the_reply(judge: Judge) -> None:
    """The reply answers another message than the one on its connection."""
    judgements = [judge.message(message) for message in (delivery(), good.acknowledgement(1, "m-7"))]

    assert [(index, finding.rule_id) for index, finding in judge.conversation(judgements)] == [(1, "CV-02")]


def test_swapped_meters_show_beside_an_earlier_message(judge: Judge) -> None:
    """One message alone cannot show it, but the registers of the day before can."""

    def of(day: int, names: tuple[str, str]) -> Capture:
        writing, start = good.Writing(), good.START + timedelta(days=day)
        end = start + timedelta(days=1)
        members = ""
        for name, stand in zip(names, (1_000_000 + 24_000 * day, 7_000_000 + 24_000 * day), strict=True):
            registers = good.register(stand, 6, start, writing) + good.register(stand + 24_000, 6, end, writing)
            members += good.meter_reading(name, good.block([250] * 96, 15, start, writing), registers, start, end, writing)
        return good.delivery(members, exchange=day, message_id=f"m-{day}")

    good_days = [of(1, ("A", "B")), good.acknowledgement(1, "m-1"), of(2, ("A", "B")), good.acknowledgement(2, "m-2")]
    swapped = [*good_days[:2], of(2, ("B", "A")), good_days[3]]

    assert found(judge, *good_days) == set()
    assert found(judge, *swapped) == {"CV-09"}


@SETTINGS
@given(st.randoms(use_true_random=False))
def test_altered_interval_is_found(judge: Judge, chance: random.Random) -> None:
    """One value that is another one by the time it arrives: the register knows better."""
    message = delivery()
    rows = list(re.finditer(r"<IntervalReadings>.*?<value>(.*?)</value>", message.body.decode()))
    start, end = chance.choice(rows).span(1)
    text = message.body.decode()

    assert "MR-18" in found(judge, altered(message, text[:start] + "9.999" + text[end:]))
