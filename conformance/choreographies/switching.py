"""Disconnecting and reconnecting: a work order, the control that carries it out, and the reading that belongs to it."""

from collections.abc import Iterator
from typing import Final

from ami import names, reply_codes
from conformance.capture import REQUEST
from conformance.choreographies.table import START, Choreography, Thread
from conformance.form import FAULTS
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation, Said
from conformance.views.work import ServiceRequestsView, WorkView

ORDERS: Final = "orders the work"
TAKES: Final = "takes the order"
REFUSES: Final = "refuses the order"
CANCELS: Final = "cancels the order"
LETS_GO: Final = "confirms the cancellation"
KEEPS: Final = "refuses the cancellation"
TELLS: Final = "tells the meter to switch"
SWITCHES: Final = "answers for the meter"
CANNOT: Final = "says that the meter did not switch"
ASKS: Final = "asks for the reading"
READS: Final = "delivers the reading"
REPORTS: Final = "reports the work as completed"
REPORTS_FAILURE: Final = "reports the work as failed"

OPTIONAL: Final = frozenset({ASKS, READS})
"""What a meter is asked for other reasons too: it counts only where the table has a use for it."""

_BEGIN: Final = {
    (START, ORDERS): "ordered",
    ("ordered", ORDERS): "ordered",
    ("ordered", TAKES): "taken",
    ("ordered", REFUSES): "refused",
    ("refused", ORDERS): "ordered",
    ("ordered", CANCELS): "canceling",
    ("taken", CANCELS): "canceling",
    ("canceling", CANCELS): "canceling",
    ("canceling", TAKES): "canceling",
    ("canceling", REFUSES): "refused",
    ("canceling", LETS_GO): "canceled",
    ("canceling", KEEPS): "taken",
    ("canceling", REPORTS_FAILURE): "reported",
    ("canceled", TAKES): "canceled",
    ("canceled", REFUSES): "refused",
    ("canceled", REPORTS_FAILURE): "reported",
    ("taken", REPORTS_FAILURE): "reported",
    ("reported", REPORTS): "reported",
    ("reported", REPORTS_FAILURE): "reported",
}
"""How both begin, and how either may come to nothing; what was reported may be said again.

What the order makes others do may cross its cancellation, until that is confirmed.
"""

_TOO_LATE: Final = {
    (state, word): state
    for state in ("switching", "switched", "not switched", "reported", "refused", "canceled")
    for word in (CANCELS, LETS_GO, KEEPS)
}
"""A cancellation of what is under way or over changes nothing, whatever is answered."""

DISCONNECT: Final = Choreography(
    "a disconnection",
    "The order is taken, the meter is told to open its switch, and when it has answered, the reading that closes the account is taken;"
    " only then is the work completed. After a refusal or a cancellation no control follows.",
    _BEGIN
    | _TOO_LATE
    | {
        ("taken", TELLS): "switching",
        ("canceling", TELLS): "switching",
        ("switching", TELLS): "switching",
        ("switching", SWITCHES): "switched",
        ("switching", CANNOT): "not switched",
        ("switching", REPORTS_FAILURE): "reported",
        ("not switched", TELLS): "switching",
        ("not switched", REPORTS_FAILURE): "reported",
        ("switched", ASKS): "reading",
        ("reading", ASKS): "reading",
        ("reading", READS): "read",
        ("read", READS): "read",
        ("reading", REPORTS): "reported",
        ("read", REPORTS): "reported",
    }
    | {(state, word): state for state in ("reading", "read") for word in (CANCELS, LETS_GO, KEEPS)},
    frozenset({"reported", "refused"}),
)

RECONNECT: Final = Choreography(
    "a reconnection",
    "The order is taken, the reading that opens the account is taken, and only then is the meter told to close its switch, or to be"
    " armed; when it has answered, the work is completed. After a refusal or a cancellation no control follows.",
    _BEGIN
    | _TOO_LATE
    | {
        ("taken", ASKS): "reading",
        ("reading", ASKS): "reading",
        ("reading", READS): "read",
        ("read", READS): "read",
        ("reading", CANCELS): "canceling late",
        ("read", CANCELS): "canceling late",
        ("canceling late", CANCELS): "canceling late",
        ("canceling late", KEEPS): "read",
        ("canceling late", LETS_GO): "canceled",
        ("canceling late", TELLS): "switching",
        ("canceling late", REPORTS_FAILURE): "reported",
        ("read", TELLS): "switching",
        ("reading", TELLS): "switching",
        ("reading", REPORTS_FAILURE): "reported",
        ("read", REPORTS_FAILURE): "reported",
        ("switching", TELLS): "switching",
        ("switching", SWITCHES): "switched",
        ("switching", CANNOT): "not switched",
        ("switching", REPORTS_FAILURE): "reported",
        ("not switched", TELLS): "switching",
        ("not switched", REPORTS_FAILURE): "reported",
        ("switched", REPORTS): "reported",
    },
    frozenset({"reported", "refused"}),
)

