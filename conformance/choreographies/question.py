"""A question and its answer: at once, or promised and delivered later, in parts, cancelled, given up, or asked again."""

from collections.abc import Iterator
from typing import Final

from ami import names
from ami.messages import Kind
from conformance.capture import REQUEST
from conformance.choreographies.table import START, Choreography, Thread
from conformance.form import FAULTS
from conformance.views.conversation import Conversation, Said, acknowledges

ASKS: Final = "asks"
ASKS_LATER: Final = "asks for a later answer"
AGAIN: Final = "asks again"
ANSWERS: Final = "answers"
REFUSES: Final = "refuses"
FAULTS_IT: Final = "answers with a Fault"
PROMISES: Final = "promises an answer"
PART: Final = "delivers a part"
DELIVERS: Final = "delivers"
GIVES_UP: Final = "gives up"
CANCELS: Final = "cancels"
LETS_GO: Final = "confirms the cancellation"
KEEPS: Final = "refuses the cancellation"

MORE_TO_COME: Final = "0.1"

QUESTION: Final = Choreography(
    "a question and its answer",
    "Every request is answered once: on its connection, or later under the same CorrelationID, in parts where the code says that more"
    " is to come. It may be asked again as long as it was not taken, and cancelled at any time; until the cancellation is confirmed, an"
    " answer may cross it.",
    {
        (START, ASKS): "asked",
        ("asked", ANSWERS): "answered",
        ("asked", REFUSES): "refused",
        ("asked", FAULTS_IT): "not taken",
        ("asked", PROMISES): "acknowledged",
        ("asked", AGAIN): "asked",
        ("acknowledged", DELIVERS): "answered",
        ("acknowledged", PART): "acknowledged",
        ("acknowledged", GIVES_UP): "refused",
        (START, ASKS_LATER): "asked for later",
        ("asked for later", PROMISES): "promised",
        ("asked for later", ANSWERS): "answered",
        ("asked for later", REFUSES): "refused",
        ("asked for later", FAULTS_IT): "not taken",
        ("asked for later", AGAIN): "asked for later",
        ("asked for later", DELIVERS): "answered early",
        ("asked for later", GIVES_UP): "answered early",
        ("asked for later", PART): "asked for later",
        ("answered early", PROMISES): "answered",
        ("promised", PART): "promised",
        ("promised", DELIVERS): "answered",
        ("promised", GIVES_UP): "refused",
        ("promised", CANCELS): "canceling",
        ("promised", AGAIN): "asked for later",
        ("canceling", CANCELS): "canceling",
        ("canceling", ANSWERS): "answered",
        ("canceling", REFUSES): "refused",
        ("canceling", FAULTS_IT): "canceling",
        ("canceling", PROMISES): "canceling",
        ("canceling", PART): "canceling",
        ("canceling", DELIVERS): "answered",
        ("canceling", GIVES_UP): "refused",
        ("canceling", LETS_GO): "canceled",
        ("canceling", KEEPS): "promised",
        ("canceled", CANCELS): "canceled",
        ("canceled", LETS_GO): "canceled",
        ("canceled", KEEPS): "canceled",
        ("canceled", ANSWERS): "answered",
        ("canceled", REFUSES): "refused",
        ("canceled", FAULTS_IT): "canceled",
        ("canceled", GIVES_UP): "refused",
        ("asked", CANCELS): "canceling",
        ("asked for later", CANCELS): "canceling",
        ("acknowledged", CANCELS): "canceling",
        ("not taken", CANCELS): "canceling",
        ("not taken", AGAIN): "asked",
        ("not taken", PROMISES): "promised",
        ("answered", AGAIN): "asked",
        ("refused", AGAIN): "asked",
        ("acknowledged", AGAIN): "asked",
    }
    | {(settled, word): settled for settled in ("answered", "refused") for word in (CANCELS, LETS_GO, KEEPS)},
    frozenset({"answered", "refused", "acknowledged", "not taken", "canceled"}),
)


def threads(conversation: Conversation) -> Iterator[Thread]:
    """Each question of a conversation, by its MessageID, with all that was said to it."""
    for message_id, asked in _questions(conversation).items():
        steps = sorted(_steps(conversation, message_id, asked), key=lambda step: step[1].index)
        steps = list(_without_ends_of_orders(asked[0], steps))
        yield Thread(QUESTION, f"{asked[0].header.verb} {asked[0].header.noun}" if asked[0].header else "", steps)


def _without_ends_of_orders(asked: Said, steps: list[tuple[str, Said]]) -> Iterator[tuple[str, Said]]:
    """The steps without the cancellation of an order that was answered: it had been taken, and its own table says when it may end."""
    settled, is_order = False, asked.header is not None and asked.header.verb != names.GET
    for word, said in steps:
        if not (settled and is_order and word in (CANCELS, LETS_GO, KEEPS)):
            yield word, said
        settled = settled or word in (ANSWERS, DELIVERS)


def _questions(conversation: Conversation) -> dict[str, list[Said]]:
    """MessageID -> each time that this was asked; a MessageID that several systems use is nobody's."""
    found: dict[str, list[Said]] = {}
    for said in conversation.messages:
        is_question = said.capture.leg == REQUEST and said.header is not None and said.header.wrapping.kind is Kind.REQUEST
        if is_question and said.message_id and said.capture.exchange is not None:
            found.setdefault(said.message_id, []).append(said)
    return {message_id: asked for message_id, asked in found.items() if len({said.capture.wire for said in asked}) == 1}


def _steps(conversation: Conversation, message_id: str, asked: list[Said]) -> Iterator[tuple[str, Said]]:
    for place, question in enumerate(asked):
        later = question.header is not None and question.header.asks_for_later_reply
        yield AGAIN if place else ASKS_LATER if later else ASKS, question
        for answer in conversation.answers.get(question.index, ())[:1]:
            yield _answer(answer, question, is_followed=later and message_id in conversation.later_replies), answer
    heard: set[str | None] = set()
    for said in conversation.later_replies.get(message_id, ()):
        if not _is_from_who_was_asked(said, asked[0]):
            continue
        if said.message_id is None or said.message_id not in heard:
            yield _delivery(said), said
        heard.add(said.message_id)
    for said in conversation.messages:
        if said.header is not None and said.header.verb == "cancel" and said.correlation_id == message_id and said.capture.leg == REQUEST:
            yield CANCELS, said
            for answer in conversation.answers.get(said.index, ())[:1]:
                if answer.reply is not None and answer.form not in FAULTS:
                    yield KEEPS if answer.reply.result.text == "FAILED" else LETS_GO, answer


def _is_from_who_was_asked(reply: Said, asked: Said) -> bool:
    """Whether a later reply runs back on the wire of its question: what somebody else says settles nothing."""
    there, back = asked.capture.wire, reply.capture.wire
    return there is None or back is None or (there.source, there.target) == (back.target, back.source)


def _answer(said: Said, question: Said, *, is_followed: bool) -> str:
    """What a reply is to its question. is_followed: an answer was asked for later, and one came."""
    if said.form in FAULTS or said.reply is None:
        return FAULTS_IT
    if said.reply.result.text == "FAILED":
        return REFUSES
    brings_nothing = said.readings is None and not said.reply.carries
    return PROMISES if acknowledges(said, question) or (is_followed and brings_nothing) else ANSWERS


def _delivery(said: Said) -> str:
    if said.reply is not None and said.reply.result.text == "FAILED":
        return GIVES_UP
    return PART if said.reply is not None and MORE_TO_COME in said.reply.codes() else DELIVERS
