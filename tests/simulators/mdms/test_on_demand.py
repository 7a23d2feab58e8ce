"""Readings on demand: asked of the head-end for somebody else."""

from datetime import timedelta
from typing import Any

from ami import names
from ami.messages import GetMeterReadings, Message, MeterReadings, Reply, ReplyError
from ami.reading_type import register_kwh
from tests.simulators.mdms.neighbours import Neighbours

OK = Reply("OK", (ReplyError("0.0", "INFORM"),))


def ask(linked: Neighbours, *meters: str, **header: Any) -> list[Message]:
    """The CIS asks for the registers of now."""
    payload = GetMeterReadings(meters, reading_types=(str(register_kwh()),))
    header = {"async_reply": True} | header
    return linked.say("request", "get", names.METER_READINGS, payload, "cis", message_id="ask-1", **header)


def codes(message: Message) -> list[tuple[str, str | None]]:
    """The codes of a reply, and what they are about."""
    assert message.reply is not None
    return [(error.code, error.object_id) for error in message.reply.errors]


def test_question_for_now_is_passed_on(linked: Neighbours) -> None:
    """Thanks at once; the head-end is asked for the same meters and reading types, without a span."""
    thanks, question = ask(linked, "M-1")

    assert codes(thanks) == [("0.3", None)]
    assert question.to == "hes"
    assert question.payload == GetMeterReadings(("M-1",), (), (str(register_kwh()),))


def test_answer_is_passed_back_under_the_same_correlation(linked: Neighbours) -> None:
    """With the usage point that only this system knows."""
    _, question = ask(linked, "M-1")
    reading = linked.readings({}, registers={linked.now: 5_000})
    (told,) = linked.answer(question, OK, MeterReadings((reading,)))

    assert (told.to, told.kind, told.header.correlation_id) == ("cis", "response", "ask-1")
    assert codes(told) == [("0.0", None)]
    assert isinstance(told.payload, MeterReadings)
    assert (told.payload.meter_readings[0].usage_point, told.payload.meter_readings[0].readings) == ("U-1", reading.readings)


def test_usage_point_stands_for_its_meter(linked: Neighbours) -> None:
    """The head-end knows no usage points."""
    payload = GetMeterReadings(usage_points=("U-1",))
    _, question = linked.say("request", "get", names.METER_READINGS, payload, "cis", async_reply=True)

    assert isinstance(question.payload, GetMeterReadings)
    assert (question.payload.meters, question.payload.usage_points) == (("M-1",), ())


def test_unknown_meter_is_refused_at_once(linked: Neighbours) -> None:
    """Nobody needs to ask the head-end."""
    (refusal,) = ask(linked, "M-9")

    assert codes(refusal) == [("2.4", "M-9")]


def test_errors_of_both_systems_are_told(linked: Neighbours) -> None:
    """One meter is unknown here, one is silent there, one answers: partial."""
    linked.link("M-2", "U-2")
    _, question = ask(linked, "M-1", "M-2", "M-9")
    silent = Reply("PARTIAL", (ReplyError("4.1", reason="silent", object_id="M-2"),))
    (told,) = linked.answer(question, silent, MeterReadings((linked.readings({}, registers={linked.now: 5_000}),)))

    assert told.reply is not None
    assert told.reply.result == "PARTIAL"
    assert codes(told) == [("2.4", "M-9"), ("4.1", "M-2")]


def test_meter_that_the_head_end_forgets_is_missed(linked: Neighbours) -> None:
    """An OK without its reading is none."""
    _, question = ask(linked, "M-1")
    (told,) = linked.answer(question, OK, MeterReadings((linked.readings({}, meter="M-7", registers={linked.now: 1}),)))

    assert codes(told) == [("5.7", "M-1")]
    assert told.payload is None


def test_question_must_be_asynchronous(linked: Neighbours) -> None:
    """A meter takes longer than a connection."""
    (refusal,) = ask(linked, "M-1", async_reply=False)

    assert codes(refusal) == [("5.2", None)]


def test_silence_of_the_head_end_is_told(linked: Neighbours) -> None:
    """After a quarter of an hour."""
    ask(linked, "M-1")
    (told,) = linked.wake(linked.now + timedelta(minutes=15))

    assert (told.to, codes(told)) == ("cis", [("4.1", "M-1")])


def test_third_party_needs_consent_for_now_as_well(linked: Neighbours) -> None:
    """Readings of this minute are no less private."""
    (refusal,) = ask(linked, "M-1", organization="Volt & Sons")

    assert codes(refusal) == [("7.5", "M-1")]
