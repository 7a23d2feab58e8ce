"""The tables of choreographies, and walks through them."""

from pathlib import Path
from typing import Any

import pytest

from conformance import example
from conformance.choreographies import commanding, question, scheduling, switching
from conformance.choreographies.table import START, Choreography, last_state, walk
from conformance.choreographies_page import CHOREOGRAPHIES, as_markdown
from conformance.example_switching import ORDER, READ, SWITCH
from conformance.judge import Judge, conversation_of
from conformance.rules import (
    question_is_answered_in_order,
    refused_control_is_not_carried_out,
    schedule_is_followed,
    switching_follows_its_order,
)
from conformance.views.conversation import Conversation

DOCS = Path(__file__).parents[3] / "docs" / "choreographies.md"
ASKED = (
    "<capture wire='cis-&gt;mdms' exchange='{0}'>{2}<MessageID>{1}</MessageID>"
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings></capture>"
)
LATER_PLEASE = "<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress>"
REPLY = (
    "<capture wire='cis-&gt;mdms' exchange='{0}' leg='reply'><MessageID>r{0}</MessageID><Reply><Result>{2}</Result><Error><code>{3}</code>"
    "</Error></Reply><CorrelationID>{1}</CorrelationID></capture>"
)
FAULT = (
    "<capture wire='cis-&gt;mdms' exchange='{0}' leg='reply'><s:Body><s:Fault><faultcode>s:Server</faultcode>"
    "<faultstring>busy</faultstring></s:Fault></s:Body></capture>"
)
LATER = (
    "<capture wire='mdms-&gt;cis' exchange='{0}' leg='request'><MessageID>l{0}</MessageID><Reply><Result>{2}</Result>"
    "<Error><code>{3}</code></Error></Reply><CorrelationID>{1}</CorrelationID></capture>"
)
CANCEL = (
    "<capture wire='cis-&gt;mdms' exchange='{0}'><root>CancelMeterReadings</root><Verb>cancel</Verb><MessageID>c{0}</MessageID>"
    "<CorrelationID>{1}</CorrelationID></capture>"
)

VARIANTS = {
    "synchronous": (ASKED.format(1, "a", "") + REPLY.format(1, "a", "OK", "0.0"), "answered"),
    "partial": (ASKED.format(1, "a", "") + REPLY.format(1, "a", "PARTIAL", "2.4"), "answered"),
    "refused": (ASKED.format(1, "a", "") + REPLY.format(1, "a", "FAILED", "2.4"), "refused"),
    "acknowledged then delivered": (
        ASKED.format(1, "a", LATER_PLEASE) + REPLY.format(1, "a", "OK", "0.3") + LATER.format(2, "a", "OK", "0.0"),
        "answered",
    ),
    "batched": (
        ASKED.format(1, "a", LATER_PLEASE)
        + REPLY.format(1, "a", "OK", "0.3")
        + LATER.format(2, "a", "OK", "0.1")
        + LATER.format(3, "a", "OK", "0.1")
        + LATER.format(4, "a", "OK", "0.0"),
        "answered",
    ),
    "timed out": (
        ASKED.format(1, "a", LATER_PLEASE) + REPLY.format(1, "a", "OK", "0.3") + LATER.format(2, "a", "FAILED", "4.1"),
        "refused",
    ),
    "cancelled": (
        ASKED.format(1, "a", LATER_PLEASE)
        + REPLY.format(1, "a", "OK", "0.3")
        + CANCEL.format(2, "a")
        + REPLY.format(2, "c2", "OK", "0.0")
        + LATER.format(3, "a", "FAILED", "6.1"),
        "refused",
    ),
    "cancelled and not heard of again": (
        ASKED.format(1, "a", LATER_PLEASE) + REPLY.format(1, "a", "OK", "0.3") + CANCEL.format(2, "a") + REPLY.format(2, "c2", "OK", "0.0"),
        "canceled",
    ),
    "delivered while it was cancelled": (
        ASKED.format(1, "a", LATER_PLEASE)
        + REPLY.format(1, "a", "OK", "0.3")
        + CANCEL.format(2, "a")
        + LATER.format(3, "a", "OK", "0.0")
        + REPLY.format(2, "c2", "FAILED", "2.4"),
        "answered",
    ),
    "cancelled too late": (
        ASKED.format(1, "a", LATER_PLEASE)
        + REPLY.format(1, "a", "OK", "0.3")
        + CANCEL.format(2, "a")
        + REPLY.format(2, "c2", "FAILED", "2.4")
        + LATER.format(3, "a", "OK", "0.0"),
        "answered",
    ),
    "cancelled before anything was said": (ASKED.format(1, "a", "") + CANCEL.format(2, "a") + CANCEL.format(3, "a"), "canceling"),
    "answered on its connection after its cancellation": (
        ASKED.format(1, "a", "") + CANCEL.format(2, "a") + REPLY.format(2, "c2", "OK", "0.0") + REPLY.format(1, "a", "FAILED", "6.1"),
        "refused",
    ),
    "acknowledged unasked, and cancelled": (
        ASKED.format(1, "a", "") + REPLY.format(1, "a", "OK", "0.3") + CANCEL.format(2, "a") + REPLY.format(2, "c2", "OK", "0.0"),
        "canceled",
    ),
    "retried": (ASKED.format(1, "a", "") + FAULT.format(1) + ASKED.format(2, "a", "") + REPLY.format(2, "a", "OK", "0.0"), "answered"),
}


