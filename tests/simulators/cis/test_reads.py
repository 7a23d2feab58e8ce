"""Reads on demand."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ami import names
from ami.messages import GetMeterReadings, Message, MeterReading, MeterReadings, Reading, Reply, ReplyError, Series
from ami.ports import Json
from ami.reading_type import billed_kwh, register_kwh
from tests.simulators.cis.neighbours import ACKNOWLEDGED, MARCH, OK, Neighbours, supplied

MINUTE = timedelta(minutes=1)
SILENT = Reply("FAILED", (ReplyError("4.1", reason="meter silent"),))


def face(meter: str = "M-1", reading_type: str = str(register_kwh())) -> MeterReadings:
    """What stands on the meter."""
    series = Series(reading_type, (Reading(MARCH.start, Decimal("99.5")),))
    return MeterReadings((MeterReading(meter, readings=(series,)),))


def asked(acknowledged: bool = True) -> tuple[Neighbours, Message]:
    """A CIS that has just asked, and its question."""
    neighbours = supplied()
    neighbours.control("read_now", usage_point="UP-1")
    question = neighbours.take(names.METER_READINGS)
    if acknowledged:
        assert neighbours.hear(neighbours.response(question, ACKNOWLEDGED)) is None
    return neighbours, question


def read(neighbours: Neighbours) -> dict[str, Json]:
    """The only read."""
    (found,) = neighbours.account()["reads"]
    return dict(found)


def code(message: Message | None) -> str:
    """Result and first code of a reply."""
    assert message is not None
    assert message.reply is not None
    return f"{message.reply.result} {message.reply.errors[0].code}"


def test_question() -> None:
    """Asked for later delivery, at an address."""
    _, question = asked(acknowledged=False)
    assert question.payload == GetMeterReadings(meters=("M-1",), reading_types=(str(register_kwh()),))
    assert (question.header.async_reply, question.header.reply_address) == (True, "http://cis.metergate.test/soap")


def test_answer_comes_later() -> None:
    """Acknowledged, then answered; the answer is acknowledged in turn, under its own id."""
    neighbours, question = asked()
    assert read(neighbours)["state"] == "acknowledged"
    answer = neighbours.response(question, payload=face())

    reply = neighbours.hear(answer)

    assert code(reply) == "OK 0.0"
    assert reply is not None
    assert reply.header.correlation_id == answer.header.message_id
    done = read(neighbours)
    assert (done["state"], done["register_kwh"], done["read_at"]) == ("answered", "99.5", "2026-03-01T00:00:00Z")


@pytest.mark.parametrize("acknowledged", [True, False])
def test_failure(acknowledged: bool) -> None:
    """A meter that is silent, or a question that is refused, ends the read."""
    neighbours, question = asked(acknowledged)
    neighbours.hear(neighbours.response(question, SILENT))
    assert (read(neighbours)["state"], read(neighbours)["text"]) == ("failed", "4.1 meter silent")


def test_answer_at_once() -> None:
    """An MDMS need not make use of the delay."""
    neighbours, question = asked(acknowledged=False)
    neighbours.hear(neighbours.response(question, payload=face()))
    assert read(neighbours)["state"] == "answered"


@pytest.mark.parametrize("sender", ["hes", "tester", None])
def test_spoofed_answer(sender: str | None) -> None:
    """The right correlation from the wrong neighbour changes nothing."""
    neighbours, question = asked()
    before = neighbours.account()
    assert code(neighbours.hear(replace(neighbours.response(question, payload=face()), sender=sender))) == "FAILED 2.15"
    assert neighbours.account() == before


def test_uncorrelated_answer() -> None:
    """The right neighbour without the right correlation changes nothing either."""
    neighbours, question = asked()
    before = neighbours.account()
    answer = neighbours.response(question, payload=face())
    for correlation_id in (None, "guessed"):
        stray = replace(answer, header=replace(answer.header, correlation_id=correlation_id))
        assert code(neighbours.hear(stray)) == "FAILED 2.15"
    assert neighbours.account() == before


def test_spoof_does_not_use_up_the_id_of_the_true_answer() -> None:
    """The true answer is taken, though somebody used its MessageID first."""
    neighbours, question = asked()
    answer = neighbours.response(question, payload=face())
    neighbours.hear(replace(answer, sender="tester"))
    assert code(neighbours.hear(answer)) == "OK 0.0"
    assert read(neighbours)["state"] == "answered"


def test_answer_twice() -> None:
    """The same answer again is acknowledged and changes nothing; another one to the same question is refused."""
    neighbours, question = asked()
    answer = neighbours.response(question, payload=face())
    assert code(neighbours.hear(answer)) == code(neighbours.hear(answer)) == "OK 0.0"
    assert code(neighbours.hear(neighbours.response(question, payload=face()))) == "FAILED 2.15"


def test_answer_for_another_meter() -> None:
    """Swapped meters are noticed, and the read goes on waiting."""
    neighbours, question = asked()
    assert code(neighbours.hear(neighbours.response(question, payload=face("M-2")))) == "FAILED 2.13"
    assert read(neighbours)["state"] == "acknowledged"


def test_answer_without_a_register() -> None:
    """Something else than what was asked for is no answer."""
    neighbours, question = asked()
    neighbours.hear(neighbours.response(question, payload=face(reading_type=str(billed_kwh(0)))))
    assert read(neighbours)["state"] == "failed"


def test_nobody_answers() -> None:
    """After a quarter of an hour the read is given up, and what comes then is not believed."""
    neighbours, question = asked()
    neighbours.wake(MARCH.start + 15 * MINUTE)
    assert (read(neighbours)["state"], read(neighbours)["text"]) == ("timed out", "no answer within 15 minutes")
    assert code(neighbours.hear(neighbours.response(question, payload=face()))) == "FAILED 2.15"
    assert read(neighbours)["register_kwh"] is None


def test_too_late_by_the_clock() -> None:
    """Even if nobody woke the system in between."""
    neighbours, question = asked()
    neighbours.now += 15 * MINUTE
    assert code(neighbours.hear(neighbours.response(question, payload=face()))) == "FAILED 2.15"
    assert read(neighbours)["state"] == "timed out"


def test_lost_question_is_asked_again_in_time() -> None:
    """Under a fresh id, until the quarter of an hour is over."""
    neighbours, question = asked(acknowledged=False)
    neighbours.lose(question)
    assert read(neighbours)["state"] == "waiting"
    neighbours.wake(MARCH.start + MINUTE)
    again = neighbours.take(names.METER_READINGS)
    assert again.header.message_id != question.header.message_id
    neighbours.hear(neighbours.response(again, OK, face()))
    assert read(neighbours)["state"] == "answered"


def test_lost_for_good() -> None:
    """It is not asked for ever."""
    neighbours, question = asked(acknowledged=False)
    for minute in (1, 6):
        neighbours.lose(question)
        neighbours.wake(MARCH.start + minute * MINUTE)
        question = neighbours.take(names.METER_READINGS)
    neighbours.lose(question)
    neighbours.wake(MARCH.start + 60 * MINUTE)
    assert neighbours.out == []
    assert (read(neighbours)["state"], read(neighbours)["attempts"]) == ("timed out", 3)
