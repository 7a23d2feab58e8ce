"""A meter data management whose process ended goes on with what its database holds, and with nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from ami import names
from ami.event_types import TAMPER
from ami.messages import GetMeterReadings, MeterReadings, Reply, ReplyError
from simulators.mdms import MeterDataManagement
from tests.simulators.mdms.neighbours import CALENDAR, ZONE, Neighbours

OK = Reply("OK", (ReplyError("0.0", "INFORM"),))
ACKNOWLEDGED = Reply("OK", (ReplyError("0.3", "INFORM"),))
MINUTE = timedelta(minutes=1)


def test_empty_database_has_nothing_to_go_on_from(linked: Neighbours) -> None:
    """It has to be reset."""
    mdms = MeterDataManagement(ZONE, CALENDAR, create_engine("sqlite://", poolclass=StaticPool))
    assert not mdms.resume(linked.now)


def test_readings_and_links_are_there(linked: Neighbours) -> None:
    """And a late repetition of what was acknowledged before changes nothing."""
    linked.deliver(linked.readings(500), message_id="d-1")
    linked.crash()
    before = linked.wh()
    answer = linked.deliver(linked.readings(900), message_id="d-1")

    assert before == [500] * 48
    assert answer.result == "OK"
    assert linked.wh() == before


def test_request_that_was_made_before_is_not_made_again(linked: Neighbours) -> None:
    """A crash is no way around replay protection."""
    linked.say("request", "create", names.METER_SERVICE_REQUESTS, None, "cis", message_id="r-1")
    linked.crash()
    (answer,) = linked.say("request", "create", names.METER_SERVICE_REQUESTS, None, "cis", message_id="r-1")

    assert [error.reason for error in linked.reply([answer]).errors] == ["this request was made before"]


def test_event_that_was_under_way_is_said_again(linked: Neighbours) -> None:
    """Unchanged: whether it arrived is not known, and whoever has it already knows it by its id."""
    _, told = linked.event(TAMPER, linked.now)
    linked.crash()

    assert linked.mdms.due_at() == linked.now
    assert linked.wake(linked.now) == [told]
    assert linked.answer(told, OK) == []
    assert linked.wake(linked.now + timedelta(hours=1)) == []


def test_question_that_was_under_way_is_asked_again_and_its_answer_passed_on(linked: Neighbours) -> None:
    """Under an id that no other message has."""
    _, question = linked.say("request", "get", names.METER_READINGS, GetMeterReadings(("M-1",)), "cis", async_reply=True)
    linked.crash()
    (again,) = linked.wake(linked.now)
    (told,) = linked.answer(again, OK, MeterReadings((linked.readings({}, registers={linked.now: 5_000}),)))

    assert (again.to, again.payload) == (question.to, question.payload)
    assert again.header.message_id != question.header.message_id
    assert (told.to, told.header.correlation_id) == ("cis", "cis-2")


def test_control_that_was_under_way_is_never_repeated(linked: Neighbours) -> None:
    """Nobody knows whether the switch opened: the requester hears of it, and a person finds the letter."""
    _, command = linked.order("disconnect")
    linked.crash()
    (told,) = linked.wake(linked.now)
    (letter,) = linked.control("requests")["dead_letters"]

    assert command.header.noun == "EndDeviceControls"
    assert (told.to, told.header.verb, told.header.noun) == ("cis", "changed", "MeterServiceRequests")
    assert (letter["message_id"], letter["noun"]) == (command.header.message_id, "EndDeviceControls")
    assert "stopped while the message was under way" in letter["reason"]
    assert [request["state"] for request in linked.control("requests")["requests"]] == ["failed"]


def test_acknowledged_question_still_waits_for_its_answer(linked: Neighbours) -> None:
    """It is not asked again, and not given up before its time."""
    _, question = linked.say("request", "get", names.METER_READINGS, GetMeterReadings(("M-1",)), "cis", async_reply=True)
    linked.answer(question, ACKNOWLEDGED)
    linked.crash()

    assert linked.wake(linked.now + 14 * MINUTE) == []
    (told,) = linked.wake(linked.now + MINUTE)
    assert (told.to, told.reply and told.reply.result) == ("cis", "FAILED")


def test_ids_after_a_crash_are_new_ones(linked: Neighbours) -> None:
    """After the second, too: none of them was ever given to another message."""
    seen = [linked.event(TAMPER, linked.now)[1].header.message_id]
    for _ in range(2):
        linked.crash()
        seen.append(linked.event(TAMPER, linked.now)[1].header.message_id)

    assert len(set(seen)) == 3


@pytest.mark.parametrize("crashes", [False, True])
def test_daily_validation_comes_when_it_would_have_come(linked: Neighbours, crashes: bool) -> None:
    """A gap of a settled day is estimated next morning, with or without a crash before."""
    linked.deliver(linked.readings([500] * 20 + [None] * 8 + [500] * 20))
    if crashes:
        linked.crash()
    due = linked.mdms.due_at()
    assert due is not None
    linked.wake(due)
    linked.wake(due + timedelta(days=1))

    assert linked.total() > 0