def heard(judge: Judge, text: str) -> Conversation:
    """The conversation of an example."""
    return conversation_of([judge.message(capture) for capture in example.captures(f"<conversation>{text}</conversation>")])


@pytest.mark.parametrize(("text", "end"), VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_of_a_question_stay_in_their_table(judge: Judge, text: str, end: str) -> None:
    """Each way in which a question may be answered, and the state that it comes to."""
    first = next(thread for thread in question.threads(heard(judge, text)) if thread.about == "get MeterReadings")

    assert list(walk(first)) == []
    assert last_state(first) == end


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (VARIANTS["timed out"][0] + LATER.format(9, "a", "OK", "0.0"), "refused"),
        (VARIANTS["acknowledged then delivered"][0] + LATER.format(9, "a", "OK", "0.0"), "answered"),
        (VARIANTS["synchronous"][0] + LATER.format(9, "a", "OK", "0.0"), "answered"),
        (VARIANTS["cancelled and not heard of again"][0] + LATER.format(3, "a", "OK", "0.0"), "canceled"),
    ],
)
def test_late_delivery_leaves_the_table(judge: Judge, text: str, state: str) -> None:
    """What was answered, refused or cancelled is not delivered after all."""
    (left,) = (left for thread in question.threads(heard(judge, text)) for left in walk(thread))

    assert (left.word, left.state) == (question.DELIVERS, state)


def test_answer_of_somebody_else_settles_nothing(judge: Judge) -> None:
    """A forged reply before the true one: the true one is still awaited."""
    text = VARIANTS["acknowledged then delivered"][0]
    forged = LATER.format(8, "a", "OK", "0.0").replace("mdms-&gt;cis", "tester-&gt;cis")
    place = text.rindex("<capture")
    judged = heard(judge, text[:place] + forged + text[place:])

    assert [left for thread in question.threads(judged) for left in walk(thread)] == []


def test_same_delivery_twice_is_a_repetition_and_no_second_answer(judge: Judge) -> None:
    """A later reply that is sent again because it got lost keeps its MessageID."""
    again = VARIANTS["acknowledged then delivered"][0] + LATER.format(2, "a", "OK", "0.0")

    assert [left for thread in question.threads(heard(judge, again)) for left in walk(thread)] == []


@pytest.mark.parametrize(
    ("rule", "module"),
    [(question_is_answered_in_order, question), (schedule_is_followed, scheduling), (switching_follows_its_order, switching)],
)
def test_examples_of_the_rules_are_threads(judge: Judge, rule: Any, module: Any) -> None:
    """A rule passes because its table was walked, not because it saw no conversation."""
    for text in rule.RULE.passes:
        judged = [judge.message(capture) for capture in example.captures(text)]
        threads = list(module.threads(conversation_of(judged)))

        assert [thread for thread in threads if len(thread.steps) > 1]


SCHEDULE = schedule_is_followed.RULE.fails[0].replace("<conversation>", "").replace("</conversation>", "")
"""Ordered, taken, cancelled, and delivered all the same."""

CONTROL = refused_control_is_not_carried_out.RULE.fails[0].replace("<conversation>", "").replace("</conversation>", "")
"""Ordered, refused, and confirmed all the same."""


