"""How far the judge came with a message, layer by layer, and why no further."""

import re
from pathlib import Path

import pytest

from conformance import example, layers
from conformance.capture import REPLY, Capture
from conformance.catalogue import EVERYTHING, FAMILIES
from conformance.checking import Checked, check
from conformance.judge import Judge
from conformance.large import whole as large
from conformance.layers import Layer, State
from tests.conformance import good

DAY = good.delivery(good.day("M-1", [250] * 4)).body.decode()
ADDRESSED = '<s:Header xmlns:w="http://www.w3.org/2005/08/addressing"><w:Action>urn:x</w:Action></s:Header><s:Body>'
SECURED = (
    '<s:Header><e:Security xmlns:e="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/></s:Header><s:Body>'
)
ODD = b'<?xml version="1.0" encoding="FOO"?><a/>'
OPERATION = (
    '<OperationSet xmlns="http://iec.ch/TC57/2011/schema/message"><Operation><operationId>1</operationId><noun>MeterReadings</noun>'
    '<verb>create</verb><MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"/></Operation></OperationSet>'
)


def edited(*edits: tuple[str, str]) -> bytes:
    """A delivery of one meter's hour, with some of its text in other words."""
    body = DAY
    for old, new in edits:
        assert old in body
        body = body.replace(old, new, 1)
    return body.encode()


def states(reached: layers.Reached) -> dict[str, list[Layer]]:
    """The layers by their state."""
    return {state: [each.layer for each in reached if each.state is state] for state in State}


def test_everything_that_is_asked_has_a_layer() -> None:
    """A rule without one could not be told from a rule that was never asked; and nothing has one that is not there."""
    assert layers.OF_RULE.keys() == {asked.id for asked in EVERYTHING}
    assert layers.OF_FAMILY.keys() == {family.prefix for family in FAMILIES}
    assert layers.OF_SINGLE.keys() <= layers.OF_RULE.keys()
    assert set(layers.OF_RULE.values()) == set(Layer)


def test_what_is_asked_of_codes_stands_in_their_layer() -> None:
    """Whichever family it is in: a family's own layer is the wrong one for a new rule of that kind."""
    of_codes = re.compile(r"(Reading|Quality|Event|Control)Type|listed in its table|type that says|error code")
    asked = {each.id for each in EVERYTHING if of_codes.search(each.requires) and layers.OF_RULE[each.id] is not Layer.CONVERSATION}

    assert asked
    assert {layers.OF_RULE[id_] for id_ in asked} == {Layer.CODES}


