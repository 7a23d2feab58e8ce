"""A reading schedule: ordered, taken, and from then on delivered, until it is cancelled."""

from collections.abc import Iterator
from typing import Final

from ami import names
from conformance.capture import REQUEST
from conformance.choreographies.table import START, Choreography, Thread
from conformance.form import FAULTS
from conformance.views.conversation import Conversation, Said
from conformance.views.orders import ScheduleView

ORDERS: Final = "orders the schedule"
TAKES: Final = "takes the schedule"
REFUSES: Final = "refuses the schedule"
DELIVERS: Final = "delivers readings of its meters"
CANCELS: Final = "cancels the schedule"
LETS_GO: Final = "confirms the cancellation"
KEEPS: Final = "refuses the cancellation"

SCHEDULE: Final = Choreography(
    "a reading schedule",
    "A schedule is ordered and taken, and the readings of its meters are delivered, message by message. What was refused, or cancelled and"
    " confirmed, is not delivered any more, unless another schedule asks for it; where the cancellation is refused, it goes on.",
    {
        (START, DELIVERS): START,
        (START, ORDERS): "ordered",
        ("ordered", ORDERS): "ordered",
        ("ordered", TAKES): "taken",
        ("ordered", REFUSES): "refused",
        ("ordered", DELIVERS): "ordered",
        ("taken", DELIVERS): "delivering",
        ("delivering", DELIVERS): "delivering",
        ("ordered", CANCELS): "canceling",
        ("taken", CANCELS): "canceling",
        ("delivering", CANCELS): "canceling",
        ("canceling", DELIVERS): "canceling",
        ("canceling", TAKES): "canceling",
        ("canceling", REFUSES): "refused",
        ("canceling", CANCELS): "canceling",
        ("canceling", LETS_GO): "canceled",
        ("canceling", KEEPS): "delivering",
        ("canceled", TAKES): "canceled",
        ("canceled", REFUSES): "refused",
        ("canceled", CANCELS): "canceled",
        ("canceled", LETS_GO): "canceled",
        ("canceled", KEEPS): "canceled",
        ("refused", CANCELS): "refused",
        ("refused", LETS_GO): "refused",
        ("refused", KEEPS): "refused",
        ("refused", ORDERS): "ordered",
        ("refused", DELIVERS): "refused",
    },
    frozenset({START, "taken", "delivering", "refused", "canceled"}),
)


def threads(conversation: Conversation) -> Iterator[Thread]:
    """Each schedule of a conversation, by the MessageID of its order."""
    orders = list(_orders(conversation))
    for order, targets in orders:
        elsewhere = {name for other, others in orders if other is not order for name in others}
        steps = sorted(_steps(conversation, order, targets - elsewhere), key=lambda step: step[1].index)
        yield Thread(SCHEDULE, f"the schedule {order.message_id!r}", steps)


def _orders(conversation: Conversation) -> Iterator[tuple[Said, set[str]]]:
    for said in conversation.messages:
        view = said.view(ScheduleView)
        is_order = view is not None and said.header is not None and said.header.verb == "create" and said.capture.leg == REQUEST
        if view is not None and is_order and said.message_id and said.capture.wire is not None:
            yield said, set(view.targets)


def _steps(conversation: Conversation, order: Said, meters: set[str]) -> Iterator[tuple[str, Said]]:
    yield ORDERS, order
    for answer in conversation.answers.get(order.index, ())[:1]:
        if answer.reply is not None and answer.form not in FAULTS:
            yield REFUSES if answer.reply.result.text == "FAILED" else TAKES, answer
    for said in conversation.messages:
        header, wire = said.header, said.capture.wire
        if header is None or wire is None or order.capture.wire is None or said.capture.leg != REQUEST:
            continue
        if wire == order.capture.wire and header.verb == "cancel" and said.correlation_id == order.message_id:
            yield CANCELS, said
            for answer in conversation.answers.get(said.index, ())[:1]:
                if answer.reply is not None and answer.form not in FAULTS:
                    yield KEEPS if answer.reply.result.text == "FAILED" else LETS_GO, answer
        elif header.verb == "created" and header.noun == names.METER_READINGS and said.readings is not None:
            is_back = (wire.source, wire.target) == (order.capture.wire.target, order.capture.wire.source)
            if is_back and meters & set(said.readings.meters_with_readings()):
                yield DELIVERS, said
