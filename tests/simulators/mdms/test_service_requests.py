"""Disconnect and reconnect, from the CIS to the switch and back."""

from datetime import timedelta

import pytest

from ami import names
from ami.errors import WrongStateError
from ami.event_types import ARM_SWITCH, CLOSE_SWITCH, OPEN_SWITCH
from ami.messages import (
    EndDeviceControls,
    GetMeterReadings,
    Message,
    MeterReadings,
    MeterServiceRequests,
    MeterServiceWork,
    Reply,
    ReplyError,
)
from simulators.mdms.service_requests import FINAL, KINDS, NEXT, ServiceRequest, tell
from tests.simulators.mdms.neighbours import Neighbours

OK = Reply("OK", (ReplyError("0.0", "INFORM"),))
LATER = Reply("OK", (ReplyError("0.3", "INFORM"),))
SILENT = Reply("FAILED", (ReplyError("4.1", reason="the meter does not answer"),))


def control(message: Message) -> tuple[str, tuple[str, ...], str | None]:
    """What is commanded, of whom, under which id."""
    assert isinstance(message.payload, EndDeviceControls)
    (one,) = message.payload.controls
    return one.control_type, one.meters, one.tracking_id


def outcome(message: Message) -> MeterServiceWork:
    """The work as it is told back."""
    assert isinstance(message.payload, MeterServiceRequests)
    (work,) = message.payload.works
    return work


def face(linked: Neighbours, wh: int = 24_000) -> MeterReadings:
    """What stands on the meter's face now."""
    return MeterReadings((linked.readings({}, registers={linked.now: wh}),))


def states(linked: Neighbours) -> list[str]:
    """How far the service requests are."""
    return [request["state"] for request in linked.control("requests")["requests"]]


def test_disconnect_opens_the_switch_and_reads_the_meter(linked: Neighbours) -> None:
    """Thanks, control, reading, result: in this order, under the order's id."""
    thanks, command = linked.order("disconnect", usage_point="U-1", priority=None)
    order_id = thanks.header.correlation_id
    assert [error.code for error in linked.reply([thanks]).errors] == ["0.3"]
    assert (command.to, command.header.verb, command.header.noun) == ("hes", "create", "EndDeviceControls")
    assert control(command) == (OPEN_SWITCH, ("M-1",), order_id)
    assert states(linked) == ["commanded"]

    (question,) = linked.answer(command, OK)
    assert (question.to, question.header.verb, question.header.noun) == ("hes", "get", "MeterReadings")
    assert isinstance(question.payload, GetMeterReadings)
    assert (question.payload.meters, question.payload.span) == (("M-1",), None)
    assert states(linked) == ["read"]

    (told,) = linked.answer(question, OK, face(linked))
    work = outcome(told)
    assert (told.to, told.kind, told.header.verb, told.header.correlation_id) == ("cis", "event", "changed", order_id)
    assert (work.status, work.status_reason, work.meter, work.usage_point) == ("completed", None, "M-1", "U-1")
    assert work.readings[0].readings[0].value == 24
    assert states(linked) == ["completed"]


@pytest.mark.parametrize(("priority", "switch"), [(None, CLOSE_SWITCH), ("armed", ARM_SWITCH)])
def test_reconnect_reads_before_it_switches(linked: Neighbours, priority: str | None, switch: str) -> None:
    """What was used without a contract is known; armed, the customer presses the button."""
    _, question = linked.order("reconnect", priority=priority)
    assert question.header.verb == "get"
    (command,) = linked.answer(question, OK, face(linked))
    assert control(command)[0] == switch
    (told,) = linked.answer(command, OK)

    assert (outcome(told).status, len(outcome(told).readings)) == ("completed", 1)


def test_reading_of_a_service_request_is_kept(linked: Neighbours) -> None:
    """It is a register reading like any other."""
    _, command = linked.order("disconnect")
    (question,) = linked.answer(command, OK)
    linked.answer(question, OK, face(linked))

    assert [one["wh"] for one in linked.control("holdings")["meters"]["M-1"]["registers"]] == [24_000]


def test_reading_of_another_meter_is_none(linked: Neighbours) -> None:
    """Neither told to the CIS nor kept: nobody asked for it."""
    linked.link("M-2", "U-2")
    _, command = linked.order("disconnect")
    (question,) = linked.answer(command, OK)
    foreign = MeterReadings((linked.readings({}, meter="M-2", registers={linked.now: 7}),))
    (told,) = linked.answer(question, OK, foreign)

    assert outcome(told).readings == ()
    assert linked.control("holdings", meters=["M-2"])["meters"]["M-2"]["registers"] == []


def test_refused_control_fails_the_request(linked: Neighbours) -> None:
    """The head-end's own reason is passed on."""
    _, command = linked.order("disconnect")
    (told,) = linked.answer(command, Reply("FAILED", (ReplyError("5.3", reason="already open"),)))

    assert (outcome(told).status, outcome(told).status_reason) == ("failed", "5.3 already open")


def test_disconnected_meter_that_cannot_be_read_is_disconnected(linked: Neighbours) -> None:
    """Without a reading, and that is said."""
    _, command = linked.order("disconnect")
    (question,) = linked.answer(command, OK)
    (told,) = linked.answer(question, SILENT)

    assert (outcome(told).status, outcome(told).status_reason) == ("completed", "4.1 the meter does not answer")


def test_reconnect_without_a_reading_fails(linked: Neighbours) -> None:
    """Nothing was switched."""
    _, question = linked.order("reconnect")
    (told,) = linked.answer(question, SILENT)

    assert outcome(told).status == "failed"