def left_at(judge: Judge, module: Any, text: str) -> list[tuple[str, str]]:
    """Where the threads of a conversation leave their table."""
    return [(left.word, left.state) for thread in module.threads(heard(judge, text)) for left in walk(thread)]


def test_cancellation_that_is_refused_ends_no_schedule(judge: Judge) -> None:
    """Readings go on; after one that was confirmed they do not."""
    result = SCHEDULE.rindex("<Result>OK</Result>", 0, SCHEDULE.index("<MessageID>r2<"))
    refused = SCHEDULE[:result] + "<Result>FAILED</Result>" + SCHEDULE[result + len("<Result>OK</Result>") :]

    assert left_at(judge, scheduling, SCHEDULE) == [(scheduling.DELIVERS, "canceled")]
    assert left_at(judge, scheduling, refused) == []


@pytest.mark.parametrize(("answer", "left"), [("OK", [(switching.TELLS, "canceled")]), ("FAILED", []), ("", [])])
@pytest.mark.parametrize("kind", ["disconnect", "reconnect"])
def test_switch_may_cross_a_cancellation_until_that_is_confirmed(judge: Judge, kind: str, answer: str, left: list[tuple[str, str]]) -> None:
    """Also where it is refused; after it was confirmed nobody is switched."""
    cancel = (
        "<capture wire='cis-&gt;mdms' exchange='9'><root>CancelMeterServiceRequests</root><Verb>cancel</Verb><MessageID>k</MessageID>"
        "<CorrelationID>a</CorrelationID><MeterServiceWork><kind>disconnect</kind><Meter><mRID>M-1</mRID></Meter></MeterServiceWork></capture>"
    )
    told = REPLY.format(9, "k", answer, "0.0") if answer else ""
    steps = (ORDER, READ, cancel, told, SWITCH) if kind == "reconnect" else (ORDER, cancel, told, SWITCH, READ)
    text = "".join(steps).replace("<conversation>", "").replace("<kind>disconnect", f"<kind>{kind}")

    assert left_at(judge, switching, text)[:1] == left


def test_control_that_one_meter_refused_is_carried_out_by_another(judge: Judge) -> None:
    """Parts of one control share its tracking id, a message for each meter."""
    end = "</capture>"
    first = CONTROL.index(end) + len(end)
    second = CONTROL.index(end, first) + len(end)
    order, refusal = CONTROL[:first], CONTROL[first:second]
    event = CONTROL[second:].replace("M-1", "M-2")
    other = order.replace("M-1", "M-2").replace("exchange='1'", "exchange='8'").replace("<MessageID>a<", "<MessageID>y<")
    taken = REPLY.format(8, "y", "OK", "0.0").replace("cis-&gt;mdms", "mdms-&gt;hes")

    assert left_at(judge, commanding, other + taken + order + refusal + event) == []
    assert left_at(judge, commanding, other + taken + order + refusal + event.replace("M-2", "M-1")) == [(commanding.CONFIRMS, "refused")]


def test_refusal_of_an_order_that_came_twice_says_nothing_of_the_first(judge: Judge) -> None:
    """The first may have been taken, though its answer got lost; a single one that was refused is not carried out."""
    order = CONTROL[: CONTROL.index("</capture>") + len("</capture>")]
    lost = order.replace("exchange='1'", "exchange='9'").replace("<MessageID>a<", "<MessageID>z<")

    assert left_at(judge, commanding, CONTROL) == [(commanding.CONFIRMS, "refused")]
    assert left_at(judge, commanding, lost + CONTROL) == []


@pytest.mark.parametrize("table", CHOREOGRAPHIES, ids=lambda table: table.name)
def test_every_state_is_reached_and_comes_to_an_end(table: Choreography) -> None:
    """A table has no state that nothing leads to, and none from which no end can be reached."""
    states = {state for (before, _), after in table.next.items() for state in (before, after)}

    assert _reached({START}, {(before, after) for (before, _), after in table.next.items()}) == states
    assert _reached(set(table.ends), {(after, before) for (before, _), after in table.next.items()}) == states


def _reached(states: set[str], steps: set[tuple[str, str]]) -> set[str]:
    while more := {after for before, after in steps if before in states} - states:
        states |= more
    return states


def test_docs_page_is_current() -> None:
    """docs/choreographies.md is drawn from the tables."""
    assert DOCS.read_text("utf-8") == as_markdown()
