"""The judge as its callers know it."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ami.errors import ConfigurationError
from conformance import example
from conformance.capture import Capture
from conformance.catalogue import RULES
from conformance.judge import Judge
from tests.conformance import good

EXAMPLES = [text for rule in RULES for text in rule.passes]
EDITS = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 40), st.sampled_from(["", "0", "<", ">", "</value>", "<value/>", "Z", "é", "\n", "-"])),
    max_size=4,
)


def test_header_is_told() -> None:
    """What a caller asks of a header."""
    header = Judge().message(example.captures("<MessageID>m-1</MessageID><AsyncReplyFlag>1</AsyncReplyFlag><CorrelationID/>")[0]).header

    assert header is not None
    assert (header.verb, header.noun, header.message_id, header.correlation_id, header.source) == (
        "created",
        "MeterReadings",
        "m-1",
        None,
        "hes",
    )
    assert header.asks_for_later_reply
    assert header.at == datetime(2026, 3, 1, 1, 0, 10, tzinfo=UTC)


def test_reply_is_told(judge: Judge) -> None:
    """Result, codes, and what failed."""
    pieces = "<Reply><Result>PARTIAL</Result><Error><code>2.4</code><ID>M-7</ID></Error></Reply>"
    reply = judge.message(example.captures(pieces)[0]).reply

    assert reply is not None
    assert reply.result.text == "PARTIAL"
    assert (reply.codes(), reply.failed) == (frozenset({"2.4"}), frozenset({"M-7"}))


def test_unknown_dialect_is_a_fault_of_the_configuration() -> None:
    """Named before any message is judged."""
    with pytest.raises(ConfigurationError, match="there is no dialect 'klingon'"):
        Judge("klingon")


def test_findings_come_in_the_order_of_lines(judge: Judge) -> None:
    """As somebody reads the message, from top to bottom."""
    body = good.rewritten(good.delivery(good.day("M-1", [250] * 8)).body, "indented")
    for old, new in ((b"T00:30:00Z", b"T00:30:00"), (b"<value>0.250", b"<value>NaN"), (b"<Verb>created", b"<Verb>changed")):
        body = body.replace(old, new, 1)
    lines = [finding.where.line for finding in judge.message(Capture(body)).findings]

    assert len(lines) >= 3
    assert lines == sorted(lines)


def test_conversation_takes_captures_as_well(judge: Judge) -> None:
    """Judged or not, the same comes out."""
    heard = [good.delivery(good.day("M-1", [250] * 4)), good.acknowledgement(1, "another")]

    assert judge.conversation(heard) == judge.conversation([judge.message(each) for each in heard])
    assert [index for index, _ in judge.conversation(heard)] == [1]


def test_judge_keeps_nothing_between_messages(judge: Judge) -> None:
    """The same message is judged alike however often it comes."""
    message = good.delivery(good.day("M-1", [250] * 4).replace("T00:30:00Z", "T00:30:00"))

    assert judge.message(message).findings == judge.message(message).findings


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(EXAMPLES), EDITS)
def test_nothing_on_the_wire_makes_the_judge_stumble(judge: Judge, text: str, edits: list[tuple[int, int, str]]) -> None:
    """Whatever is cut out of a message or put into it, the answer is findings, never an exception."""
    heard = []
    for capture in example.captures(text):
        body = capture.body.decode()
        for start, length, inserted in edits:
            place = start % len(body)
            body = body[:place] + inserted + body[place + length :]
        heard.append(Capture(body.encode(), capture.at, capture.wire, capture.leg, capture.exchange, capture.soap_action))

    judge.conversation(heard)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_well_formed_nonsense_does_not_make_the_judge_stumble(judge: Judge, data: st.DataObject) -> None:
    """Elements renamed, emptied, repeated or removed: still XML, no longer a message."""
    root = etree.fromstring(data.draw(st.sampled_from([example.captures(text)[0].body for text in EXAMPLES])))
    for _ in range(data.draw(st.integers(1, 5))):
        pairs = [(element, parent) for element in root.iter(etree.Element) if (parent := element.getparent()) is not None]
        if not pairs:
            break
        element, parent = data.draw(st.sampled_from(pairs))
        change = data.draw(st.sampled_from(["rename", "empty", "repeat", "remove", "text", "attribute"]))
        if change == "rename":
            element.tag = data.draw(st.sampled_from([str(other.tag) for other, _ in pairs]))
        elif change == "empty":
            element.clear()
        elif change == "repeat":
            element.addnext(deepcopy(element))
        elif change == "remove":
            parent.remove(element)
        elif change == "text":
            element.text = data.draw(
                st.sampled_from(["", " ", "NaN", "-1", "1E400", "9" * 40, "2026-03-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
            )
        else:
            element.set("ref", data.draw(st.sampled_from(["", "1", "a.b.c", "0." * 17 + "0", "-1.0.0", "9" * 30 + ".0.0"])))

    judge.message(Capture(etree.tostring(root), good.HEARD_AT))


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "ISO-8859-15"])
def test_message_in_an_old_encoding_is_refused_and_read_all_the_same(judge: Judge, encoding: str) -> None:
    """What it is in hides nothing of what else is wrong with it."""
    text = good.delivery(good.day("Zähler-1", [250] * 8)).body.decode().replace("UTF-8", encoding)
    right, wrong = text, text.replace("2026-03-01T00:30:00Z", "2026-03-01T00:30:00", 1)

    assert [finding.rule_id for finding in judge.message(Capture(right.encode(encoding))).findings] == ["XML-04"]
    assert [finding.rule_id for finding in judge.message(Capture(wrong.encode(encoding))).findings] == ["XML-04", "MR-03"]
    assert judge.message(Capture(right.encode(encoding))).readings is not None


FAULT_MESSAGE = (
    '<f:MeterReadingsFaultMessage xmlns:f="http://iec.ch/TC57/2011/MeterReadingsMessage" '
    'xmlns:m="http://iec.ch/TC57/2011/schema/message"><f:Reply><m:Result>FAILED</m:Result>'
    "<m:Error><m:code>2.4</m:code><m:level>FATAL</m:level></m:Error></f:Reply></f:MeterReadingsFaultMessage>"
)


@pytest.mark.parametrize(
    ("detail", "rules"),
    [
        (FAULT_MESSAGE, []),
        (FAULT_MESSAGE.replace("FAILED", "OK"), ["RE-01"]),
        (FAULT_MESSAGE.replace("FAILED", "BROKEN"), ["XS-01"]),
        ('<cause xmlns="urn:vendor">out of memory</cause>', []),
    ],
    ids=["right", "contradictory", "invalid", "of-another-kind"],
)
def test_fault_message_in_the_detail_of_a_fault_is_judged(judge: Judge, detail: str, rules: list[str]) -> None:
    """It says what went wrong; whatever else a system puts there is its own."""
    fault = f"<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring><detail>{detail}</detail></s:Fault>"
    body = f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{fault}</s:Body></s:Envelope>'

    assert [finding.rule_id for finding in judge.message(Capture(body.encode())).findings] == rules
