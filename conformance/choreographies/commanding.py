"""A control: ordered, taken or refused, and confirmed by the events of the meters that carried it out."""

from collections.abc import Iterator
from typing import Final

from conformance.capture import REQUEST
from conformance.choreographies.table import START, Choreography, Thread
from conformance.form import FAULTS
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation, Said
from conformance.views.events import EventsView

ORDERS: Final = "orders a control"
TAKES: Final = "takes the control"
REFUSES: Final = "refuses the control"
FAULTS_IT: Final = "answers with a Fault"
CONFIRMS: Final = "tells that a meter carried it out"

CONTROL: Final = Choreography(
    "a control",
    "A control is ordered and taken, and each meter that carried it out is told of by an event with the same tracking id. A control that"
    " was refused is carried out by no meter; one that was ordered again may be refused because it had been taken the first time.",
    {
        (START, ORDERS): "ordered",
        ("ordered", ORDERS): "ordered again",
        ("ordered", TAKES): "taken",
        ("ordered", REFUSES): "refused",
        ("ordered", FAULTS_IT): "not taken",
        ("ordered", CONFIRMS): "carried out",
        ("not taken", ORDERS): "ordered again",
        ("ordered again", ORDERS): "ordered again",
        ("ordered again", TAKES): "taken",
        ("ordered again", REFUSES): "not taken",
        ("ordered again", FAULTS_IT): "not taken",
        ("ordered again", CONFIRMS): "carried out",
        ("not taken", CONFIRMS): "carried out",
        ("refused", ORDERS): "ordered",
        ("taken", CONFIRMS): "carried out",
        ("taken", ORDERS): "ordered again",
        ("carried out", TAKES): "carried out",
        ("carried out", REFUSES): "carried out",
        ("carried out", ORDERS): "carried out",
        ("carried out", FAULTS_IT): "carried out",
        ("carried out", CONFIRMS): "carried out",
    },
    frozenset({"taken", "refused", "carried out", "not taken"}),
)


def threads(conversation: Conversation) -> Iterator[Thread]:
    """Each tracking id of a control and the targets that it has, with the answers to it and the events that tell of it.

    Parts of a control may share its id, each in a message to other targets; what one of them refuses, another may carry out.
    """
    ordered: dict[str, dict[frozenset[str], list[Said]]] = {}
    for said in conversation.messages:
        view = said.view(ControlsView)
        if view is not None and said.capture.leg == REQUEST and said.header is not None and said.header.verb == "create":
            for tracking_id in dict.fromkeys(control.tracking_id for control in view.controls if control.tracking_id):
                aimed_at = (control.aimed_at for control in view.controls if control.tracking_id == tracking_id)
                targets = frozenset(target.name for each in aimed_at for target in each)
                ordered.setdefault(tracking_id, {}).setdefault(targets, []).append(said)
    for tracking_id, parts in ordered.items():
        for targets, orders in parts.items():
            own = targets if len(parts) > 1 else None
            steps = sorted(_steps(conversation, tracking_id, orders, own), key=lambda step: step[1].index)
            yield Thread(CONTROL, f"the control {tracking_id!r}", steps)


def _steps(conversation: Conversation, tracking_id: str, orders: list[Said], targets: frozenset[str] | None) -> Iterator[tuple[str, Said]]:
    """targets: whose events confirm it; None for those of anybody."""
    for order in orders:
        yield ORDERS, order
        for answer in conversation.answers.get(order.index, ())[:1]:
            yield _answer(answer), answer
    for said in conversation.messages:
        view = said.view(EventsView)
        if view is None or said.capture.leg != REQUEST:
            continue
        if any(event.tracking_id == tracking_id and (targets is None or event.source in targets) for event in view.events):
            yield CONFIRMS, said


def _answer(said: Said) -> str:
    if said.form in FAULTS or said.reply is None:
        return FAULTS_IT
    return REFUSES if said.reply.result.text == "FAILED" else TAKES
