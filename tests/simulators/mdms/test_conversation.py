"""What is said again, what is given up, and what nobody asked for."""

from datetime import timedelta

from ami import names
from ami.event_types import TAMPER
from ami.messages import GetMeterReadings, MeterReadings, Reply, ReplyError
from tests.simulators.mdms.neighbours import Neighbours

OK = Reply("OK", (ReplyError("0.0", "INFORM"),))
MINUTE = timedelta(minutes=1)


def test_tamper_is_told_to_the_cis(linked: Neighbours) -> None:
    """Thanks to the head-end, the event to the CIS."""
    thanks, told = linked.event(TAMPER, linked.now)

    assert linked.reply([thanks]).result == "OK"
    assert (told.to, told.kind, told.header.verb, told.header.noun) == ("cis", "event", "created", "EndDeviceEvents")


def test_event_of_an_unknown_meter_is_named(linked: Neighbours) -> None:
    """And not told to anybody."""
    (answer,) = linked.event(TAMPER, linked.now, "M-9")

    assert [(error.code, error.object_id) for error in linked.reply([answer]).errors] == [("2.4", "M-9")]


def test_event_that_did_not_arrive_is_said_again(linked: Neighbours) -> None:
    """The same message, after one minute, then five, then fifteen."""
    _, told = linked.event(TAMPER, linked.now)
    for wait in (1, 5, 15):
        assert linked.mdms.undelivered(told, "connection refused", linked.now) == []
        assert linked.mdms.due_at() == linked.now + wait * MINUTE
        assert linked.wake(linked.now + (wait - 0.5) * MINUTE) == []
        assert linked.wake(linked.now + 0.5 * MINUTE) == [told]


def test_event_is_given_up_in_the_end(linked: Neighbours) -> None:
    """It becomes a dead letter that an operator can see."""
    _, told = linked.event(TAMPER, linked.now)
    for _ in range(8):
        linked.mdms.undelivered(told, "connection refused", linked.now)
        linked.wake(linked.now + timedelta(hours=4))
    (letter,) = linked.control("requests")["dead_letters"]

    assert (letter["to"], letter["noun"], letter["reason"], letter["attempts"]) == ("cis", "EndDeviceEvents", "connection refused", 8)


def test_question_is_asked_again_under_a_new_id(linked: Neighbours) -> None:
    """Its first may have arrived, and a request has one life; its answer is taken."""
    payload = GetMeterReadings(("M-1",))
    _, question = linked.say("request", "get", names.METER_READINGS, payload, "cis", async_reply=True)
    linked.mdms.undelivered(question, "connection refused", linked.now)
    (again,) = linked.wake(linked.now + MINUTE)
    assert (again.payload, again.to) == (question.payload, "hes")
    assert again.header.message_id != question.header.message_id

    (told,) = linked.answer(again, OK, MeterReadings((linked.readings({}, registers={linked.now: 5_000}),)))
    assert told.to == "cis"


def test_question_is_not_asked_after_its_time(linked: Neighbours) -> None:
    """Who asked has been told that nobody answered."""
    payload = GetMeterReadings(("M-1",))
    _, question = linked.say("request", "get", names.METER_READINGS, payload, "cis", async_reply=True)
    linked.mdms.undelivered(question, "connection refused", linked.now)
    (told,) = linked.wake(linked.now + timedelta(minutes=15))

    assert (told.to, told.kind) == ("cis", "response")
    assert linked.wake(linked.now + timedelta(minutes=30)) == []


def test_answer_to_nothing_is_refused(linked: Neighbours) -> None:
    """A reply without a question changes nothing."""
    answers = linked.say(
        "response", "reply", names.METER_READINGS, MeterReadings((linked.readings(500),)), "hes", OK, correlation_id="never asked"
    )

    assert [error.code for error in linked.reply(answers).errors] == ["2.15"]
    assert linked.intervals() == {}


def test_thanks_for_an_event_need_no_thanks(linked: Neighbours) -> None:
    """Or systems would thank each other for ever."""
    _, told = linked.event(TAMPER, linked.now)

    assert linked.answer(told, OK) == []


def test_same_seed_says_the_same(linked: Neighbours) -> None:
    """Ids included."""
    first = [message.header.message_id for message in linked.event(TAMPER, linked.now)]
    linked.mdms.reset("7", linked.now)
    linked.link()
    linked._numbers = iter(range(2, 9))  # type: ignore[assignment]  # the neighbours start anew, too
    second = [message.header.message_id for message in linked.event(TAMPER, linked.now)]

    assert first[1] == second[1]


def test_neighbours_ids_do_not_collide(linked: Neighbours) -> None:
    """Two systems may use the same message id; only one of them repeats itself."""
    linked.deliver(linked.readings(500), message_id="1")
    payload = GetMeterReadings(("M-1",))
    answers = linked.say("request", "get", names.METER_READINGS, payload, "cis", message_id="1", async_reply=True)

    assert [error.code for error in linked.reply(answers).errors] == ["0.3"]


def test_verb_that_this_system_does_not_take_is_refused(linked: Neighbours) -> None:
    """Nothing is deleted by message."""
    answers = linked.say("request", "delete", names.METER_READINGS, None, "hes")

    assert [error.code for error in linked.reply(answers).errors] == ["2.9"]