@pytest.mark.parametrize(
    ("body", "absent", "not_reached", "why"),
    [
        (DAY.encode(), [Layer.ADDRESSING, Layer.SECURITY], [], ""),
        (edited(("<s:Body>", ADDRESSED)), [Layer.SECURITY], [], ""),
        (edited(("<s:Body>", SECURED)), [Layer.ADDRESSING], [], ""),
        (example.message("").encode(), [Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY], [], ""),
        (
            re.sub(r"(?s).*(<MeterReadings.*</MeterReadings>).*", r"\1", DAY).encode(),
            [Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY, Layer.ENVELOPE],
            [],
            "",
        ),
        (edited(("</s:Body>", "")), [], [*layers.AROUND, *layers.MESSAGE], "the XML is broken at line 13"),
        (edited()[:400], [], [*layers.AROUND, *layers.MESSAGE], "the document is cut off at line 9"),
        (
            ODD,
            [],
            [Layer.XML, *layers.AROUND, *layers.MESSAGE],
            "the bytes cannot be read at line 1",
        ),
        (b"<a></b>\xff", [], [Layer.BYTES, *layers.AROUND, *layers.MESSAGE], "the XML is broken at line 1"),
        (
            b"<Strange/>",
            [Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY],
            [Layer.ENVELOPE, Layer.SCHEMA, Layer.CODES, Layer.MEANING],
            "the root element is not known",
        ),
        (
            b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
            [Layer.ADDRESSING, Layer.SECURITY],
            list(layers.MESSAGE),
            "there is no message in the Body",
        ),
        (
            edited(("</s:Body>", "<two/></s:Body>")),
            [Layer.ADDRESSING, Layer.SECURITY],
            list(layers.MESSAGE),
            "only the first of several in the Body is read",
        ),
        (
            edited(("</m:Payload>", '<MeterReadings xmlns="urn:x"/></m:Payload>')),
            [Layer.ADDRESSING, Layer.SECURITY],
            [Layer.SCHEMA, Layer.CODES, Layer.MEANING],
            "there is no schema for all of it; the first of several payloads alone is shown to the rules",
        ),
        (
            example.document("{compressed message, not gzip}"),
            [Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY],
            [Layer.SCHEMA, Layer.CODES, Layer.MEANING],
            "what is compressed cannot be read",
        ),
        (
            example.document("{compressed message, another Format}"),
            [Layer.SOAP, Layer.ADDRESSING, Layer.SECURITY],
            [Layer.SCHEMA, Layer.CODES, Layer.MEANING],
            "what is compressed is not said to be XML",
        ),
        (
            re.sub(r"(?s)<MeterReadings.*</MeterReadings>", OPERATION, DAY).encode(),
            [Layer.ADDRESSING, Layer.SECURITY],
            [Layer.CODES, Layer.MEANING],
            "the payloads of an OperationSet are shown to the schema alone",
        ),
    ],
)
def test_each_layer_is_judged_absent_or_not_reached(
    judge: Judge, body: bytes, absent: list[Layer], not_reached: list[Layer], why: str
) -> None:
    """And all others are judged; neither HTTP nor a conversation is there where a message is by itself."""
    reached = layers.reached(judge.message(Capture(body)))
    found = states(reached)

    assert [each.layer for each in reached] == [layer for layer in Layer if layer is not Layer.WSDL]
    assert [layer for layer in found[State.ABSENT] if layer not in (Layer.HTTP, Layer.CONVERSATION)] == absent
    assert found[State.NOT_REACHED] == not_reached
    assert "; ".join(dict.fromkeys(each.why for each in reached if each.state is State.NOT_REACHED)) == why
    assert {each.why for each in reached if each.layer in (Layer.HTTP, Layer.CONVERSATION)} == {"HTTP was not heard", "no conversation"}


def test_compressed_payload_is_judged_in_every_layer(judge: Judge) -> None:
    """What was unpacked is like what was not; and the schema that judged it is named."""
    judgement = judge.message(Capture(example.document("{compressed message}")))

    assert states(layers.reached(judgement))[State.NOT_REACHED] == []
    assert [used.element for used in judgement.schemas] == ["MeterReadings"]


def test_http_is_judged_where_it_was_heard(judge: Judge) -> None:
    """And not reached, rather than absent, where the document beneath it cannot be read."""
    headers = {"content-type": "text/xml"}
    sound, broken = (layers.reached(judge.message(Capture(body, headers=headers))) for body in (DAY.encode(), b"<a>"))

    assert Layer.HTTP in states(sound)[State.JUDGED]
    assert Layer.HTTP in states(broken)[State.NOT_REACHED]


def test_wsdl_has_a_layer_of_its_own(judge: Judge) -> None:
    """It is no message, and nobody expects one in it."""
    (capture,) = example.captures(next(asked for asked in EVERYTHING if asked.id == "WD-01").passes[0])
    found = states(layers.reached(judge.message(Capture(capture.body))))

    assert found[State.JUDGED] == [Layer.BYTES, Layer.XML, Layer.WSDL]
    assert found[State.NOT_REACHED] == []


def test_fault_has_no_message_to_judge(judge: Judge) -> None:
    """Nothing that is missing in it is a hole."""
    fault = "<s:Fault><faultcode>s:Client</faultcode><faultstring>who are you?</faultstring></s:Fault>"
    body = f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{fault}</s:Body></s:Envelope>'
    found = states(layers.reached(judge.message(Capture(body.encode()))))

    assert set(layers.MESSAGE) <= set(found[State.ABSENT])
    assert found[State.NOT_REACHED] == []


def test_small_messages_together_come_as_far_as_each_by_itself(judge: Judge) -> None:
    """Though their readings are asked together and are not kept; and all that are alike share what is said of them."""
    captures = [
        Capture(body) for body in (DAY.encode(), edited(("M-1", "M-2")), edited(("<s:Body>", SECURED)), example.message("").encode())
    ]
    together = [layers.reached(judgement) for judgement in judge.messages(captures)]

    assert together == [layers.reached(judge.message(capture)) for capture in captures]
    assert together[0] is together[1]