_OF_KIND: Final = {"disconnect": DISCONNECT, "reconnect": RECONNECT}
_FAILED: Final = frozenset({"failed", "rejected", "cancelled", "canceled"})


def threads(conversation: Conversation) -> Iterator[Thread]:
    """Each disconnection and reconnection that was ordered in a conversation with all ends of its wires in it."""
    for message_id, ordered, work in _orders(conversation):
        choreography = _OF_KIND[work.kind]
        steps = sorted(_steps(conversation, message_id, ordered, work), key=lambda step: step[1].index)
        yield Thread(choreography, f"{work.kind} of {work.meter or 'a meter'}", _useful(choreography, steps))


def _orders(conversation: Conversation) -> Iterator[tuple[str, list[Said], WorkView]]:
    """Orders of one piece of work whose control was heard: where it was not, the wires behind the order are not in sight."""
    for said in conversation.messages:
        view = said.view(ServiceRequestsView)
        if view is None or view.verb != "create" or said.capture.leg != REQUEST or not said.message_id or len(view.works) != 1:
            continue
        again = [each for each in conversation.requests_with(said.message_id) if each.capture.wire == said.capture.wire]
        if again[0] is said and view.works[0].kind in _OF_KIND and any(_controls(conversation, said.message_id)):
            yield said.message_id, again, view.works[0]


def _controls(conversation: Conversation, message_id: str) -> Iterator[Said]:
    """The controls that carry an order out: they are tracked by its MessageID."""
    for said in conversation.messages:
        view = said.view(ControlsView)
        if view is not None and said.capture.leg == REQUEST and any(control.tracking_id == message_id for control in view.controls):
            yield said


def _steps(conversation: Conversation, message_id: str, ordered: list[Said], work: WorkView) -> Iterator[tuple[str, Said]]:
    for order in ordered:
        yield ORDERS, order
        for answer in conversation.answers.get(order.index, ())[:1]:
            if answer.reply is not None and answer.form not in FAULTS:
                yield REFUSES if answer.reply.result.text == "FAILED" else TAKES, answer
    switch = None
    for control in _controls(conversation, message_id):
        switch = control.capture.wire
        yield TELLS, control
        yield from _answers(conversation, control, SWITCHES, CANNOT)
    for said in conversation.messages:
        header = said.header
        if said.query is not None and said.capture.wire == switch and work.meter in said.query.meters and said.index > ordered[0].index:
            yield ASKS, said
            yield from _answers(conversation, said, READS, READS)
        elif header is not None and said.capture.leg == REQUEST and said.correlation_id == message_id:
            if header.verb == "cancel":
                yield CANCELS, said
                for answer in conversation.answers.get(said.index, ())[:1]:
                    if answer.reply is not None and answer.form not in FAULTS:
                        yield KEEPS if answer.reply.result.text == "FAILED" else LETS_GO, answer
            elif header.noun == names.METER_SERVICE_REQUESTS and header.verb in names.EVENT_VERBS:
                yield REPORTS_FAILURE if _has_failed(said) else REPORTS, said


def _answers(conversation: Conversation, asked: Said, well: str, badly: str) -> Iterator[tuple[str, Said]]:
    """What came of a control or a query: at once, or later where that was promised."""
    later = conversation.later_replies.get(asked.message_id or "", ())
    for said in (*conversation.answers.get(asked.index, ())[:1], *later):
        if said.reply is None or (reply_codes.ACKNOWLEDGED in said.reply.codes() and said.capture.leg != REQUEST):
            continue
        yield badly if said.reply.result.text == "FAILED" else well, said


def _has_failed(said: Said) -> bool:
    view = said.view(ServiceRequestsView)
    return view is not None and any(work.status.lower() in _FAILED for work in view.works)


def _useful(choreography: Choreography, steps: list[tuple[str, Said]]) -> list[tuple[str, Said]]:
    """The steps without readings that the table has no use for where they come."""
    kept, state = [], START
    for word, said in steps:
        following = choreography.next.get((state, word))
        if following is None and word in OPTIONAL:
            continue
        kept.append((word, said))
        state = following or state
    return kept