def test_control_may_be_confirmed_later(linked: Neighbours) -> None:
    """First an acknowledgement, then the answer on a connection of its own, which is thanked for."""
    _, command = linked.order("disconnect")
    assert linked.answer(command, LATER) == []
    thanks, question = linked.answer(command, OK)

    assert linked.reply([thanks]).result == "OK"
    assert question.header.verb == "get"


def test_no_answer_within_a_quarter_of_an_hour_fails(linked: Neighbours) -> None:
    """Not a minute earlier."""
    linked.order("disconnect")
    start = linked.now
    assert linked.mdms.due_at() == start + timedelta(minutes=15)
    assert linked.wake(start + timedelta(minutes=14)) == []
    (told,) = linked.wake(start + timedelta(minutes=15))

    assert (outcome(told).status, (outcome(told).status_reason or "")[:3]) == ("failed", "4.1")
    assert states(linked) == ["failed"]


def test_answer_that_comes_too_late_changes_nothing(linked: Neighbours) -> None:
    """The request has failed already; the answer is refused."""
    _, command = linked.order("disconnect")
    linked.wake(linked.now + timedelta(minutes=15))
    (refusal,) = linked.answer(command, OK)

    assert linked.reply([refusal]).errors[0].code == "2.15"
    assert states(linked) == ["failed"]


def test_control_that_did_not_arrive_is_never_repeated(linked: Neighbours) -> None:
    """Nobody knows whether it was carried out."""
    _, command = linked.order("disconnect")
    (told,) = linked.mdms.undelivered(command, "connection refused", linked.now)

    assert (outcome(told).status, (outcome(told).status_reason or "")[:3]) == ("failed", "4.1")
    assert [letter["noun"] for letter in linked.control("requests")["dead_letters"]] == ["EndDeviceControls"]
    assert not any(message.header.noun == names.END_DEVICE_CONTROLS for message in linked.wake(linked.now + timedelta(minutes=5)))


def test_answer_of_somebody_else_is_no_answer(linked: Neighbours) -> None:
    """A spoofed confirmation is refused, and the request waits on."""
    _, command = linked.order("disconnect")
    (refusal,) = linked.answer(command, OK, sender="tester")

    assert (linked.reply([refusal]).result, linked.reply([refusal]).errors[0].code) == ("FAILED", "2.15")
    assert states(linked) == ["commanded"]


def test_answer_about_something_else_is_no_answer(linked: Neighbours) -> None:
    """The right id under the wrong noun."""
    _, command = linked.order("disconnect")
    correlation = command.header.message_id
    (refusal,) = linked.say("response", "reply", names.METER_READINGS, None, "hes", OK, correlation_id=correlation)

    assert linked.reply([refusal]).errors[0].code == "2.15"
    assert states(linked) == ["commanded"]


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (MeterServiceWork("disconnect", "M-9"), "2.4"),
        (MeterServiceWork("disconnect", "M-1", "U-9"), "2.12"),
        (MeterServiceWork("disconnect", "M-1", "U-2"), "2.13"),
        (MeterServiceWork("dance", "M-1"), "5.2"),
        (MeterServiceWork("disconnect", ""), "2.4"),
    ],
)
def test_work_that_cannot_be_done_is_named(linked: Neighbours, work: MeterServiceWork, code: str) -> None:
    """And nothing is sent to the head-end."""
    linked.link("M-2", "U-2")
    answers = linked.say("request", "create", names.METER_SERVICE_REQUESTS, MeterServiceRequests((work,)), "cis")

    assert [linked.reply(answers).errors[0].code] == [code]
    assert len(answers) == 1


def test_work_may_name_the_usage_point_alone(linked: Neighbours) -> None:
    """Its meter is known here."""
    payload = MeterServiceRequests((MeterServiceWork("disconnect", "", "U-1"),))
    _, command = linked.say("request", "create", names.METER_SERVICE_REQUESTS, payload, "cis")

    assert control(command)[1] == ("M-1",)


def test_replayed_order_is_refused(linked: Neighbours) -> None:
    """A replayed command must not act twice."""
    payload = MeterServiceRequests((MeterServiceWork("disconnect", "M-1"),))
    linked.say("request", "create", names.METER_SERVICE_REQUESTS, payload, "cis", message_id="again")
    answers = linked.say("request", "create", names.METER_SERVICE_REQUESTS, payload, "cis", message_id="again")

    assert [error.code for error in linked.reply(answers).errors] == ["7.7"]
    assert len(answers) == 1
    assert len(states(linked)) == 1


def test_third_party_switches_nobody_off(linked: Neighbours) -> None:
    """Whoever carries its message."""
    payload = MeterServiceRequests((MeterServiceWork("disconnect", "M-1"),))
    answers = linked.say("request", "create", names.METER_SERVICE_REQUESTS, payload, "cis", organization="Volt & Sons")

    assert linked.reply(answers).errors[0].code == "7.5"
    assert states(linked) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_through_the_table_ends(kind: str) -> None:
    """From every state that can be reached there is a way on, until it is final."""
    reached = {"requested", *NEXT[kind].values()}
    with_a_way_on = {state for state, _ in NEXT[kind]}

    assert reached - with_a_way_on == set(FINAL)


def test_table_refuses_what_it_does_not_know(linked: Neighbours) -> None:
    """A completed request cannot time out."""
    request = ServiceRequest("t", "r", "cis", MeterServiceWork("disconnect", "M-1"), linked.now, state="completed")

    with pytest.raises(WrongStateError, match="completed"):
        tell(request, "timed out")