def test_findings_are_counted_where_they_belong(judge: Judge) -> None:
    """A fault in one layer hides no other, and those that a profile took away count no more."""
    body = edited(
        ("</m:Header>", "<Color/></m:Header>"), ("0.0.2.4.1.1.12", "0.0.2.4.1.999.12"), ("T00:30:00Z</timeStamp>", "T00:30:00</timeStamp>")
    )
    judgement = judge.message(Capture(body))
    reached = layers.reached(judgement)
    standing = layers.standing(reached, judgement.findings)

    assert standing.found.keys() == {Layer.SCHEMA, Layer.CODES, Layer.MEANING}
    assert sum(standing.found.values()) == len(judgement.findings)
    assert standing.fine == (Layer.BYTES, Layer.XML, Layer.SOAP, Layer.ENVELOPE)
    assert layers.standing(reached, ()).fine == (*standing.fine, Layer.SCHEMA, Layer.CODES, Layer.MEANING)


def test_layer_that_is_not_there_can_be_at_fault(judge: Judge) -> None:
    """A message that ought to stand in an envelope."""
    judgement = judge.message(Capture(example.message("").encode(), wire=good.WIRE))
    standing = layers.standing(layers.reached(judgement), judgement.findings)

    assert standing.found == {Layer.SOAP: 1}
    assert Layer.SOAP not in standing.absent


def test_message_in_pieces_is_judged_up_to_where_it_breaks(judge: Judge, tmp_path: Path) -> None:
    """What was found before still counts."""
    body = good.delivery("".join(good.day(f"M-{number}", [250] * 4) for number in range(9))).body
    path = tmp_path / "a.xml"
    path.write_bytes(body.replace(b"M-7</name>", b"M-7</nome>"))
    whole = large.judged(judge, path, 200)
    assert whole is not None
    reached = layers.reached_in_pieces(whole.first, [finding for finding, _ in whole.findings])
    standing = layers.standing(reached, [finding for finding, _ in whole.findings])

    assert states(reached)[State.NOT_REACHED] == [Layer.SCHEMA, Layer.CODES, Layer.MEANING]
    assert standing.not_reached[Layer.MEANING].startswith("only up to where the XML is broken at line ")
    assert Layer.ENVELOPE in standing.fine


def checked(tmp_path: Path, name: str, content: bytes) -> list[Checked]:
    """What a file of that name comes to."""
    (tmp_path / name).write_bytes(content)
    return check([tmp_path / name])


def test_conversation_is_judged_where_there_is_one(tmp_path: Path) -> None:
    """Messages of one recording, and not those of separate files."""
    post = b"POST / HTTP/1.1\r\nContent-Type: text/xml\r\n\r\n" + DAY.encode()
    (heard,) = checked(tmp_path, "a.http", post)
    (alone,) = checked(tmp_path, "a.xml", DAY.encode())

    assert {Layer.HTTP, Layer.CONVERSATION} <= set(states(heard.reached)[State.JUDGED])
    assert {Layer.HTTP, Layer.CONVERSATION} <= set(states(alone.reached)[State.ABSENT])


def test_file_that_cannot_be_opened_reaches_nothing(tmp_path: Path) -> None:
    """Nor does one that holds no message, of which nothing is said."""
    (broken,) = checked(tmp_path, "a.zip", b"PK\x03\x04 and no more")
    (empty,) = checked(tmp_path, "a.har", b'{"log": {"entries": []}}')

    assert layers.told(broken.reached).startswith("XML, SOAP, WS-Addressing, ")
    assert layers.told(broken.reached).endswith(" (the file cannot be opened)")
    assert empty.reached == ()


def test_http_is_judged_as_far_as_it_can_be_around_what_nobody_can_read(judge: Judge) -> None:
    """Method and length are wrong or right whatever was sent; what depends on SOAP is left open."""
    headers = {"content-type": "application/json; charset=utf-16", "content-length": "999"}
    cut_off = judge.message(Capture(DAY.encode()[:400], headers=headers, method="PUT"))
    page = judge.message(Capture(b"<html><br></html>", leg=REPLY, headers={"content-type": "text/html"}, status=503))
    standing = layers.standing(layers.reached(cut_off), cut_off.findings)

    assert {finding.rule_id for finding in cut_off.findings} == {"XML-06", "HT-07", "HT-09"}
    assert standing.found == {Layer.XML: 1, Layer.HTTP: 2}
    assert standing.not_reached[Layer.HTTP] == "all but method and length"
    assert [finding.rule_id for finding in page.findings] == ["XML-01"]
